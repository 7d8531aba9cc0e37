"""Reminders over plain memory, with the shipped playbooks and a mail server that does as told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from services.reminders.app import HERE, make_config, read_playbooks
from services.reminders.domain.contact import Contact
from services.reminders.domain.contact import State as Stands
from services.reminders.domain.occurrence import Occurrence, State
from services.reminders.domain.playbook import PublishedRule
from services.reminders.due import commitments_due, deadlines_due, drafts_due, due
from services.reminders.listeners import listeners
from services.reminders.ports import CONTACTS, TIMERS
from services.reminders.settings import RemindersSettings
from services.reminders.staff import deciders, views
from services.reminders.storage import MAPPINGS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import carried_by, cause_of, record_outcome
from services.reminders.workflow.hold_switch import needs_of_switch, switch
from services.reminders.workflow.told_clients import needs_of_planning_on_all
from shared.channels import Outcome, Result
from shared.contracts.base import EventData
from shared.contracts.envelope import Cause
from shared.contracts.firm import (
    AppointmentCancelled,
    AppointmentRescheduled,
    AppointmentScheduled,
    ClientOnboarded,
    MatterOpened,
)
from shared.contracts.reminders import ContactSuppressed
from shared.engine.due_work import Due
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Actor
from tests.fakes.memory import MemoryService

OPENED = MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s-9")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
ASSISTANT = Actor(id="s-1", roles=("assistant",))
SENT = Outcome(Result.HANDED_OVER)
SENDER = "0:first"


@cache
def shipped() -> tuple[PublishedRule, ...]:
    """The rules as they are shipped."""
    return read_playbooks(HERE / "playbooks")


def new_config(rules: Sequence[PublishedRule] | None = None, **settings: Any) -> FirmConfig:
    """The firm, with the shipped playbooks unless told otherwise."""
    config = make_config(RemindersSettings(**settings), rules if rules is not None else shipped())
    config.sender = SENDER
    return config


@cache
def shipped_config() -> FirmConfig:
    """The firm as it is shipped; made once, because nothing in it changes."""
    return new_config()


class Reminders(MemoryService):
    """Reminders over memory: hear events, let time pass, read what was sent."""

    def __init__(self, config: FirmConfig | None = None, **more: Any) -> None:
        self.config = config or shipped_config()
        self.outcome: Callable[[Contact], Outcome | str] = lambda _: SENT  # or in whose hands
        self.messages: list[Contact] = []
        self.letters: list[Contact] = []  # each may tell several messages
        super().__init__(
            "reminders",
            listeners=listeners(self.config),
            deciders=deciders(self.config),
            views=views(self.config),
            due=self._due(),
            now=MONDAY,
            **more,
        )
        for mapping in MAPPINGS:
            if mapping.due is not None:
                self.due_by_mapping[mapping.collection] = mapping.due

    def tell(self, *data: EventData) -> None:
        """Hear these, one after the other."""
        for each in data:
            self.hear(each)

    def after(self, **duration: float) -> "list[Contact]":
        """Let this much time pass; the messages sent meanwhile."""
        before = len(self.messages)
        self.work_due(self.now + timedelta(**duration))
        return self.messages[before:]

    def until(self, instant: datetime) -> "list[Contact]":
        """Let time pass until this instant; the messages sent meanwhile."""
        before = len(self.messages)
        self.work_due(instant)
        return self.messages[before:]

    def timers(self, state: State | None = None) -> list[Occurrence]:
        """The timers, earliest first."""
        found = [t for t in self.all(TIMERS) if state is None or t.state is state]
        return sorted(found, key=lambda timer: (timer.due_at, timer.rule_id))

    def planned(self) -> dict[str, datetime]:
        """When which rule is planned to fire."""
        return {timer.rule_id: timer.due_at for timer in self.timers(State.PLANNED)}

    def sent_rules(self) -> list[str]:
        """The rules whose messages were handed over, in order."""
        return [message.rule_id for message in self.messages]

    def suppressed(self) -> list[tuple[str, str | None]]:
        """Which contacts were not made, and why."""
        return [(each.rule_id, each.reason) for each in self.announced_of(ContactSuppressed)]

    def hold(self, *, held: bool) -> None:
        """Hold everything back, or let it go."""
        cause = Cause("urn:test", f"switch-{self.now}-{held}", "ops", "ops", None, self.now)
        self.act(lambda unit: switch(unit, held=held), lambda _: needs_of_switch(), cause)

    def contact(self, rule_id: str) -> Contact:
        """The one message of this rule."""
        (found,) = [each for each in self.all(CONTACTS) if each.rule_id == rule_id]
        return found

    def _due(self) -> list[Due[Any]]:
        async def nothing(_: Any, __: list[Any]) -> None:
            """The hand-over is part of the step here."""

        timer_steps, message_steps, _ = due(self.config, nothing, nothing, nothing)

        def step(contact: Contact, unit: UnitOfWork) -> None:
            message_steps.step(contact, unit)
            current = unit.get(CONTACTS, contact.contact_id)
            mine = current is not None and current.handed_by == self.config.sender
            mine = mine and current is not None and current.carried_by is None
            if current is not None and mine and current.state is Stands.HANDING_OVER:
                outcome = self.outcome(current)
                told = [current, *carried_by(current, unit)]
                if isinstance(outcome, str):  # cut off: it stays in that process's hands
                    for each in told:
                        unit.put(CONTACTS, replace(each, handed_by=outcome))
                    return
                if outcome.result is Result.HANDED_OVER:
                    self.messages += told
                    self.letters.append(current)
                with unit.working_on(cause_of(current, unit.service, unit.now)):
                    record_outcome(self.config, current, outcome, unit)

        def needs(contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
            yield from message_steps.needs(contact, unit)
            yield from needs_of_planning_on_all(contact, unit)

        return [timer_steps, Due(CONTACTS, step, needs), commitments_due(self.config),
                deadlines_due(self.config), drafts_due(self.config)]  # fmt: skip


def client(**changes: Any) -> ClientOnboarded:
    """A client in Berlin who reads German."""
    values = {
        "client_id": "c-1", "name": "Ada Muster", "email": "ada@muster.example",
        "phone": "+49 30 1234", "timezone": "Europe/Berlin", "locale": "de-DE",
    }  # fmt: skip
    return ClientOnboarded(**{**values, **changes})


def scheduled(starts_at: datetime, **changes: Any) -> AppointmentScheduled:
    """An appointment of that client."""
    return AppointmentScheduled(**_appointment(starts_at, changes))


def moved(starts_at: datetime, **changes: Any) -> AppointmentRescheduled:
    """The same appointment at another time."""
    return AppointmentRescheduled(**_appointment(starts_at, changes))


def cancelled() -> AppointmentCancelled:
    """The same appointment, called off."""
    return AppointmentCancelled(appointment_id="a-1", client_id="c-1")


def _appointment(starts_at: datetime, changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "appointment_id": "a-1", "client_id": "c-1", "starts_at": starts_at,
        "timezone": "Europe/Berlin", "kind": "consultation", **changes,
    }  # fmt: skip
