"""What does reminders hear when a person's digest is due? How much there is to do, and for whom.

``digests.desk`` takes ``{staff_id, new_since}`` and is asked by reminders alone, at the hand-over.
The first one of a month tells partners what the month before came to. Is feedback away, there is no
answer: reminders asks again, later or the next day, rather than leave the month out.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.api.desk import Reports
from services.desk.domain.digest import Agenda, Part, address_of, agenda, time_for
from services.desk.domain.labels import kind_label
from services.desk.domain.lists import Page, TaskFilter
from services.desk.domain.month_figures import figures_to_tell, month_to_tell
from services.desk.domain.reports import may_see_reports
from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import TaskList
from services.desk.workflow.digesting import choice_of, digest_needs
from shared.contracts.fields import parse_instant
from shared.contracts.reports import ReportAsked
from shared.contracts.requests import Answer, Asked, RequestType
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.telemetry.logs import log

MOST = 1000  # of a person's own, and as many of nobody's: beyond that, more is not news


class AgendaAsked(Asked):
    """What does this person have to do; ``new_since``: RFC 3339, when the last digest went."""

    staff_id: str
    new_since: str


class PartTold(Answer):
    """How many of each kind of task, by its label, and how many of them nobody has taken on."""

    kinds: dict[str, int]
    unowned: int


class MonthFigureTold(Answer):
    """One figure of the firm, by its name in the reports; ``before``: of the month before.

    ``place``: the page with what is behind it.
    """

    name: str
    unit: str
    value: float
    before: float | None
    place: str | None = None


class MonthToldOf(Answer):
    """What a month (2026-10) came to, how many clients may leave now, and where the reasons are."""

    month: str
    figures: list[MonthFigureTold]
    at_risk: int
    reports: str
    risks: str | None = None  # each of these clients with every reason


class AgendaTold(Answer):
    """Where a digest goes, and how much there is to do; language None: as the firm writes."""

    address: str
    language: str | None
    overdue: PartTold
    today: PartTold
    new: PartTold
    escalated: PartTold | None = None  # overdue with others, and this person's to see to
    inbox: str
    settings: str
    month: MonthToldOf | None = None  # told to partners, once


class NothingTold(Answer):
    """Why no digest goes: ``off``, ``no-address`` or ``nothing-to-do``."""

    nothing: str


AGENDA_REQUEST = RequestType(
    "digests", "What a person's digest says and where it goes, asked at the hand-over.",
    AgendaAsked, (AgendaTold, NothingTold),
)  # fmt: skip


Named = Callable[[str, str], str]
"""A kind of task in words, in a language; "": the one the firm writes."""


def in_english(kind: str, _: str) -> str:
    """A kind of task in words, for whatever language."""
    return kind_label(kind)


def agendas(
    tasks_of: Callable[[Runtime], TaskList],
    reports_of: Callable[[Runtime], Reports],
    url_of: Callable[[Runtime], str],
    zone: ZoneInfo,
    named: Named = in_english,
) -> Callable[[Runtime, AgendaAsked], Awaitable[Answer]]:
    """Answers reminders with an agenda, or with why there is nothing to send.

    RuleError where ``new_since`` is no instant.
    """

    async def answer(runtime: Runtime, asked: AgendaAsked) -> Answer:
        staff_id, new_since = asked.staff_id, _instant(asked.new_since)
        unit = await runtime.look(digest_needs(staff_id))
        person, account = unit.get(STAFF, staff_id), unit.get(ACCOUNTS, staff_id)
        choice = choice_of(unit, staff_id)
        address = address_of(account)
        if address is None or person is None or time_for(person, account, choice) is None:
            return NothingTold(nothing="no-address" if address is None else "off")
        tasks = await _tasks(tasks_of(runtime), person)
        now = runtime.clock.now()
        found = agenda(tasks, now, zone, new_since, staff_id)
        month, come_to, url = month_to_tell(new_since, now, zone), None, url_of(runtime)
        if month is not None and may_see_reports(person):
            come_to = await _month(reports_of(runtime), month, person, url)
        if found.is_empty and come_to is None:
            return NothingTold(nothing="nothing-to-do")
        return _told(found, come_to, address, choice.language, url, named)

    return answer


def _told(
    found: Agenda, month: MonthToldOf | None, address: str, language: str, url: str, named: Named
) -> AgendaTold:
    def in_words(part: Part) -> PartTold:
        kinds: Counter[str] = Counter()
        for kind, count in part.kinds.items():
            kinds[named(kind, language)] += count
        return PartTold(kinds=dict(kinds), unowned=part.unowned)

    return AgendaTold(
        address=address,
        language=language or None,
        overdue=in_words(found.overdue),
        today=in_words(found.today),
        new=in_words(found.new),
        escalated=in_words(found.escalated),
        inbox=f"{url}/inbox",
        settings=f"{url}/settings#digest",
        month=month,
    )


async def _month(reports: Reports, month: str, person: StaffMember, url: str) -> MonthToldOf | None:
    """What the month came to; None where there is not one figure. TemporaryError: feedback is away.

    A refusal is a release of feedback that knows this person's roles otherwise: logged, left out.
    """
    told = await reports.overview(ReportAsked(ask="overview", until=month, months=1), person)
    if isinstance(told, Refused):
        log.warning("month_not_told", month=month, staff_id=person.staff_id, reason=told.code)
        return None
    figures = [
        MonthFigureTold(
            name=each.name,
            unit=each.unit,
            value=each.value,
            before=each.before,
            place=f"{url}{each.place}" if each.place else None,
        )
        for each in figures_to_tell(told)
    ]
    if not figures:
        return None
    link = f"{url}/reports?until={month}&months=1"
    return MonthToldOf(
        month=month,
        figures=figures,
        at_risk=told.at_risk,
        reports=link,
        risks=f"{url}/reports/risks",
    )


async def _tasks(tasks: TaskList, person: StaffMember) -> list[Any]:
    """What is open: with this person or theirs to see to, or with nobody and theirs to decide."""
    mine = TaskFilter(may=person, state="open", lies_with=person.staff_id)
    nobodys = replace(mine, lies_with=None, unowned=True)
    found = [task for each in (mine, nobodys) for task in await tasks.page(each, Page(limit=MOST))]
    return list({task.task_id: task for task in found}.values())


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError as no:
        raise RuleError(str(no), code="invalid", field="new_since") from None
