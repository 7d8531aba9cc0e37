"""Which of our messages does a report of a mail system (RFC 3464) say came back, and why?

For who has no mailbox read by reminders: only an address that we signed is believed here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.reminders.domain.delivery_reports import FAILED, verdict_of
from services.reminders.gateways.mail_reading import Ours, read_mail
from services.reminders.gateways.return_path import ReturnPaths


@dataclass(frozen=True, slots=True)
class BounceReport:
    """Which message, whether for good, and the enhanced status if one is given."""

    contact_id: str
    kind: Literal["hard", "soft"]
    status: str | None


def read_report(raw: bytes, paths: ReturnPaths, at: datetime) -> BounceReport | None:
    """What came back; None where it is no report of a failure, or of no message of ours."""
    mail = read_mail(raw, Ours("", frozenset(), paths), at)
    verdict = verdict_of(mail)
    if mail.named is None or verdict is None or verdict.action != FAILED:
        return None
    return BounceReport(mail.named, verdict.kind, verdict.status)
