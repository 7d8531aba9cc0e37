"""How does the receiver of a subscription fare, and is it to be left alone?

Kept beside the subscription, because every try changes it. A receiver that fails again and again is
asked a few times a minute only; one that has only failed for days is asked no more, and a person
decides.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.gateway.domain.attempts import Attempt

FEW = 5  # failures in a row after which it is left alone for a moment
REST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """What is known of whoever takes the events of one subscription."""

    name: str
    added_at: datetime
    delivered_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str = ""  # the last one
    failing_since: datetime | None = None  # nothing was taken since
    failures: int = 0  # in a row
    rest_until: datetime | None = None

    def is_resting(self, now: datetime) -> bool:
        """Whether it is left alone now."""
        return self.rest_until is not None and now < self.rest_until


def took(receiver: Receiver, at: datetime) -> Receiver:
    """It took an event."""
    return replace(receiver, delivered_at=at, failing_since=None, failures=0, rest_until=None)


def failed(receiver: Receiver, attempt: Attempt, rest: timedelta | None = None) -> Receiver:
    """It did not; ``rest``: it asked to be left alone for so long."""
    failures = receiver.failures + 1
    resting = receiver.rest_until
    if rest is not None:
        resting = max(attempt.at + rest, resting or attempt.at)
    elif failures >= FEW and not receiver.is_resting(attempt.at):
        resting = attempt.at + REST
    return replace(
        receiver,
        failed_at=attempt.at,
        failure=attempt.outcome,
        failing_since=receiver.failing_since or attempt.at,
        failures=failures,
        rest_until=resting,
    )


def asked_anew(receiver: Receiver) -> Receiver:
    """Somebody says that it works again."""
    return replace(receiver, failing_since=None, failures=0, rest_until=None)


def is_given_up(receiver: Receiver, now: datetime, after: timedelta) -> bool:
    """Whether it has only failed for so long."""
    since = receiver.failing_since
    return since is not None and now - since >= after
