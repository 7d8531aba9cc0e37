"""What may ops, and the desk, ask of reminders, and which figures of its own does it keep?"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from services.reminders.domain.outbound import REFUSALS, SWITCH, Outbound
from services.reminders.ops.addresses import (
    AddressesAsked,
    AddressesLifted,
    AddressesListed,
    addresses,
)
from services.reminders.ops.commitment_figures import CommitmentFigures
from services.reminders.ops.deadline_figures import DeadlineFigures
from services.reminders.ops.mailbox import ReadMailbox, mailbox_heard
from services.reminders.ops.sender_checks import sender_standing
from services.reminders.ports import (
    EVERY,
    OUTBOUND,
    RULES,
    TIMERS,
    Tally,
)
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hold_switch import (
    RELEASE,
    needs_of_switch,
    needs_of_waking,
    switch,
    wake_up,
)
from shared.clock import monotonic
from shared.contracts.answers import OwnFigures
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.requests.ops import OpsQuestion
from shared.telemetry.logs import log

IN_ONE_STEP = 500
MEASURE_SECONDS = 10.0
LET_GO_SECONDS = 4.0  # shorter than whoever asks waits for the answer
LOOK_SECONDS = 0.05


class OutboundAsked(Asked):
    """Hold every message to clients (``hold``), go on (``release``), or say which (``state``)."""

    ask: Literal["outbound"]
    do: str = "state"


class OutboundTold(Answer):
    """Whether messages are held, and since when (ISO 8601)."""

    held: bool
    since: str | None
    reason: str | None = None
    in_hand: int = 0  # after hold: so many had been begun and were not through after some seconds
    woken: int = 0  # after release: so many go on
    sample_settings: tuple[str, ...] = ()  # with these, nothing goes, held or not


class TimersAsked(Asked):
    """How many timers and messages stand where?"""

    ask: Literal["timers"]


class TimersTold(Answer):
    """How many of each stand in which state; when the next timer falls due (ISO 8601)."""

    timers: dict[str, int]
    messages: dict[str, int]
    next_due: str | None


class PlaybooksAsked(Asked):
    """Which rules were ever put into force?"""

    ask: Literal["playbooks"]


class RuleTold(Answer):
    """One version of a rule; the fingerprint is of all it says."""

    rule_id: str
    version: int
    playbook: str
    on: tuple[str, ...]
    fingerprint: str | None


class PlaybooksTold(Answer):
    """Every rule version ever put into force."""

    items: list[RuleTold]


@dataclass(frozen=True, slots=True)
class FirmSaid:
    """Which settings the firm has still to say: samples, also in a trial, and empty notices."""

    samples: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Ops:
    """Answers ops, with a tally of a running service's database."""

    def __init__(
        self,
        tally: Callable[[Any], Tally],
        samples: Sequence[str] = (),
        config: FirmConfig | None = None,
        *,
        firm: FirmSaid | None = None,
        mailbox: ReadMailbox | None = None,
    ) -> None:
        self._firm = firm or FirmSaid()
        self._mailbox = mailbox
        self._tally = tally
        self._config = config
        self._samples = samples  # settings with which nothing goes
        self._commitments: CommitmentFigures | None = None
        self._deadlines: DeadlineFigures | None = None

    def questions(self) -> Sequence[OpsQuestion]:
        """What may be asked."""
        return (
            OpsQuestion("outbound", OutboundAsked, (OutboundTold,), self.outbound),
            OpsQuestion("timers", TimersAsked, (TimersTold,), self.timers),
            OpsQuestion("playbooks", PlaybooksAsked, (PlaybooksTold,), playbooks),
            OpsQuestion(
                "addresses", AddressesAsked, (AddressesListed, AddressesLifted), self.addresses
            ),
        )

    async def addresses(
        self, runtime: Runtime, asked: AddressesAsked
    ) -> AddressesListed | AddressesLifted:
        """To which addresses nothing goes, and how one works again."""
        return await addresses(self._tally(runtime.db), runtime, asked)

    async def outbound(self, runtime: Runtime, asked: OutboundAsked) -> OutboundTold:
        """Stop every message to clients, or go on.

        ``hold`` answers once no replica hands anything over any more; ``in_hand``: how many had
        been begun and were not through after some seconds.
        """
        match asked.do:
            case "hold":
                state = await _switch(runtime, held=True)
                return OutboundTold(**_said(state), in_hand=await self._until_let_go(runtime))
            case "release":
                state = await _switch(runtime, held=False)
                return OutboundTold(**_said(state), woken=await self._wake_all(runtime))
            case "state":
                unit = await runtime.look(lambda _: needs_of_switch())
                said = _said(unit.get(OUTBOUND, SWITCH) or Outbound())
                return OutboundTold(**said, sample_settings=tuple(self._samples))
            case _:
                raise RuleError("Do one of: hold, release, state.", field="do")

    async def timers(self, runtime: Runtime, _: TimersAsked) -> TimersTold:
        """How many timers and messages stand where, and when the next timer falls due."""
        next_due = await runtime.store.due_documents.next(TIMERS)
        counts = await self._tally(runtime.db).by_state()
        return TimersTold(**counts, next_due=next_due.isoformat() if next_due else None)

    async def figures(self, runtime: Runtime) -> OwnFigures:
        """What the desk's page for operations shows of reminders alone."""
        unit = await runtime.look(lambda _: needs_of_switch())
        unknown, age = await self._tally(runtime.db).unknown(await runtime.database_now())
        switch = _said(unit.get(OUTBOUND, SWITCH) or Outbound())
        return OwnFigures(
            sender=await sender_standing(runtime, self._config),
            sources=await mailbox_heard(self._mailbox, runtime),
            unknown=unknown,
            unknown_oldest_seconds=age,
            held=switch["held"] or bool(self._samples),
            held_since=switch["since"],
            held_reason="sample-values" if self._samples else switch["reason"],
            samples=self._firm.samples,
            lacking=self._firm.lacking,
            edition=self._config.edition if self._config else None,
            folder_differs=self._config.folder_differs if self._config else None,
        )

    async def keep_measuring(self, runtime: Runtime) -> None:
        """Keep the gauges of timers and unknown messages fresh."""
        while True:
            try:
                await self.measure(runtime)
            except TemporaryError:
                log.warning("not_measured", reason="away")
            await asyncio.sleep(MEASURE_SECONDS)

    async def measure(self, runtime: Runtime) -> None:
        """Set the gauges to what the database holds now."""
        tally, gauge = self._tally(runtime.db), runtime.metrics.gauge
        now = await runtime.database_now()
        overdue, oldest = await runtime.store.due_documents.overdue(TIMERS, now)
        unit = await runtime.look(lambda _: needs_of_switch())
        outbound = unit.get(OUTBOUND, SWITCH) or Outbound()
        refused = outbound.held and outbound.reason == REFUSALS
        gauge("outbound_held_by_refusals", "Whether refusals in a row stopped everything").set(
            refused
        )
        if self._config is not None:
            edition, folder = self._config.edition, self._config.folder_differs
            gauge("edition_in_force", "0: the folder, or as shipped").set(edition)
            gauge("firm_folder_not_in_force", "1: it differs from the edition").set(folder)
        gauge("timers_overdue", "Timers that should have fired").set(overdue)
        gauge("timer_oldest_overdue_seconds", "How long the oldest waits").set(oldest)
        unknown, age = await tally.unknown(now)
        await self._measure_what_is_owed(runtime, tally, now)
        to_approve, to_post = await tally.letters_waiting()
        gauge("letters_to_approve", "Letters that wait for an approval").set(to_approve)
        gauge("letters_to_post", "Approved letters to be printed and posted").set(to_post)
        gauge("sends_unknown", "Messages nobody can tell the fate of").set(unknown)
        gauge("send_unknown_age_seconds", "How long the oldest of them has been so").set(age)

    async def _measure_what_is_owed(self, runtime: Runtime, tally: Tally, now: datetime) -> None:
        """The figures of commitments and of the diary."""
        if self._commitments is None or self._deadlines is None:
            self._commitments = CommitmentFigures(runtime.metrics.registry)
            self._deadlines = DeadlineFigures(runtime.metrics.registry)
        await self._commitments.look(tally, now, runtime.clock.now())
        await self._deadlines.look(tally, runtime.clock.now())

    async def _until_let_go(self, runtime: Runtime) -> int:
        """Wait until no replica has a message in its hands; how many are left after a while.

        What has been begun cannot be called back; every other message is put back untouched.
        """
        tally, until = self._tally(runtime.db), monotonic() + LET_GO_SECONDS
        while (left := await tally.in_hand()) and monotonic() < until:  # noqa: ASYNC110 - other processes' hands
            await asyncio.sleep(LOOK_SECONDS)
        return left

    async def _wake_all(self, runtime: Runtime) -> int:
        """Wake everything that was held, some at a time."""
        tally, woken = self._tally(runtime.db), 0
        while some := await tally.waiting_for(RELEASE, IN_ONE_STEP):
            await runtime.act(
                lambda unit, some=some: wake_up(some, unit),  # type: ignore[misc]
                lambda _, some=some: needs_of_waking(some),  # type: ignore[misc]
                cause=_cause(runtime),
            )
            woken += len(some)
        return woken


async def playbooks(runtime: Runtime, _: PlaybooksAsked) -> PlaybooksTold:
    """Every rule version ever put into force."""
    unit = await runtime.look(lambda _: [RULES.by("all", EVERY)])
    return PlaybooksTold(
        items=[
            RuleTold(
                rule_id=each.rule.rule_id,
                version=each.rule.version,
                playbook=each.rule.playbook,
                on=each.rule.on,
                fingerprint=each.fingerprint,
            )
            for each in unit.find(RULES, "all", EVERY)
        ]
    )


async def _switch(runtime: Runtime, *, held: bool) -> Outbound:
    return await runtime.act(
        lambda unit: switch(unit, held=held), lambda _: needs_of_switch(), cause=_cause(runtime)
    )


def _said(state: Outbound) -> dict[str, Any]:
    return {
        "held": state.held,
        "since": state.since.isoformat() if state.since else None,
        "reason": state.reason,
    }


def _cause(runtime: Runtime) -> Cause:
    asked = f"ops-{uuid4().hex}"
    return Cause("urn:clientele:ops", asked, "ops", asked, None, runtime.clock.now())
