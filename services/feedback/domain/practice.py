"""What has the firm decided about hearing its clients out?

Nobody looks into their own matter. Where one lawyer is the whole firm there is nobody else: time to
cool off and a written reason stand in for the second person, and what is decided so is marked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.feedback.domain.procedure import Procedure
from services.feedback.domain.score import AS_SHIPPED, Unhappy
from services.feedback.domain.survey import CHANGEABLE
from shared.calendar import FirmCalendar
from shared.errors import RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The firm's own choices, from its settings."""

    calendar: FirmCalendar
    procedure: Procedure
    sole: bool = False
    cooling_off: timedelta = timedelta(hours=24)
    changeable: timedelta = CHANGEABLE  # for how long a client may change an answer
    tries: int = 3  # on so many days before a client counts as unreachable
    days_to_confirm: int = 3  # business days for each side to say that a dispute is settled
    days_to_verify: int = 2  # business days to ask whether what was closed is right now
    days_to_read: int = 3  # business days until a comment without alarm has been read
    unhappy: Unhappy = AS_SHIPPED  # from which answers down somebody gets in touch
    complaint_words: tuple[str, ...] = ()  # the firm's own, beside those everybody uses


def check_alone(
    practice: Practice, since: datetime, reason: str, now: datetime, *, field: str
) -> None:
    """Refuse who decides about their own matter, but for a sole practice in its own way."""
    if not practice.sole:
        raise RuleError("You are not to deal with this yourself.", code="barred")
    until = since + practice.cooling_off
    if now < until:
        local = until.astimezone(practice.calendar.zone)
        raise RuleError(
            f"You decide this alone, about your own matter: not before {local:%d %B %Y, %H:%M}.",
            code="cooling-off",
        )
    if not reason.strip():
        raise RuleError(
            "You decide this alone, about your own matter: write down why so.",
            code="missing",
            field=field,
        )
