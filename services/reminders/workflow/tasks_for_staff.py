"""When must a person act, and what are they asked?

A rule asks for it; no message can reach the client; or nobody knows whether one did.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from services.reminders.domain.contact import Contact, State
from services.reminders.domain.next_try import next_try_at, with_tries
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.playbook import Ask, MessageClass, Rule
from services.reminders.domain.schedule import Moment, Offset, Span, reckon
from services.reminders.domain.subject import Subject
from services.reminders.ports import CARDS, CONTACTS, TIMERS
from services.reminders.workflow.announced_events import days_since
from services.reminders.workflow.arming import CALL_CLIENT
from services.reminders.workflow.contact_events import TEXTS, ids_of, text_of, why_of
from services.reminders.workflow.firm_config import DueDays, FirmConfig
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.errors import PermanentError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, open_task, update_task

CONTACT_GAP, UNKNOWN_MESSAGE = "contact-gap", "unknown-message"
CLIENT_CHECK_IN = "client-check-in"
ONE_BUSINESS_DAY = Offset(1, Span.BUSINESS_DAYS)
CALL_TITLE = "Call the client: no message can reach them"
CHOSEN_CALL_TITLE = "Call the client: they chose to be called"
UNKNOWN_TITLE = "Find out whether a message arrived"
REMINDERS = "{reminders}"  # in a rule's text: how many reminders went out
DAYS = "{days}"  # the same: how many days it is since its anchor
ABOUT = ("client_id", "matter_id", "appointment_id", "invoice_id", "request_id")


def ask_as_the_rule_says(
    config: FirmConfig, rule: Rule, timer: Occurrence, subject: Subject, unit: UnitOfWork
) -> None:
    """Open the task a rule asks for."""
    if rule.ask is None:
        raise PermanentError(f"{rule.key} asks for nothing")
    ids = ids_of(subject, rule.on)
    days = str(days_since(timer, unit.now))
    text = rule.ask.text.replace(REMINDERS, str(_went_out(timer, unit))).replace(DAYS, days)
    title = rule.ask.title.replace(DAYS, days)
    owner_id = _owner(rule.ask, timer, ids, unit)
    if timer.client_id is not None:
        ids["client_id"] = timer.client_id
    why = Why(event_id=timer.event_id, rule_id=rule.rule_id, rule_version=rule.version, text=text)
    due_at = due_in(rule.ask.due or ONE_BUSINESS_DAY, config, unit.now)
    open_already = [each for each in unit.find(TASKS, "ref", timer.thread)
                    if (each.kind, each.state) == (rule.ask.kind, "open")]  # fmt: skip
    if open_already:
        say_anew(open_already[0], why, due_at, timer.anchor_at, config, unit, title)
        return
    open_task(
        unit,
        kind=rule.ask.kind,
        ref=timer.thread,
        about=about(ids),
        title=title,
        why=why,
        due_at=due_at,
        role=rule.ask.role,
        priority=rule.ask.priority,
        owner_id=owner_id,
        occasion=new_occasion(rule.ask.kind, timer.thread, timer.occurrence_id, unit),
    )


def _owner(ask: Ask, timer: Occurrence, ids: dict[str, str], unit: UnitOfWork) -> str | None:
    """Whose the matter is, where the rule assigns its task."""
    card = unit.peek(CARDS, timer.client_id) if timer.client_id else None
    return card.owner_of(ids.get("matter_id")) if ask.assign and card else None


def needs_of_asking(timer: Occurrence, unit: ReadSoFar) -> Iterator[Need]:
    """The messages of the same thing, to say how many of them went out."""
    yield TASKS.by("ref", timer.thread)
    for each in unit.peek_all(TIMERS, "thread", timer.thread):
        if each.contact_id is not None:
            yield CONTACTS.one(each.contact_id)


def _went_out(timer: Occurrence, unit: UnitOfWork) -> int:
    """How many messages of the same playbook about the same thing were handed over."""
    others = [each for each in unit.find(TIMERS, "thread", timer.thread)
              if each.purpose == timer.purpose and each.contact_id is not None]  # fmt: skip
    found = [unit.peek(CONTACTS, each.contact_id or "") for each in others]
    return sum(each is not None and each.state is State.HANDED_OVER for each in found)


def ask_to_call(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> None:
    """No message can go: a person calls, before the moment the message was for has passed.

    One task for one thing: what several messages could not say, one call says.
    """
    due_at = due_in(DueDays.within(config.days.call), config, unit.now)
    if contact.anchor_at is not None and contact.anchor_at > unit.now:
        due_at = min(due_at, contact.anchor_at)
    urgent = contact.message_class in (MessageClass.SERVICE, MessageClass.LEGAL)
    why = why_of(contact, text_of(contact.reason or "cannot-be-made"))
    open_already = open_calls(contact.thread, unit)
    if open_already:
        say_anew(open_already[0], why, due_at, contact.anchor_at, config, unit)
        return
    open_task(
        unit,
        kind=CALL_CLIENT,
        ref=contact.thread,
        about=about({**contact.ids, "client_id": contact.client_id}),
        title=CHOSEN_CALL_TITLE if contact.reason == "prefers-phone" else CALL_TITLE,
        why=why,
        due_at=due_at,
        priority="normal" if urgent else "low",
        occasion=new_occasion(CALL_CLIENT, contact.thread, contact.occurrence_id, unit),
    )


def new_occasion(kind: str, ref: str, occasion: str, unit: UnitOfWork) -> str:
    """Another one for each task of the kind that was taken back: it may be asked for again.

    Needs ``TASKS.by("ref", ref)``; ``occasion`` is what it is asked for the first time.
    """
    gone = sum(
        (each.kind, each.state) == (kind, "cancelled") for each in unit.find(TASKS, "ref", ref)
    )
    return f"{occasion}/{gone}" if gone else occasion


def try_again(
    config: FirmConfig, task: Task, said: Any, before: datetime | None, unit: UnitOfWork
) -> None:
    """Nobody was reached: the task stays, and is due on the day that whoever tried names."""
    calendar = config.firm.calendar
    due_at = next_try_at(said, unit.now, calendar, before)
    tried = (*task.tried, unit.now)
    why = Why(**{**task.why, "text": with_tries(task.why["text"], tried, due_at, calendar)})
    update_task(unit, task, why=why, due_at=due_at, tried=tried)


def say_anew(
    task: Task, why: Why, due_at: datetime, before: datetime | None, config: FirmConfig,
    unit: UnitOfWork, title: str | None = None,
) -> None:  # fmt: skip
    """One more reason for what is asked already.

    The day somebody named for the next try holds, unless what it is about comes before.
    """
    due_at = min(task.due_at, due_at) if not task.tried else task.due_at
    if before is not None and before > unit.now:
        due_at = min(due_at, before)
    said = with_tries(why.text, task.tried, due_at, config.firm.calendar)
    why = why.model_copy(update={"text": said})
    update_task(unit, task, why=why, title=title or task.title, due_at=due_at)


def open_calls(thread: str, unit: UnitOfWork) -> list[Task]:
    """The task to call about this thing, where there is one."""
    found = unit.find(TASKS, "ref", thread)
    return [each for each in found if (each.kind, each.state) == (CALL_CLIENT, "open")]


def ask_what_became_of_it(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> None:
    """Nobody knows whether the message arrived, and the rule says a person settles it."""
    open_task(
        unit,
        kind=UNKNOWN_MESSAGE,
        ref=contact.contact_id,
        about=about({**contact.ids, "client_id": contact.client_id}),
        title=UNKNOWN_TITLE,
        why=why_of(contact, TEXTS.get(contact.reason or "", TEXTS["no-answer"])),
        due_at=due_in(DueDays.within(config.days.settle), config, unit.now),
        occasion=str(contact.resends),
    )


def about(ids: dict[str, str]) -> About:
    """What a task is about, by id."""
    return About(**{name: ids[name] for name in ABOUT if name in ids})


def due_in(offset: Offset, config: FirmConfig, now: datetime) -> datetime:
    """That long from now, on a business day of the firm and within its hours."""
    calendar = config.firm.calendar
    if offset.span is Span.BUSINESS_DAYS:
        return calendar.add_business_days(now, offset.amount)
    if offset.span is Span.BUSINESS_HOURS:
        return calendar.add_business_hours(now, offset.amount)
    moment = Moment(offset=offset)
    reckoned = reckon(moment, now, calendar.zone, calendar.days.is_closed)
    return calendar.next_business_instant(reckoned.instant)
