"""All six services over memory: what one of them says, every other one hears."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.desk.app import build as desk
from services.feedback.app import build as feedback
from services.gateway.app import build as gateway
from services.intake.app import build as intake
from services.reminders.app import build as reminders
from services.reputation.app import build as reputation
from shared.contracts.envelope import Event
from tests.fakes.memory import MemoryService

BUILDS = {
    "intake": intake, "reminders": reminders, "feedback": feedback, "reputation": reputation,
    "desk": desk, "gateway": gateway,
}  # fmt: skip


@dataclass
class MemoryFirm:
    """The six services, and every event there was."""

    now: datetime
    offices: dict[str, MemoryService] = field(default_factory=dict)
    events: list[Event[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name, build in BUILDS.items():
            app = build()
            self.offices[name] = MemoryService(
                name, listeners=app.listeners, deciders=app.deciders, due=app.due, now=self.now
            )

    def pass_events(self) -> None:
        """Have everybody hear everything, until nobody says anything any more."""
        heard = len(self.events)
        while self._collect() > heard:
            fresh, heard = self.events[heard:], len(self.events)
            for event in fresh:
                for office in self.offices.values():
                    office.hear_event(event)

    def _collect(self) -> int:
        for office in self.offices.values():
            self.events += office.announced
            office.announced.clear()
        return len(self.events)

    def wait(self, until: Sequence[datetime]) -> None:
        """Let time pass, instant by instant, with all that falls due."""
        for instant in until:
            self.now = instant
            for office in self.offices.values():
                office.work_due(instant)
            self.pass_events()

    def types(self) -> list[str]:
        """What was said, in order."""
        return [each.type for each in self.events]
