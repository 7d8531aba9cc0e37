"""What does a person see of a conflict check: whom it found, and what was said of them?"""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from services.intake.domain import clients, parties
from services.intake.domain.checks import Check, Hit, HitVerdict, Round, Searched, ids_of
from services.intake.domain.company_groups import group_of
from services.intake.domain.duplicates import Duplicate, pair_of
from services.intake.domain.gaps import gaps_in_words
from services.intake.domain.identifiers_compared import compared
from services.intake.domain.known import Known, closest_name
from services.intake.domain.matters import Matter
from services.intake.domain.readings import read_names
from services.intake.domain.wording import reasons_in_words, role_now, role_then
from services.intake.ports import (
    CHECKS,
    CLIENTS,
    CONFLICT_INDEX,
    DUPLICATES,
    INQUIRIES,
    MATTERS,
    PARTIES,
)
from services.intake.workflow.merging import KIND as MERGE
from services.intake.workflow.searching import around, needs_around
from shared.contracts.restrictions import subjects_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import task_id_for

BEHIND = "Somebody behind an ethical wall: ask a colleague who is not kept from them"
SEEN_BEHIND = ("new_name", "new_role", "adversity", "score", "disposition")
RESTRICTED = "Restricted: a former client, erased at their own request"
MOST_MATTERS, MOST_OTHERS = 5, 10  # of one hit; a client has more on their own page


def needs_of_showing(check_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The check, and how everybody it found stands today."""
    yield CHECKS.one(check_id)
    check = unit.peek(CHECKS, check_id)
    for hit in _every_hit(check) if check is not None else ():
        yield CONFLICT_INDEX.one(hit.ref)
        if check is not None and hit.client_id and check.client_id not in (None, hit.client_id):
            yield DUPLICATES.one(pair_of(str(check.client_id), hit.client_id).pair_id)
        known = unit.peek(CONFLICT_INDEX, hit.ref)
        if known is not None:
            yield from needs_around(known)
            yield from _needs_of_others(known, unit)


def shown(check: Check, unit: UnitOfWork, screened: Collection[str] = ()) -> dict[str, Any]:
    """Whom it looked for, whom it found, and what was decided: as the task shows it.

    Of whom a wall keeps the reader from, only that somebody was found.
    """
    seen = partial(_seen_by, screened)
    return {
        "name": names_in(check),
        "hits": [seen(hit, _side_by_side(check, hit, unit)) for hit in check.hits],
        "pairs": {
            hit.client_id: task_id_for("intake", MERGE, pair.pair_id)
            for hit in check.hits
            if not _behind(screened, hit) and (pair := _pair_with(check, hit, unit)) is not None
        },
        "claimed": [
            _claimed(hit, unit) if not _behind(screened, hit) else BEHIND for hit in check.claimed
        ],
        "incomplete": gaps_in_words(check.incomplete),
        "earlier": [_round(each) for each in check.rounds],
        **_decision(check),
    }


def recorded(check: Check, unit: UnitOfWork, screened: Collection[str] = ()) -> dict[str, Any]:
    """The whole record: what the task shows, how the search was made, and who decided."""
    return {
        **shown(check, unit, screened),
        "check_id": check.check_id,
        "trigger": check.trigger,
        "state": check.state,
        "made_at": check.made_at.isoformat(),
        "client_id": check.client_id,
        "matter_id": check.matter_id,
        "inquiry_id": check.inquiry_id,
        "rules": check.rules,
        "known_entries": check.known_entries,
        "known_revision": check.known_revision,
        "forms": [list(each.forms) for each in check.searched],
        "same_side": [
            _seen_by(screened, hit, _side_by_side(check, hit, unit)) for hit in check.same_side
        ],
        "asked_by": check.asked_by,
        "purpose": check.purpose,
        "decided_by": check.decided_by,
        "decided_at": _said_at(check.decided_at),
        "reopened": check.reopened,
    }


def _pair_with(check: Check, hit: Hit, unit: UnitOfWork) -> Duplicate | None:
    """The pair somebody is asked about, where the two may be one client."""
    if not hit.client_id or check.client_id in (None, hit.client_id):
        return None
    return unit.peek(DUPLICATES, pair_of(str(check.client_id), hit.client_id).pair_id)


def names_in(check: Check) -> str:
    """Whom it looked for, each with their role; nothing once they are erased."""
    return ", ".join(f"{each.name} ({role_then(each.role)})" for each in check.searched)


def _behind(screened: Collection[str], hit: Hit) -> bool:
    return bool(set(subjects_in(ids_of(hit))) & set(screened))


def _seen_by(screened: Collection[str], hit: Hit, row: dict[str, Any]) -> dict[str, Any]:
    """The row of a hit, or only that there is one, where a wall keeps the reader from it."""
    if not _behind(screened, hit):
        return row
    blank = {
        name: type(value)() if isinstance(value, str | list) else None
        for name, value in row.items()
    }
    kept = {name: row[name] for name in SEEN_BEHIND}
    return {**blank, **kept, "ref": "behind-a-wall", "known_name": BEHIND}


def _every_hit(check: Check) -> tuple[Hit, ...]:
    return (*check.hits, *check.claimed, *check.same_side)


def _decision(said: Check | Round) -> dict[str, Any]:
    return {
        "document_ref": said.document_ref,
        "grounds": said.grounds,
        "signed_on": said.signed_on,
        "affected": said.affected,
        "reason": said.reason,
    }


def _round(round: Round) -> dict[str, Any]:
    """A decision that holds no longer."""
    return {
        **_decision(round),
        "state": round.state,
        "decided_by": round.decided_by,
        "decided_at": _said_at(round.decided_at),
        "verdicts": [_verdict_in_words(each) for each in round.verdicts],
        "reopened_by": round.reopened_by,
        "reopened_at": _said_at(round.reopened_at),
        "why": round.why,
    }


def _said_at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _claimed(hit: Hit, unit: UnitOfWork) -> str:
    """Whom somebody outside the firm named alike, and where."""
    known = unit.get(CONFLICT_INDEX, hit.ref)
    names = " / ".join(known.names) if known is not None else "Name no longer kept"
    if known is not None and known.restricted:
        names = RESTRICTED
    inquiry = unit.peek(INQUIRIES, hit.inquiry_id) if hit.inquiry_id is not None else None
    asked = (inquiry.name if inquiry is not None else None) or "somebody whose name is not kept"
    return f"{names} ({role_then(hit.known_role)}, inquiry of {asked})"


def _side_by_side(check: Check, hit: Hit, unit: UnitOfWork) -> dict[str, Any]:
    """A hit as a row: the new name, the known one, and how they stand to each other today."""
    known = unit.get(CONFLICT_INDEX, hit.ref)
    searched = check.searched[hit.searched] if hit.searched < len(check.searched) else None
    name = searched.name if searched is not None else ""
    verdict = check.verdict_on(hit)
    return {
        "ref": hit.ref,
        "verdict": _verdict_in_words(verdict) if verdict is not None else "",
        "new_name": name,
        "new_role": role_then(hit.role),
        "known_name": _known_name(name, known),
        "known_role_then": role_now(hit.known_role, hit.status),
        **_today(hit, known, unit),
        "matters": [_as_shown(each, known, unit) for each in _matters(known, unit)],
        "client_id": hit.client_id,
        "matter_id": hit.matter_id,
        "inquiry_id": hit.inquiry_id,
        "adversity": str(hit.adversity),
        "score": hit.score,
        "reasons": reasons_in_words(hit.reasons, _group(name, known)),
        "identifiers": _identifiers(searched, hit, known),
        "disposition": hit.disposition,
    }


def _known_name(name: str, known: Known | None) -> str:
    if known is None:
        return ""
    return RESTRICTED if known.restricted else closest_name(name, known)


def _group(name: str, known: Known | None) -> str:
    """The group the firm's list has both in, by its own name; of a restricted one it says none."""
    if known is None or known.restricted or not name:
        return ""
    return group_of(read_names(name), read_names(closest_name(name, known)))


def _identifiers(searched: Searched | None, hit: Hit, known: Known | None) -> list[dict[str, str]]:
    """What both are known by besides their names, for whoever decides: it travels in no event."""
    ours = searched.identifiers if searched is not None else None
    theirs = known.identifiers if known is not None else None
    return [asdict(each) for each in compared(ours, theirs, hit.reasons)]


def _verdict_in_words(verdict: HitVerdict) -> str:
    """What was said of a hit, and whether of this one by itself."""
    together = " (said of several at once)" if verdict.together else ""
    return f"{verdict.grounds.replace('-', ' ').capitalize()}{together}: {verdict.words}"


def _needs_of_others(known: Known, unit: ReadSoFar) -> Iterable[Need]:
    """Who else has a part in the matters that are shown."""
    for matter in _matters(known, unit):
        yield PARTIES.by("matter", matter.matter_id)
        if matter.client_id is not None:
            yield CLIENTS.one(matter.client_id)


def _matters(known: Known | None, unit: ReadSoFar) -> list[Matter]:
    """The matters a known party has to do with, the open and the newest ones first."""
    if known is None:
        return []
    if known.client_id is not None:
        found = unit.peek_all(MATTERS, "client", known.client_id)
        newest = sorted(found, key=lambda each: str(each.opened_at or ""), reverse=True)
        return sorted(newest, key=lambda each: each.state != "open")[:MOST_MATTERS]
    matter = unit.peek(MATTERS, known.matter_id) if known.matter_id is not None else None
    return [matter] if matter is not None else []


def _as_shown(matter: Matter, known: Known | None, unit: ReadSoFar) -> dict[str, Any]:
    """A matter as the officer has to know it: area, lawyer, dates, and who else is in it."""
    others = _others(matter, known, unit)
    return {
        "matter_id": matter.matter_id,
        "area": (matter.practice_area or "").replace("-", " "),
        "lawyer": matter.owner_id,
        "state": matter.state,
        "opened_on": f"{matter.opened_at:%Y-%m-%d}" if matter.opened_at else "",
        "closed_on": f"{matter.closed_at:%Y-%m-%d}" if matter.closed_at else "",
        "others": others[:MOST_OTHERS],
        "more": max(0, len(others) - MOST_OTHERS),
    }


def _others(matter: Matter, known: Known | None, unit: ReadSoFar) -> list[str]:
    """Everybody else in a matter, each with their role."""
    ref = known.ref if known is not None else ""
    found = []
    if matter.client_id is not None and ref != clients.ref_of(matter.client_id):
        client = unit.peek(CLIENTS, matter.client_id)
        name = client.name if client is not None else None
        found.append(f"{name or matter.client_id} ({role_then('client')})")
    for party in unit.peek_all(PARTIES, "matter", matter.matter_id):
        if ref != parties.ref_of(party.matter_id, party.party_id) and party.role != "client":
            found.append(f"{party.name or 'name no longer kept'} ({role_then(party.role)})")
    return found


def _today(hit: Hit, known: Known | None, unit: UnitOfWork) -> dict[str, Any]:
    if known is None:
        then = role_now(hit.known_role, hit.status)
        return {"known_role_now": then, "matter_status": hit.status}
    status = around(known, unit).status
    return {"known_role_now": role_now(known.role, status), "matter_status": status}
