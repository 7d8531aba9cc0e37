"""What may staff decide about conflict checks and inquiries, and what are they shown?"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from services.intake.domain.checks import Check, Hit, HitVerdict
from services.intake.domain.known import Known, closest_name
from services.intake.domain.matters import Matter
from services.intake.domain.wording import reasons_in_words, role_now, role_then
from services.intake.ports import CHECKS, CONFLICT_INDEX, MATTERS, FirmConfig
from services.intake.workflow import answering, declining, taking
from services.intake.workflow.concluding import KIND
from services.intake.workflow.deciding import decide, needs_of_deciding
from services.intake.workflow.searching import around, needs_around
from shared.requests.decisions import Actor, Decider
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task


def deciders(config: FirmConfig) -> list[Decider]:
    """One line per kind of task."""
    return [
        Decider(KIND, step=partial(decide, config), needs=needs_of_deciding),
        Decider(answering.KIND, step=partial(taking.answer, config), needs=taking.needs_of_answer),
        Decider(declining.KIND, step=declining.settle_letter, needs=declining.needs_of_letter),
    ]


def views(config: FirmConfig) -> list[View]:
    """One line per kind of task."""
    return [
        View(KIND, needs=_needs_of_showing, show=_show),
        View(declining.KIND, declining.needs_of_showing, partial(declining.show, config)),
        View(answering.KIND, answering.needs_of_showing, partial(answering.show, config)),
    ]


def _needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield CHECKS.one(task.ref)
    check = unit.peek(CHECKS, task.ref)
    for hit in (*check.hits, *check.claimed) if check is not None else ():
        yield CONFLICT_INDEX.one(hit.ref)
        known = unit.peek(CONFLICT_INDEX, hit.ref)
        if known is not None:
            yield from needs_around(known)


def _show(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    check = unit.get(CHECKS, task.ref)
    if check is None:
        return {}
    searched = [f"{each.name} ({role_then(each.role)})" for each in check.searched]
    return {
        "name": ", ".join(searched),
        "hits": [_side_by_side(check, hit, unit) for hit in check.hits],
        "claimed": [_claimed(hit, unit) for hit in check.claimed],
        "document_ref": check.document_ref,
        "grounds": check.grounds,
        "signed_on": check.signed_on,
        "affected": check.affected,
        "reason": check.reason,
    }


def _claimed(hit: Hit, unit: UnitOfWork) -> str:
    """Whom somebody outside the firm named alike, and where."""
    known = unit.get(CONFLICT_INDEX, hit.ref)
    names = " / ".join(known.names) if known is not None else "Name no longer kept"
    return f"{names} ({role_then(hit.known_role)}, inquiry {hit.inquiry_id})"


def _side_by_side(check: Check, hit: Hit, unit: UnitOfWork) -> dict[str, Any]:
    """A hit as a row: the new name, the known one, and how they stand to each other today."""
    known = unit.get(CONFLICT_INDEX, hit.ref)
    name = check.searched[hit.searched].name if hit.searched < len(check.searched) else ""
    verdict = check.verdict_on(hit)
    return {
        "ref": hit.ref,
        "verdict": _verdict_in_words(verdict) if verdict is not None else "",
        "new_name": name,
        "new_role": role_then(hit.role),
        "known_name": closest_name(name, known) if known is not None else "",
        "known_role_then": role_now(hit.known_role, hit.status),
        **_today(hit, known, unit),
        "matters": [_in_words(each) for each in _matters(known, unit)],
        "client_id": hit.client_id,
        "matter_id": hit.matter_id,
        "inquiry_id": hit.inquiry_id,
        "adversity": str(hit.adversity),
        "score": hit.score,
        "reasons": reasons_in_words(hit.reasons),
        "disposition": hit.disposition,
    }


def _verdict_in_words(verdict: HitVerdict) -> str:
    """What was said of a hit, and whether of this one by itself."""
    together = " (said of several at once)" if verdict.together else ""
    return f"{verdict.grounds.replace('-', ' ').capitalize()}{together}: {verdict.words}"


def _matters(known: Known | None, unit: UnitOfWork) -> list[Matter]:
    """The matters a known party has to do with."""
    if known is None:
        return []
    if known.client_id is not None:
        return unit.peek_all(MATTERS, "client", known.client_id)
    matter = unit.peek(MATTERS, known.matter_id) if known.matter_id is not None else None
    return [matter] if matter is not None else []


def _in_words(matter: Matter) -> str:
    """A matter as the officer has to know it: its area, its lawyer, and since when it is closed."""
    closed = f"closed on {matter.closed_at:%Y-%m-%d}" if matter.closed_at else matter.state
    lawyer = f"led by {matter.owner_id}" if matter.owner_id else "lawyer not known"
    area = (matter.practice_area or "area not known").replace("-", " ")
    return f"Matter {matter.matter_id}: {area}, {lawyer}, {closed}"


def _today(hit: Hit, known: Known | None, unit: UnitOfWork) -> dict[str, Any]:
    if known is None:
        then = role_now(hit.known_role, hit.status)
        return {"known_role_now": then, "matter_status": hit.status}
    status = around(known, unit).status
    return {"known_role_now": role_now(known.role, status), "matter_status": status}
