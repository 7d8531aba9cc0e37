"""What is sent to subscribers, over memory: the log of it, and a gateway with one subscription."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from services.gateway.domain.attempts import Tried
from services.gateway.domain.dispatches import Dispatch
from services.gateway.domain.subscriptions import Subscription, secret_of
from services.gateway.due import dispatches_due
from services.gateway.listeners import listeners
from services.gateway.ports import (
    DISPATCHES,
    RECEIVERS,
    SUBSCRIPTIONS,
    FirmConfig,
    OutwardConfig,
    Waiting,
)
from services.gateway.staff import deciders, views
from services.gateway.workflow import subscribing
from services.gateway.workflow.dispatching import DispatchSteps
from shared.channels import Outcome, Result
from shared.contracts.firm import MatterClosed
from tests.fakes.memory import MemoryService

SECRET = secret_of(b"0123456789abcdef0123456789abcdef")
URL = "https://crm.example/in"
OK, NO, GONE = (
    Tried(Result.HANDED_OVER, None, status=204),
    Tried(Result.RETRY, "status-500", status=500),
    Tried(Result.REFUSED, "gone", status=410),
)


class MemoryLog:
    """What became of what was sent, over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def latest(
        self, subscription: str, most: int, *, failed: bool = False
    ) -> Sequence[Dispatch]:
        """The newest of a subscription, or the newest that failed for good."""
        found = [each for each in self._of(subscription) if not failed or each.state == "failed"]
        return sorted(found, key=lambda each: each.taken_at, reverse=True)[:most]

    async def failed_since(self, subscription: str, since: datetime, most: int) -> Sequence[str]:
        """The ids of those that failed for good since then."""
        found = (each for each in self._of(subscription) if each.state == "failed")
        return [each.dispatch_id for each in found if each.taken_at >= since][:most]

    async def held(self, subscription: str, most: int) -> Sequence[str]:
        """The ids of those that wait for their subscription."""
        found = (each for each in self._of(subscription) if each.state == "held")
        return [each.dispatch_id for each in found][:most]

    async def left_behind(self, sender: str, most: int) -> Sequence[str]:
        """The ids of those that an earlier process of this replica had in hand."""
        replica = sender.partition(":")[0] + ":"
        found = (each for each in self._office.all(DISPATCHES) if each.state == "in-hand")
        return [
            each.dispatch_id
            for each in found
            if str(each.handed_by).startswith(replica) and each.handed_by != sender
        ][:most]

    async def waiting(self) -> Mapping[str, Waiting]:
        """What has not arrived yet, by subscription."""
        waiting: dict[str, Waiting] = {}
        for each in self._office.all(DISPATCHES):
            if each.state in ("waiting", "in-hand", "held"):
                before = waiting.get(each.subscription, Waiting())
                oldest = min(before.oldest or each.taken_at, each.taken_at)
                waiting[each.subscription] = Waiting(before.count + 1, oldest)
        return waiting

    def _of(self, subscription: str) -> list[Dispatch]:
        return [each for each in self._office.all(DISPATCHES) if each.subscription == subscription]


def nothing_sent(_: Any) -> MemoryLog:
    """The log of a gateway that has sent nothing."""
    return MemoryLog(MemoryService("gateway"))


class Sending:
    """A gateway whose hand-over a test plays: ``claim`` what is due; what it ``became``."""

    def __init__(self, **config: Any) -> None:
        self.config = OutwardConfig(sender="one:first", **config)
        self.steps = DispatchSteps(self.config)
        self.office = MemoryService(
            "gateway",
            listeners=listeners(),
            due=[dispatches_due(self.config, _nobody)],
            deciders=deciders(),
            views=views(FirmConfig({}, "UTC", "en")),
        )

    def subscribe(self, name: str = "crm", *types: str, **more: Any) -> Subscription:
        """A subscription to these types, or to matters."""
        wanted = Subscription(
            name=name, url=URL, types=types or ("matter-*",), added_at=self.office.now,
            secrets=(SECRET,), **more,
        )  # fmt: skip
        made: Subscription = self.ask(subscribing.subscribe, self.config, wanted, name=name)
        return made

    def ask(self, step: Any, *given: Any, name: str = "crm") -> Any:
        """What ops ask for."""
        needs = subscribing.needs_of_subscription
        return self.office.ask(lambda unit: step(*given, unit), lambda unit: needs(name, unit))

    def again(self, *ids: str) -> int:
        """Ops send these again."""
        return self.office.ask(
            lambda unit: subscribing.send_again(ids, unit),
            lambda unit: subscribing.needs_of_again(ids, unit),
        )

    def close_matters(self, count: int = 1) -> None:
        """So many matters are closed."""
        for number in range(count):
            self.office.hear(
                MatterClosed(matter_id=f"m-{number}", client_id="c-1", closed_at=self.office.now)
            )

    def claim(self, after: timedelta = timedelta()) -> list[Dispatch]:
        """What is in hand of this process once everything due by then has been looked at."""
        until = self.office.now + after
        while (due := self._earliest()) is not None and due <= until:
            self.office.work_due(due)
            if any(self.steps.is_in_hand(each) for each in self.office.all(DISPATCHES)):
                break
        return [each for each in self.office.all(DISPATCHES) if self.steps.is_in_hand(each)]

    def became(self, outcome: Outcome) -> list[Dispatch]:
        """All that is due now is handed over and comes to this."""
        claimed = self.claim()
        for each in claimed:
            self.office.ask(
                lambda unit, each=each: self.steps.record(each, outcome, unit),  # type: ignore[misc]
                lambda unit, each=each: self.steps.needs_of_recording(each, unit),  # type: ignore[misc]
            )
        found = (self.office.get(DISPATCHES, each.dispatch_id) for each in claimed)
        return [each for each in found if each is not None]

    def next_instant(self) -> datetime | None:
        """Go to when something is due next."""
        due = self._earliest()
        if due is not None:
            self.office.now = max(self.office.now, due)
        return due

    def _earliest(self) -> datetime | None:
        instants = [each.due_at for each in self.office.all(DISPATCHES) if each.due_at is not None]
        return min(instants, default=None)

    @property
    def subscription(self) -> Subscription:
        """The one called crm."""
        found = self.office.get(SUBSCRIPTIONS, "crm")
        assert found is not None
        return found

    @property
    def receiver(self) -> Any:
        """How it fares."""
        return self.office.get(RECEIVERS, "crm")

    @property
    def sent(self) -> list[Dispatch]:
        """All that is kept of what is to be sent."""
        return self.office.all(DISPATCHES)


async def _nobody(_: Any, __: list[Any]) -> None:
    """Nobody carries anything: the test does."""
