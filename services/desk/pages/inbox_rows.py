"""What does one row of the inbox say?

What to do, for whom, why it is there, who has it, and when it is due: enough to choose by, nothing
that needs the task's owner to be asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.api.desk import Desk
from services.desk.domain.due import GroupName, group_of
from services.desk.domain.listed_task import ListedTask, ShownState
from services.desk.pages import words
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.rule_words import kind_label
from services.desk.pages.words import Due
from services.desk.ports.clients import CARDS
from services.desk.ports.inquiries import INQUIRIES

ENDS = ("task-completed", "task-cancelled")


@dataclass(frozen=True, slots=True)
class Row:
    """One task in a list."""

    task_id: str
    title: str
    kind: str
    whom: str
    client_id: str | None
    inquiry_id: str | None
    why: str
    holder: str | None
    mine: bool
    state: ShownState
    group: GroupName
    due: Due
    moved: str  # the due the owner gave, where the desk has its own
    asleep: str
    ended: str
    ended_exact: str
    ended_how: str  # which decision, or why it is not needed
    ended_by: str
    priority: str
    escalation: int
    escalated_to: str
    escalated_why: str  # for whom it was escalated to
    waiting: bool
    here: str = ""  # who else has it open
    first: bool = False  # one of two people has decided it


async def rows_of(
    desk: Desk, tasks: Sequence[ListedTask], me: str, names: Mapping[str, str]
) -> list[Row]:
    """The rows of these tasks."""
    clients = await people_of(desk, tasks)
    now = desk.runtime.clock.now()
    return [_row(task, me, names, clients, now, desk.zone) for task in tasks]


@dataclass(frozen=True, slots=True)
class People:
    """What clients, and people who asked for help, are called."""

    clients: Mapping[str, str | None]
    inquiries: Mapping[str, str | None]


async def people_of(desk: Desk, tasks: Sequence[ListedTask]) -> People:
    """What whoever these tasks are about is called."""
    clients = await called(desk, (task.about.get("client_id") for task in tasks))
    return People(clients, await asked(desk, (task.about.get("inquiry_id") for task in tasks)))


async def called(desk: Desk, client_ids: Iterable[str | None]) -> dict[str, str | None]:
    """What clients are called; None for one that was erased or is not known."""
    ids = sorted({each for each in client_ids if each})
    unit = await desk.runtime.look(lambda _: [CARDS.one(each) for each in ids])
    cards = {each: unit.get(CARDS, each) for each in ids}
    return {id: card.name if card else None for id, card in cards.items()}


async def asked(desk: Desk, inquiry_ids: Iterable[str | None]) -> dict[str, str | None]:
    """What people who asked for help are called; None where no name is kept."""
    ids = sorted({each for each in inquiry_ids if each})
    unit = await desk.runtime.look(lambda _: [INQUIRIES.one(each) for each in ids])
    rows = {each: unit.get(INQUIRIES, each) for each in ids}
    return {id: row.name if row else None for id, row in rows.items()}


def whom_of(task: ListedTask, people: People) -> str:
    """For whom a task is, by name where there is one."""
    client = people.clients.get(task.about.get("client_id", ""))
    inquirer = people.inquiries.get(task.about.get("inquiry_id", ""))
    return client or inquirer or words.about_words(task.about)


def _escalated_to(task: ListedTask, me: str, names: Mapping[str, str], now: datetime) -> str:
    """Who is to see to it that this overdue task is done."""
    if task.escalated_to is None or not task.is_overdue(now):
        return ""
    if task.escalated_to == me:
        return _("you")
    return names.get(task.escalated_to, task.escalated_to)


BECAUSE = Words(
    {
        "leads-matter": N_("you lead this matter"),
        "acts-for": N_("you act for {whom}, who is away"),
        "leads-team": N_("you lead those whose work it is"),
        "partner": N_("you are a partner, and nobody has done it"),
        "may-decide": N_("you may decide it, and nobody has"),
    }
)


def _escalated_why(task: ListedTask, me: str, names: Mapping[str, str], now: datetime) -> str:
    """Why it came to this very person; nothing of others."""
    if task.escalated_to != me or not task.is_overdue(now):
        return ""
    whom = names.get(task.escalated_instead_of or "", task.escalated_instead_of or "")
    return BECAUSE.get(task.escalated_because, "").format(whom=whom)


def _row(
    task: ListedTask,
    me: str,
    names: Mapping[str, str],
    people: People,
    now: datetime,
    zone: ZoneInfo,
) -> Row:
    state = task.shown_state(now)
    asleep = task.snoozed_until if state == "snoozed" else None
    moved = task.said_due_at if task.due_at != task.said_due_at else None
    ended = _("Done") if state == "done" else _("No longer needed")
    end = next((each for each in reversed(task.history) if each.kind in ENDS), None)
    return Row(
        task_id=task.task_id,
        title=retold(task.title),
        kind=kind_label(task.kind),
        whom=whom_of(task, people),
        client_id=task.about.get("client_id"),
        inquiry_id=task.about.get("inquiry_id"),
        why=retold(task.why.text) if task.why else "",
        holder=names.get(task.owner_id, task.owner_id) if task.owner_id else None,
        mine=task.owner_id == me,
        state=state,
        group=group_of(task.due_at, now, zone),
        due=words.due_words(task.due_at, now, zone),
        moved=words.exactly(moved, zone) if moved else "",
        asleep=words.exactly(asleep, zone) if asleep else "",
        ended=f"{ended} {words.ago(task.ended_at, now)}" if task.ended_at else "",
        ended_exact=words.exactly(task.ended_at, zone) if task.ended_at else "",
        ended_how=retold(end.text) if end else "",
        ended_by=names.get(end.by or "", end.by or "") if end else "",
        priority=task.priority,
        escalation=task.escalated(now),
        escalated_to=_escalated_to(task, me, names, now),
        escalated_why=_escalated_why(task, me, names, now),
        waiting=task.waiting,
        first=task.first is not None,
    )
