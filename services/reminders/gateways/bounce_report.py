"""Which of our messages does a report of a mail system (RFC 3464) say came back, and why?"""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import getaddresses
from typing import Literal

from services.reminders.domain.mail_status import FULL, status_in
from services.reminders.gateways.return_path import ReturnPaths

RECEIVED_BY = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


@dataclass(frozen=True, slots=True)
class BounceReport:
    """Which message, whether for good, and the enhanced status if one is given."""

    contact_id: str
    kind: Literal["hard", "soft"]
    status: str | None


def read_report(raw: bytes, paths: ReturnPaths) -> BounceReport | None:
    """What came back; None where it is no report of a failure, or of no message of ours."""
    mail = message_from_bytes(raw, policy=SMTP)
    contact_id = _contact_of(mail, paths)
    failed = [each for each in _recipients(mail) if _said(each, "Action") == "failed"]
    if contact_id is None or not failed:
        return None
    status = status_in(_said(failed[0], "Status"))
    lasting = status is None or (status[0] == "5" and not status.endswith(f".{FULL}"))
    return BounceReport(contact_id, "hard" if lasting else "soft", status)


def _contact_of(mail: EmailMessage, paths: ReturnPaths) -> str | None:
    fields = [str(each) for name in RECEIVED_BY for each in mail.get_all(name, [])]
    found = (paths.contact_of(address) for _, address in getaddresses(fields))
    return next((each for each in found if each is not None), None)


def _recipients(mail: EmailMessage) -> list[Message]:
    """What the report says of each recipient."""
    parts = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    blocks = [block for part in parts for block in part.get_payload() if isinstance(block, Message)]
    return [block for block in blocks if "Action" in block]


def _said(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip().lower()
