"""/calendars: which calendars of other programs are read, when last, what is set, what was refused?

Asked of the gateway in the name of the person who looks. Titles and descriptions are in none of it.
For partners and operations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.importing import check_imports
from services.desk.domain.source_words import SourceInWords, in_words
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.import_asking import ask_imports
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from services.desk.pages.words import exactly
from shared.contracts.answers import SourceHeard
from shared.contracts.fields import parse_instant
from shared.contracts.imports import CalendarRead, CalendarsTold, ListDone
from shared.errors import RuleError

router = APIRouter()
PLACE = "/calendars"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that is set for a calendar, as its file calls it."""

    name: str
    value: str
    means: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One calendar as the page shows it."""

    told: CalendarRead
    words: SourceInWords  # how it is, and what to do
    looked: str
    read: str
    next: str
    settings: Sequence[Setting]


@router.get(PLACE)
async def show_calendars(request: Request, visit: Visitor) -> Response:
    """Each with how it is, what it held, and what is set for it."""
    check_imports(visit.person)
    return await _page(visit, did=request.query_params.get("did", ""))


@router.post(f"{PLACE}/{{name}}/read")
async def read_calendar_now(form: Sent, name: str) -> Response:
    """Have it read at once."""
    check_imports(form.visit.person)
    try:
        await ask_imports(form.visit, ListDone, ask="read-calendar", name=name[:64])
    except RuleError as no:
        return await _page(form.visit, errors={"": no.message}, status=409)
    said = _("{name} is read within seconds: look again.").format(name=name[:64])
    return go(with_outcome(PLACE, await keep_outcome(form, said)))


async def _page(
    visit: Visit, *, did: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    told = await ask_imports(visit, CalendarsTold, ask="calendars")
    return visit.page(
        "calendars_read.html",
        status,
        calendars=[_shown(visit, each) for each in told.calendars],
        errors=errors or {},
        outcome=await shown_outcome(visit, did),
    )


def _shown(visit: Visit, told: CalendarRead) -> Shown:
    zone = visit.context.desk.zone
    looked, read, due = (
        exactly(parse_instant(each), zone) if each else ""
        for each in (told.looked_at, told.read_at, told.next_at)
    )
    return Shown(told, in_words(_heard(visit, told)), looked, read, due, list(_settings(told)))


def _heard(visit: Visit, told: CalendarRead) -> SourceHeard:
    """The same, as the page of systems and the alerts are told of it."""
    now = visit.context.desk.runtime.clock.now()
    looked = parse_instant(told.looked_at) if told.looked_at else None
    since = (now - looked).total_seconds() if looked else None
    return SourceHeard(
        source=told.name,
        is_open=bool(told.host),
        count=1 if looked else 0,
        fetched=True,
        last_seconds=since,
        silent_seconds=max((since or 0.0) - told.silent_after, 0.0),
        away=told.problem or None,
        left_out=told.left_out,
        unmatched=told.unmatched,
        said=told.said,
    )


def _settings(told: CalendarRead) -> Sequence[Setting]:
    yes, no = _("yes"), _("no")
    return (
        Setting("every", told.every, _("how often it is fetched")),
        Setting("client", _places(told.client), _("whose an appointment is, the first that says")),
        Setting("client_prefix", told.client_prefix, _("put before an id")),
        Setting("matter", _places(told.matter), _("the matter")),
        Setting("kind", _places(told.kind), _("the kind of appointment")),
        Setting("otherwise", told.otherwise, _("the kind where none is said")),
        Setting("own", ", ".join(told.own), _("addresses that are the firm's and no client's")),
        Setting("zone", told.zone, _("the clock of what names none; else the firm's")),
        Setting("ahead", told.ahead, _("how far a series is looked ahead")),
        Setting("back", told.back, _("for how long what has begun is still read")),
        Setting("tentative", yes if told.tentative else no, _("whether what is tentative counts")),
        Setting(
            "missing_at_most", str(told.missing_at_most), _("more gone at once is not believed")
        ),
    )


def _places(said: Sequence[str]) -> str:
    return "; ".join(map(_place, said))


def _place(said: str) -> str:
    kind, _colon, words = said.partition(":")
    match kind:
        case "property":
            return words
        case "category":
            return _("a category that begins with “{words}”").format(words=words)
        case "line":
            return _("a line that begins with “{words}”").format(words=words)
    return _("the address of somebody invited")
