"""How is a letter put into the form in which it travels?

Only through the standard library's e-mail objects, never by joining strings, and never with a
control character in anything that becomes a header.
"""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from services.reminders.ports import Letter
from shared.clock import real_now

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
POLICY = SMTP.clone(max_line_length=76)


class UnsafeLetterError(ValueError):
    """An address or a subject holds control characters; nothing is sent."""


def as_mail(letter: Letter, *, sender: str, reply_to: str | None, firm: str) -> bytes:
    """The letter as bytes for the mail server; raises UnsafeLetterError."""
    for header in (letter.address, letter.subject_line, sender, reply_to or "", firm):
        if CONTROL.search(header):
            raise UnsafeLetterError
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = letter.subject_line
    mail["From"] = _address(sender, firm)
    mail["To"] = _address(letter.address, "")
    if reply_to:
        mail["Reply-To"] = _address(reply_to, "")
    mail["Date"] = format_datetime(real_now())
    mail["Message-ID"] = message_id(letter, sender)
    mail["Content-Language"] = letter.locale
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Entity-Ref-ID"] = letter.contact_id
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def message_id(letter: Letter, sender: str) -> str:
    """The same for every attempt of one message, another for a deliberate repeat."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{letter.contact_id}.{letter.number}@{domain}>"


def _address(text: str, name: str) -> Address:
    shown, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    if not local or not domain:
        raise UnsafeLetterError
    return Address(display_name=shown or name, username=local, domain=domain)
