"""/ops: does everything run, and what has to be done if not?

For whoever keeps the machines running: every figure with its meaning, and with what to do where it
is not well. Ids, types and reasons only; nobody learns here what an event said, or about whom.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.sources import Source, tone_of_silence
from services.desk.domain.staff import StaffMember, may_see_operations
from services.desk.domain.upkeep import MEANINGS, SERVICES, Finding, findings_of
from services.desk.domain.walls import NotAllowedError
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import N_, Words, _
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go, names_of
from services.desk.pages.words import ago, exactly
from services.desk.ports.answers import Refused
from shared.contracts.answers import DeadLetterShown, Figures
from shared.errors import RuleError

router = APIRouter()
REASONS = Words(
    {
        "invalid": N_(
            "The event breaks the contract. Tell its sender which fields; they send a mended "
            "event under a new id. Put this one aside."
        ),
        "unexpected": N_(
            "A step failed again and again: a defect. Deploy a mended release, then try again."
        ),
        "permanent": N_(
            "A step says that this can never work. Mend the cause, then try again, or put it aside."
        ),
        "identity-collision": N_(
            "Another event with this source and id says something else: the sender "
            "uses ids twice. After a restore: put it aside."
        ),
        "unreadable": N_(
            "What another system delivered could not be read: the fields say what is missing "
            "or otherwise than expected. Mend its file in the firm's folder, or what it sends; "
            "then try "
            "again."
        ),
        "due-step-failed": N_(
            "What was due for a document failed eight times in a row: a bug. Deploy a "
            "fix, then replay: it is due again at once."
        ),
        "too-many-deliveries": N_(
            "It was delivered again and again and may bring the process down. Look "
            "at the log around it before trying again."
        ),
    }
)
OTHERWISE = N_("See the log of the service.")
OUTCOMES = Words(
    {
        "applied": N_("applied"),
        "duplicate": N_("known already"),
        "ignored": N_("not for this service"),
        "parked": N_("waiting for a better moment"),
        "dead": N_("failed again"),
        "discarded": N_("put aside"),
        "erased": N_("gone with the person's data"),
        "failed": N_("not tried"),
        "redelivered": N_("known already"),
        "due-again": N_("due once more"),
        "gone": N_("settled by somebody else, or no longer there"),
    }
)
STATUSES = Words(
    {
        "open": N_("Waits for somebody"),
        "replayed": N_("Settled"),
        "discarded": N_("Put aside"),
        "erased": N_("Erased"),
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """Dead letters of one cause in one service."""

    service: str
    fingerprint: str
    reason: str
    advice: str
    types: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Silence:
    """One system, and how long it has said nothing."""

    source: str
    ours: bool
    heard: str
    exact: str
    tone: str

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return self.tone in ("", "ok")


@router.get("/ops")
async def show_operations(request: Request, visit: Visitor) -> Response:
    """Every figure of every service, and what waits for a person."""
    check_operates(visit.person)
    desk, now = visit.context.desk, visit.context.now()
    figures = await asyncio.gather(*(desk.services.figures(each) for each in SERVICES))
    told = dict(zip(SERVICES, figures, strict=True))
    findings = [each for name, said in told.items() if said for each in findings_of(name, said)]
    business = desk.runtime.clock.now()
    silences = [_silence(each, visit, business) for each in await desk.sources.everything()]
    silent = sorted((each for each in silences if not each.is_well), key=_gravest_first)
    return visit.page(
        "ops.html",
        services=SERVICES,
        away=[name for name, said in told.items() if said is None],
        meanings=MEANINGS,
        cells={(each.meaning.name, each.service): each for each in findings},
        troubles=sorted((each for each in findings if not each.is_well), key=_gravest_first),
        silent=silent,
        groups=_groups(told, now),
        parked=_parked(told, now),
        silences=silences,
        outcome=await shown_outcome(visit, request.query_params.get("did", "")),
        travelled=abs((business - now).total_seconds()) > 60,
        business=exactly(business, desk.zone),
    )


@router.get("/ops/dead-letters")
async def show_letters(
    request: Request, visit: Visitor, service: str = "", fingerprint: str = ""
) -> Response:
    """The dead letters of one cause, one by one: ids and fields, never what they said."""
    check_operates(visit.person)
    _check_service(service)
    desk, now = visit.context.desk, visit.context.now()
    letters = await desk.services.letters(service, fingerprint, visit.person)
    people = sorted({each.settled_by for each in letters if each.settled_by})
    names = await names_of(visit.context, people)
    rows = [_row(each, names, now) for each in letters]
    return visit.page(
        "ops_dead_letters.html",
        service=service,
        fingerprint=fingerprint,
        advice=REASONS.get(str(letters[0].reason), _(OTHERWISE)) if letters else "",
        rows=rows,
        outcome=await shown_outcome(visit, request.query_params.get("did", "")),
    )


@router.post("/ops/dead-letters/{do}")
async def settle_letters(form: Sent, do: str) -> Response:
    """Try letters again, or put them aside; the owner checks the role again and notes who."""
    visit, typed = form.visit, form.typed
    check_operates(visit.person)
    service = typed.one("service")
    _check_service(service)
    if do not in ("replay", "discard"):
        raise RuleError(
            _("Try letters again or put them aside."), code="unknown-action", field="do"
        )
    choice = {name: typed.one(name) for name in ("id", "fingerprint") if typed.one(name)}
    if not choice:
        raise RuleError(_("Say which letters."), code="choose", field="id")
    answer = await visit.context.desk.services.settle(service, do, choice, visit.person)
    if isinstance(answer, Refused):
        raise RuleError(answer.message, code=answer.code, field=answer.field)
    return go(with_outcome("/ops", await _told(form, service, answer)))


def check_operates(person: StaffMember) -> None:
    """Refuse whoever does not keep the machines running."""
    if not may_see_operations(person):
        raise NotAllowedError(_("This page is for operations."), code="wrong-role")


def _check_service(service: str) -> None:
    if service not in SERVICES:
        message = _("There is no such service; choose one of: {join}.").format(
            join=", ".join(SERVICES)
        )
        raise RuleError(message, code="unknown-service", field="service")


async def _told(form: SentForm, service: str, outcomes: Mapping[str, int]) -> str:
    parts = [f"{count} {OUTCOMES.get(name, name)}" for name, count in sorted(outcomes.items())]
    what = _("Dead letters of {service}: {parts}.").format(
        service=service, parts=", ".join(parts) or "none was open any more"
    )
    return await keep_outcome(form, what)


def _groups(told: Mapping[str, Figures | None], now: datetime) -> list[Group]:
    return [
        Group(
            service=service,
            fingerprint=str(each.fingerprint),
            reason=str(each.reason),
            advice=REASONS.get(str(each.reason), _(OTHERWISE)),
            types=", ".join(each.event_types) or _("not readable"),
            count=each.count,
            first=_ago(each.first_at, now),
            last=_ago(each.last_at, now),
        )
        for service, said in told.items()
        if said
        for each in said.dead
    ]


def _parked(told: Mapping[str, Figures | None], now: datetime) -> list[Sequence[str]]:
    return [
        (
            service,
            str(each.reason),
            ", ".join(each.event_types),
            str(each.count),
            _ago(each.first_at, now),
            _ago(each.next_at, now),
        )
        for service, said in told.items()
        if said
        for each in said.parked_groups
    ]


def _row(letter: DeadLetterShown, names: Mapping[str, str], now: datetime) -> dict[str, Any]:
    errors = letter.field_errors or []
    by = str(letter.settled_by or "")
    return {
        "id": letter.id,
        "type": letter.event_type or _("not readable"),
        "sequence": letter.stream_seq,
        "fields": [f"{each.get('field')}: {each.get('message')}" for each in errors],
        "first": _ago(letter.first_at, now),
        "last": _ago(letter.last_at, now),
        "count": letter.count,
        "replays": letter.replays,
        "open": letter.status == "open",
        "status": STATUSES.get(str(letter.status), str(letter.status)),
        "by": names.get(by, by),
    }


def _gravest_first(each: Finding | Silence) -> bool:
    return each.tone != "danger"


def _silence(source: Source, visit: Visit, now: datetime) -> Silence:
    zone = visit.context.desk.zone
    heard, tone = source.heard_at, tone_of_silence(source, now)
    return Silence(source.source, source.is_ours, ago(heard, now), exactly(heard, zone), tone)


def _ago(instant: str | None, now: datetime) -> str:
    """An instant of an answer, which is text, in words from now."""
    try:
        at = datetime.fromisoformat(str(instant))
    except ValueError:
        return ""
    return ago(at, now) if at.tzinfo else ""
