"""How does time move for the whole firm at once?

From due instant to due instant: everything that falls due happens before time moves on, in the
order in which it would have happened. Whoever has something due is moved last, so that nobody is
told of something that for them lies in the future.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deploy.infra.access.service_requests import Services, told
from deploy.infra.services import SERVICES
from shared.clock import monotonic, real_now
from shared.contracts.answers import IdleTold, TimeTold
from shared.errors import ClienteleError

TOGETHER = timedelta(seconds=1)  # what falls due within this is done in one step
IDLE_SECONDS = 60.0
PAUSE_SECONDS = 0.02
CALM_ROUNDS = 2

Due = Mapping[str, datetime | None]  # when each service next has something to do
Report = Callable[[datetime, datetime], None]  # where time stands, and where it is going


class TravelNotAllowedError(ClienteleError):
    """Time can be moved only where Clientele was started with --time-travel, for trying out."""


class NotIdleError(ClienteleError):
    """A service does not come to rest."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Where time stands after moving it, and in how many steps."""

    now: datetime
    steps: int


def next_stop(due: Due, target: datetime) -> datetime:
    """The next instant to move to: the first due one with its neighbours, at most the target."""
    instants = [instant for instant in due.values() if instant is not None]
    return min(target, min(instants) + TOGETHER) if instants else target


def order(due: Due, stop: datetime) -> list[list[str]]:
    """Who is moved when: first all who have nothing to do by then, then the others in turn."""
    busy = [name for name, instant in due.items() if instant is not None and instant <= stop]
    quiet = [name for name in due if name not in busy]
    return [quiet, *([name] for name in busy)]


async def distance(services: Services) -> timedelta:
    """How far business time runs ahead; refuses where it may not be moved, mends unequal clocks."""
    answers = await services.ask_all({"ask": "time"})
    clocks = {name: told(TimeTold, answer) for name, answer in answers.items()}
    if not all(clock.travel_allowed for clock in clocks.values()):
        raise TravelNotAllowedError
    offsets = {name: clock.offset_seconds for name, clock in clocks.items()}
    furthest = max(offsets.values())
    for name, offset in offsets.items():
        if offset < furthest:
            await services.ask(name, {"ask": "time", "offset_seconds": furthest})
    return timedelta(seconds=furthest)


async def advance(services: Services, length: timedelta, report: Report) -> Journey:
    """Move time for every service, each due instant in its turn."""
    ahead = await distance(services)
    target = real_now() + ahead + length
    steps, stop = 0, real_now() + ahead
    while stop < target:
        due = await wait_until_idle(services)
        stop = next_stop(due, target)
        report(stop, target)
        ahead = await _move(services, order(due, stop), stop, ahead)
        steps += 1
    await wait_until_idle(services)
    return Journey(real_now() + ahead, steps)


async def wait_until_idle(
    services: Services, seconds: float = IDLE_SECONDS
) -> dict[str, datetime | None]:
    """Wait until nobody has anything to do by now; then when each next has.

    Everybody idle, with not one event more in the stream after asking than before, is a calm round:
    nobody can have told anybody anything in between. Two of them are rest, for the server stores an
    event a moment before it counts it as waiting for somebody.
    """
    until = monotonic() + seconds
    asked: Iterable[str] = SERVICES
    calm, before = 0, await services.newest()
    while True:
        answers = await services.ask_all({"ask": "idle"}, asked)
        states = {name: told(IdleTold, answer) for name, answer in answers.items()}
        busy = {name: each.waiting_for for name, each in states.items() if not each.idle}
        after = await services.newest()
        everybody = not busy and len(states) == len(SERVICES)
        calm = calm + 1 if everybody and after == before else 0
        if calm == CALM_ROUNDS:
            return {name: _instant(each.next_due) for name, each in states.items()}
        if monotonic() > until:
            raise NotIdleError(_who_is_busy(busy, seconds))
        asked, before = busy or SERVICES, after  # only who was busy is asked again and again
        await asyncio.sleep(PAUSE_SECONDS if busy else 0)


async def _move(
    services: Services, groups: list[list[str]], stop: datetime, ahead: timedelta
) -> timedelta:
    """Move the groups one after another; a moment that has passed by itself needs no move."""
    further = max(stop - real_now(), ahead)
    if further > ahead:
        question = {"ask": "time", "offset_seconds": further.total_seconds()}
        for names in groups:
            await services.ask_all(question, names)
    return further


def _who_is_busy(busy: Mapping[str, list[str]], seconds: float) -> str:
    waiting = "; ".join(f"{name}: {', '.join(what)}" for name, what in sorted(busy.items()))
    return f"not at rest after {seconds:.0f} seconds ({waiting or 'events keep coming'})"


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
