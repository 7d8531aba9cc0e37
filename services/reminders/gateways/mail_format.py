"""How is a message put into the form in which it travels?

Only through the standard library's e-mail objects, never by joining strings, and never with a
control character in anything that becomes a header.
"""

import re
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from services.reminders.ports import OutgoingMessage
from shared.clock import real_now

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class OneLine(UnstructuredHeader, BaseHeader):
    """A header that no mail program would understand in several lines or in encoded words."""

    def fold(self, *, policy: Any) -> str:
        """The header as it travels."""
        return f"{self.name}: {self}{policy.linesep}"


class Headers(HeaderRegistry):
    """The standard library's headers; it makes a class per header and mail, here once each."""

    def __init__(self) -> None:
        super().__init__()
        self.map_to_type("List-Unsubscribe", OneLine)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The class of this header."""
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


POLICY = SMTP.clone(max_line_length=76, header_factory=Headers())


class UnsafeMessageError(ValueError):
    """An address or a subject holds control characters; nothing is sent."""


def as_mail(message: OutgoingMessage, *, sender: str, reply_to: str | None, firm: str) -> bytes:
    """The message as bytes for the mail server; raises UnsafeLetterError."""
    unsubscribe = message.unsubscribe or ""
    for header in (
        message.address,
        message.subject_line,
        sender,
        reply_to or "",
        firm,
        unsubscribe,
    ):
        if CONTROL.search(header):
            raise UnsafeMessageError
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = message.subject_line
    mail["From"] = _address(sender, firm)
    mail["To"] = _address(message.address, "")
    if reply_to:
        mail["Reply-To"] = _address(reply_to, "")
    mail["Date"] = format_datetime(real_now())
    mail["Message-ID"] = message_id(message, sender)
    mail["Content-Language"] = message.locale
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Entity-Ref-ID"] = message.contact_id
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{message.contact_id}.{message.number}_=")
    return mail.as_bytes()


def message_id(message: OutgoingMessage, sender: str) -> str:
    """The same for every attempt of one message, another for a deliberate repeat."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{message.contact_id}.{message.number}@{domain}>"


def _address(text: str, name: str) -> Address:
    shown, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    if not local or not domain:
        raise UnsafeMessageError
    return Address(display_name=shown or name, username=local, domain=domain)
