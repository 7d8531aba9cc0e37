"""What does the firm write to somebody who asked for help, and what became of it?

They are no client: no playbook, no consent and no contact hours stand between. Each letter follows
from something they or a person of the firm did a moment ago; what could not go within three days
goes not at all. Whom it goes to and what it says is kept only until it went.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.channels import HAND_OVER_TIME, retry_at

OF_USE = timedelta(days=3)
LOOK_AGAIN = timedelta(minutes=10)


class State(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    HANDING_OVER = "handing-over"
    DONE = "done"


class Fate(StrEnum):
    """What became of it in the end."""

    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"  # it may have arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class InquirerLetter:
    """One letter to somebody who asked for help."""

    letter_id: str
    inquiry_id: str
    letter: str  # confirmation, received, invitation or declined
    address: str = ""
    subject: str = ""
    body: str = ""
    link: str = ""  # for which link intake is asked at the hand-over
    link_id: str = ""
    locale: str = "en"
    text_hash: str | None = None  # of one that a person approved: exactly that text
    state: State = State.WAITING
    asked_at: datetime
    due_at: datetime | None = None
    retries: int = 0
    handed_by: str | None = None
    hand_over_until: datetime | None = None
    outcome: str = ""
    fate: Fate | None = None
    came_back: bool = False  # a mail server has reported so


def taken_in_hand(letter: InquirerLetter, sender: str, now: datetime) -> InquirerLetter:
    """The letter in this process's hands."""
    until = now + HAND_OVER_TIME
    return replace(
        letter, state=State.HANDING_OVER, handed_by=sender, hand_over_until=until, due_at=until
    )


def put_off(letter: InquirerLetter, reason: str, until: datetime) -> InquirerLetter:
    """The letter, to be looked at again then."""
    return replace(
        letter, state=State.WAITING, handed_by=None, hand_over_until=None, due_at=until,
        outcome=reason,
    )  # fmt: skip


def tried_again(letter: InquirerLetter, reason: str, now: datetime) -> InquirerLetter:
    """The letter after the mail server or the link was away: later each time."""
    later = put_off(letter, reason, retry_at(now, letter.retries))
    return replace(later, retries=letter.retries + 1)


def done(letter: InquirerLetter, fate: Fate, outcome: str) -> InquirerLetter:
    """The letter once its fate is known: nothing private of it is kept."""
    return replace(
        letter, state=State.DONE, due_at=None, handed_by=None, hand_over_until=None,
        fate=fate, outcome=outcome, address="", subject="", body="", link="", link_id="",
    )  # fmt: skip


def is_too_late(letter: InquirerLetter, now: datetime) -> bool:
    """Whether it would help nobody any more."""
    return now >= letter.asked_at + OF_USE
