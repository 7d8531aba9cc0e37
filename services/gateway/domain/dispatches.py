"""What is one event on its way to one subscription, and what becomes of it?

It is kept for a month with what every try came to: the log of deliveries. The event itself is kept
once beside it, sealed, whoever gets it. One that was in hand when its process ended may have
arrived; it goes again under the same id, by which the receiver knows it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from services.gateway.domain.attempts import Attempt, next_try, share
from shared.contracts.keys import id_made_of

KEPT = timedelta(days=30)
MOST_KEPT_ATTEMPTS = 20
MOST_IN_HAND = 40  # of one subscription, at a time
CROWDED_FIRST, CROWDED_DOUBLINGS = timedelta(seconds=5), 6

State = Literal["waiting", "in-hand", "held", "delivered", "failed", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutwardEvent:
    """An event as subscribers get it, kept until every one of them has had it, and a month."""

    msg_id: str
    type: str
    taken_at: datetime
    owner: str  # whose key seals it
    client_ids: tuple[str, ...] = ()
    inquiry_ids: tuple[str, ...] = ()
    body: bytes = b""  # sealed

    @property
    def until(self) -> datetime:
        """When it goes by itself."""
        return self.taken_at + KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One event for one subscription."""

    dispatch_id: str
    subscription: str
    added_at: datetime  # of the subscription: another one of that name does not get it
    msg_id: str  # what receivers know the event by, whoever gets it how often
    event_id: str
    type: str
    taken_at: datetime
    state: State = "waiting"
    due_at: datetime | None = None
    tries: int = 0  # since it was last begun anew
    crowded: int = 0  # how often in a row others were in hand
    handed_by: str | None = None
    hand_over_until: datetime | None = None
    is_test: bool = False  # sent once, whatever the state of the subscription
    attempts: tuple[Attempt, ...] = ()
    ended_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """When it goes by itself."""
        return self.taken_at + KEPT

    @property
    def last(self) -> Attempt | None:
        """What became of it the last time."""
        return self.attempts[-1] if self.attempts else None


def dispatch_id_of(subscription: str, added_at: datetime, msg_id: str) -> str:
    """One event goes to one subscription once."""
    return id_made_of("dp", subscription, added_at.isoformat(), msg_id)


def claimed(dispatch: Dispatch, sender: str, until: datetime) -> Dispatch:
    """In the hands of this process."""
    return replace(
        dispatch,
        state="in-hand",
        due_at=until,
        handed_by=sender,
        hand_over_until=until,
        crowded=0,
    )


def held(dispatch: Dispatch) -> Dispatch:
    """It waits for its subscription."""
    return replace(_let_go(dispatch), state="held", due_at=None)


def begun_anew(dispatch: Dispatch, due_at: datetime) -> Dispatch:
    """It goes again, as if it had never been tried; the log of its tries stays."""
    fresh = replace(_let_go(dispatch), state="waiting", due_at=due_at, ended_at=None)
    return replace(fresh, tries=0, crowded=0)


def put_off(dispatch: Dispatch, until: datetime) -> Dispatch:
    """Not tried now; that is no failure of its own."""
    return replace(_let_go(dispatch), state="waiting", due_at=until)


def behind_others(dispatch: Dispatch, now: datetime) -> Dispatch:
    """So many of its subscription are in hand that it waits, longer each time."""
    times = min(dispatch.crowded, CROWDED_DOUBLINGS)
    wait = CROWDED_FIRST * (2**times) * (0.5 + share(dispatch.dispatch_id, times))
    return replace(put_off(dispatch, now + wait), crowded=times + 1)


def after_delivery(dispatch: Dispatch, attempt: Attempt) -> Dispatch:
    """The receiver took it."""
    return _ended(_noted(dispatch, attempt), "delivered", attempt.at)


def after_failure(dispatch: Dispatch, attempt: Attempt, rest: timedelta | None = None) -> Dispatch:
    """It goes again by the schedule, or when the receiver asked; after the last try it failed."""
    noted = _noted(dispatch, attempt)
    tries = noted.tries + 1
    again = next_try(noted.dispatch_id, tries, attempt.at)
    if again is None or noted.is_test:
        return _ended(replace(noted, tries=tries), "failed", attempt.at)
    if rest is not None:
        again = attempt.at + rest
    return replace(_let_go(noted), state="waiting", due_at=again, tries=tries)


def dropped(dispatch: Dispatch, attempt: Attempt) -> Dispatch:
    """There is nothing to send any more: what it told was erased."""
    return _ended(_noted(dispatch, attempt), "dropped", attempt.at)


def _noted(dispatch: Dispatch, attempt: Attempt) -> Dispatch:
    return replace(dispatch, attempts=(*dispatch.attempts, attempt)[-MOST_KEPT_ATTEMPTS:])


def _let_go(dispatch: Dispatch) -> Dispatch:
    return replace(dispatch, handed_by=None, hand_over_until=None)


def _ended(dispatch: Dispatch, state: State, at: datetime) -> Dispatch:
    return replace(_let_go(dispatch), state=state, due_at=None, ended_at=at)
