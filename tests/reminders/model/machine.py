"""Whatever happens to a firm, its clients and its servers: do the model's promises hold?

A Hypothesis state machine over the life of timers and messages: events in any order and more than
once, time (over both nights on which clocks change), replicas that claim, sleep, crash and come
back, a mail server in any mood, and people who decide.
"""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.reminders.workflow.hold_switch import (
    RELEASE,
    needs_of_switch,
    needs_of_waking,
    wake_up,
)
from services.reminders.workflow.hold_switch import switch as set_switch
from shared.contracts.base import EventData
from shared.contracts.envelope import Cause
from shared.requests.decisions import apply_decision, decision_needs
from shared.tasks import Decision
from tests.filled_in import usual
from tests.reminders.model import events, promises
from tests.reminders.model.replica import PLACES, Replica
from tests.reminders.model.stores import InMemory, SharedStore
from tests.reminders.model.world import LATER, NEVER, SENT, UNKNOWN, World, at

CLOCKS = (
    "shared.engine.hand_over.monotonic",
    "shared.engine.hold.monotonic",
    "shared.engine.leases.monotonic",
    "tests.reminders.model.replica.monotonic",
)
LOGS = ("shared.engine.due_work.log", "shared.engine.leases.log")
NIGHTS = (  # a zone, and the moment five days before its clocks show a time twice, or never
    ("Europe/Berlin", "2026-03-24T01:30"), ("Europe/Berlin", "2026-10-20T00:30"),
    ("America/New_York", "2026-03-03T07:30"), ("America/New_York", "2026-10-27T05:30"),
    ("America/St_Johns", "2026-03-03T06:00"), ("America/St_Johns", "2026-10-27T04:00"),
    ("Australia/Lord_Howe", "2026-03-30T14:30"), ("Australia/Lord_Howe", "2026-09-28T15:30"),
    ("Pacific/Chatham", "2026-03-30T13:30"), ("Pacific/Chatham", "2026-09-21T14:30"),
    ("Asia/Kathmandu", "2026-06-01"),
)  # fmt: skip
LATER_BY = st.one_of(st.just(0), st.integers(0, 47))  # half hours
MINUTES = (0, 1, 12, 13, 45, 180, 660, 1440, 2 * 1440, 6 * 1440)
NAMES = ("0", "1")
MOODS = (
    [SENT], [SENT], [UNKNOWN], [LATER], [NEVER], [SENT, UNKNOWN], [UNKNOWN, SENT], [NEVER, SENT],
    [LATER, UNKNOWN, SENT],
)  # fmt: skip


class Machine(RuleBasedStateMachine):
    """Over memory; see ``on_mongo`` for the same over a real database."""

    replicas: dict[str, Replica | None]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.world = World(self.make_store(), at("2026-01-01T00:00:00"))
        self._patches: list[Any] = [patch(name, lambda: self.world.seconds) for name in CLOCKS]
        self._patches += [patch(name) for name in LOGS]
        for each in self._patches:
            each.start()
        self.gone: list[Replica] = []  # kept, because what they were at must never go on
        self.replicas = {name: self.world.start(name) for name in NAMES}

    def make_store(self) -> SharedStore:
        """Where documents are kept."""
        return InMemory()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Let this happen; replicas that sleep stay where they are."""
        return self.loop.run_until_complete(work)

    # -- what happens ---------------------------------------------------------------------------

    @initialize(night=st.sampled_from(NIGHTS), hour=LATER_BY, others=st.integers(0, 10),
                asked=st.booleans())  # fmt: skip
    def begin(self, night: tuple[str, str], hour: int, others: int, *, asked: bool) -> None:
        """Two clients, one where the clocks are about to change, perhaps with a survey to come."""
        zone, moment = night
        self.world.now = at(moment) + timedelta(minutes=30 * hour)
        self.say(events.client("c-1", zone))
        self.say(events.client("c-2", NIGHTS[others][0]))
        if asked:
            self.say(events.survey("1")(self.world.now))

    @rule(data=events.EVENTS, ago=st.sampled_from((0, 0, 0, 1, 90)), hear=st.booleans())
    def told(self, data: events.Saying, ago: int, hear: bool) -> None:
        """Something happens: it is heard at once, or stays on its way for a while."""
        self.world.publish(data(self.world.now), self.world.now - timedelta(minutes=ago))
        if hear:
            self.do(self.world.hear(self.world.on_their_way[-1][1]))

    @rule(number=events.NUMBERS, due=st.integers(7, 10), starts=st.integers(1, 3))
    def one_day_has_many_letters(self, number: str, due: int, starts: int) -> None:
        """An invoice and an appointment of one client, whose reminders meet; and some days pass."""
        self.say(events.issued(number, due * 1440)(self.world.now))
        self.say(events.appointment(number, starts * 1440)(self.world.now))
        self.do(self._time_passes(timedelta(days=2)))

    @precondition(lambda self: self.world.on_their_way)
    @rule(which=st.integers(0, 20))
    def heard(self, which: int) -> None:
        """Any of the events on their way arrives."""
        waiting = self.world.on_their_way
        self.do(self.world.hear(waiting[which % len(waiting)][1]))

    @rule(which=st.integers(0, 50))
    def heard_again(self, which: int) -> None:
        """An event comes once more."""
        heard = self.world.heard
        self.do(self.world.hear(heard[which % len(heard)]))

    @rule(minutes=st.sampled_from(MINUTES))
    def time_passes(self, minutes: int) -> None:
        """Everybody who is awake is at work meanwhile."""
        self.do(self._time_passes(timedelta(minutes=minutes)))

    @rule(minutes=st.sampled_from(MINUTES))
    def nobody_works(self, minutes: int) -> None:
        """Time passes and every replica stands still."""
        self.do(self._clock_moves(timedelta(minutes=minutes)))

    @rule(which=st.integers(0, 12), off=st.sampled_from((-1, 0, 0, 1)), at_work=st.booleans())
    def time_comes(self, which: int, off: int, at_work: bool) -> None:
        """It becomes, to the minute, what something was planned for, or useless after."""
        ahead = self.world.turning_points()
        if ahead:
            by = ahead[which % len(ahead)] - self.world.now + timedelta(minutes=off)
            self.do(self._time_passes(by) if at_work else self._clock_moves(by))

    @precondition(lambda self: self.awake())
    @rule(name=st.sampled_from(NAMES), queue=st.sampled_from((0, 1, 1)),
          where=st.sampled_from((None, *PLACES)), ahead=st.booleans())  # fmt: skip
    def claims(self, name: str, queue: int, where: Any, ahead: bool) -> None:
        """One replica does a batch of what is due next, or falls asleep in the middle of it."""
        replica = self.replicas[name]
        if replica is not None and not replica.asleep:
            self.do(self._claims(replica, queue, where, ahead=ahead))

    @precondition(lambda self: any(each and each.asleep for each in self.replicas.values()))
    @rule(name=st.sampled_from(NAMES))
    def wakes(self, name: str) -> None:
        """A replica that stood still goes on where it was."""
        replica = self.replicas[name]
        if replica is not None and replica.asleep:
            self.do(replica.wake_up())

    @precondition(lambda self: any(self.replicas.values()))
    @rule(name=st.sampled_from(NAMES), again=st.sampled_from((True, True, False)))
    def crashes(self, name: str, again: bool) -> None:
        """A replica is gone, wherever it was; mostly it is started again at once."""
        gone = self.replicas[name]
        if gone is not None:
            self.gone.append(gone)
            self.world.alive.discard(gone.sender)
        self.replicas[name] = self.world.start(name) if again else None

    @precondition(lambda self: None in self.replicas.values())
    @rule(name=st.sampled_from(NAMES))
    def starts(self, name: str) -> None:
        """A replica that was gone is started again."""
        if self.replicas[name] is None:
            self.replicas[name] = self.world.start(name)

    @rule(mood=st.sampled_from(MOODS))
    def mail_server(self, mood: list[Any]) -> None:
        """The mail server answers differently from now on."""
        self.world.mood = mood

    @rule(held=st.sampled_from((False, False, True)))
    def switch(self, held: bool) -> None:
        """Ops hold everything back, or let it go."""
        self.do(self._switch(held=held))

    @precondition(lambda self: self.world.open_tasks("unknown-message"))
    @rule(decision=st.sampled_from(("was-sent", "send-again")))
    def decides(self, decision: str) -> None:
        """A person settles what became of an unknown message."""
        self.do(self._decide(self.world.open_tasks("unknown-message")[0], decision))

    @invariant()
    def nothing_is_broken(self) -> None:
        """Every change so far was one that the model would have made."""
        assert not self.world.broken, "\n".join(self.world.broken)
        promises.no_message_goes_too_often(self.world)
        promises.the_plan_is_what_is_wanted(self.world)

    def teardown(self) -> None:
        """Heal everything, let it become idle, and ask for every outcome."""
        try:
            if self.world.heard and not self.world.broken:
                self.do(self._heal())
                self.nothing_is_broken()
                promises.everything_has_one_outcome(self.world)
                promises.any_order_ends_the_same(self.world)
        finally:
            self.do(self._end())
            for each in self._patches:
                each.stop()
            self.loop.close()

    # -- how it happens -------------------------------------------------------------------------

    def say(self, data: EventData) -> None:
        """Tell and hear at once."""
        self.world.publish(data, self.world.now)
        self.do(self.world.hear(self.world.on_their_way[-1][1]))

    def awake(self) -> list[Replica]:
        """Replicas that work."""
        return [each for each in self.replicas.values() if each is not None and not each.asleep]

    async def _time_passes(self, by: timedelta) -> None:
        until = self.world.now + by
        while True:
            await self._work()
            after = [each for each in self.world.instants() if self.world.now < each <= until]
            if not after or not self.awake():
                break
            await self._clock_moves(min(after) - self.world.now)
        await self._clock_moves(until - self.world.now)
        await self._work()

    async def _work(self) -> None:
        for _ in NAMES:
            for replica in self.awake():
                await replica.until_idle()

    async def _claims(self, replica: Replica, queue: int, where: Any, *, ahead: bool) -> None:
        due = [each for each in self.world.instants() if each > self.world.now]
        if ahead and due:
            await self._clock_moves(min(due) - self.world.now)
        if queue:
            await replica.round(0)
        await replica.round(queue, where)

    async def _clock_moves(self, by: timedelta) -> None:
        self.world.now += by
        await self.world.store.pass_time(by)

    async def _switch(self, *, held: bool) -> None:
        desk, world = self.world.desk, self.world
        world.hold(held=held)
        cause = Cause("urn:test", f"switch-{world.now}-{held}", "ops", "ops", None, world.now)
        await desk.act(lambda unit: set_switch(unit, held=held), lambda _: needs_of_switch(),
                       cause=cause)  # fmt: skip
        waiting = [each.contact_id for each in world.messages.values()
                   if each.waiting_for == RELEASE]  # fmt: skip
        if not held and waiting:
            await desk.act(lambda unit: wake_up(waiting, unit), lambda _: needs_of_waking(waiting),
                           cause=cause)  # fmt: skip

    async def _decide(self, task: Any, decision: str) -> None:
        world = self.world
        asked = Decision(
            decision_id=f"d-{task.task_id}-{task.version}", task_id=task.task_id,
            fields=usual(task.kind, decision), decision=decision, version=task.version,
            actor=events.ASSISTANT,
        )  # fmt: skip
        world.decided(task.ref, decision)
        cause = Cause("urn:clientele:desk", asked.decision_id, "decision", "d", None, world.now)
        await world.desk.act(
            lambda unit: apply_decision(asked, unit, world.deciders),
            lambda unit: decision_needs(asked, unit, world.deciders),
            cause=cause,
        )

    async def _heal(self) -> None:
        """Whatever was broken works again, and a long time passes."""
        for _, event in list(self.world.on_their_way):
            await self.world.hear(event)
        self.world.mood = [SENT]
        for name, replica in self.replicas.items():
            if replica is None:
                self.replicas[name] = self.world.start(name)
            elif replica.asleep:
                await replica.wake_up()
        await self._switch(held=False)
        await self._time_passes(timedelta(days=70))

    async def _end(self) -> None:
        """What still sleeps is gone."""
        left = [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)
