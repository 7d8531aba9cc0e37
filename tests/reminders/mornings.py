"""One person's mornings with their digest, over memory, and a desk that answers as told."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from services.reminders.domain.digest import Digest
from services.reminders.gateways.digests import DigestMessages
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import (
    DIGESTS,
    Agenda,
    Group,
    OutgoingMessage,
)
from services.reminders.workflow.digests import DigestSteps
from shared.contracts.desk import StaffDigestSet
from shared.contracts.envelope import Cause
from shared.engine.due_work import Due
from shared.engine.hand_over import HandOver
from tests.reminders.over_memory import Reminders, new_config
from tests.reminders.sending import FakeMailer, MemoryRuntime

BERLIN = ZoneInfo("Europe/Berlin")
NONE = Group(kinds={}, unowned=0)
AGENDA = Agenda(
    address="leo@firm.example",
    language="en",
    overdue=Group(kinds={"Call the client": 2}, unowned=1),
    today=Group(kinds={"Check for conflicts": 1}, unowned=0),
    new=NONE,
    inbox="https://desk.example/inbox",
    settings="https://desk.example/settings#digest",
)


class FakeDesk:
    """Says what there is to do, or that there is nothing, or does not answer."""

    def __init__(self) -> None:
        self.says: Agenda | str | Exception = AGENDA
        self.asked: list[tuple[str, datetime]] = []

    async def agenda(self, staff_id: str, new_since: datetime) -> Agenda | str:
        await asyncio.sleep(0)
        self.asked.append((staff_id, new_since))
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


class Mornings:
    """One person's mornings: time passes, and what is due is done as a process does it."""

    def __init__(self, at: str | None = "07:30", **settings: Any) -> None:
        config = new_config(firm_zone="Europe/Berlin", firm_holidays="DE", **settings)
        self.reminders = Reminders(config)
        digest_steps = DigestSteps(config)
        self.reminders.due = [Due(DIGESTS, digest_steps.step, digest_steps.needs)]
        self.reminders.now = monday("06:00")
        self.runtime: Any = MemoryRuntime(self.reminders)
        self.mailer, self.desk = FakeMailer(), FakeDesk()
        self.registry = CollectorRegistry()
        self.post = HandOver(
            DigestMessages(config, self.mailer, self.desk, SendMetrics(self.registry))
        )
        self.choose(at)

    def choose(self, at: str | None) -> None:
        self.reminders.hear(StaffDigestSet(staff_id="s-1", at=at, timezone="Europe/Berlin"))

    @property
    def digest(self) -> Digest:
        digest = self.reminders.get(DIGESTS, "s-1")
        assert digest is not None
        return digest

    @property
    def messages(self) -> list[OutgoingMessage]:
        return self.mailer.messages

    async def until(self, instant: datetime) -> None:
        while (due := self.digest.due_at) is not None and due <= instant:
            await self.at(max(due, self.reminders.now))
        self.reminders.now = max(self.reminders.now, instant)

    async def at(self, instant: datetime) -> None:
        """Do once what is due by then, as if nothing had run before."""
        self.reminders.now = instant
        self.claim()
        await self.post(self.runtime, [self.digest])

    def claim(self) -> None:
        (due,) = self.reminders.due
        now = self.reminders.now
        cause = Cause("urn:test", f"due-{now.isoformat()}", "due", "x", None, now)
        self.reminders.act(
            lambda unit: due.step(self.digest, unit),
            lambda unit: [DIGESTS.one("s-1"), *due.needs(self.digest, unit)],
            cause,
        )


def monday(clock: str, days: int = 0) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{clock}").replace(tzinfo=BERLIN) + timedelta(days)
