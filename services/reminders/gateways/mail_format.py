"""How is a message put into the form in which it travels?

Only through the standard library's e-mail objects, never by joining strings, and never with a
control character in anything that becomes a header. The finished mail is read again and judged.
"""

from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from services.reminders.domain.mail_address import (
    MailAddress,
    read_address,
)
from services.reminders.gateways.mail_judgement import CONTROL, UnsafeMessageError, judge
from services.reminders.ports import OutgoingMessage
from shared.clock import real_now
from shared.firm.looks import IN_MAIL, Logo

__all__ = ["CONTROL", "UnsafeMessageError", "as_mail", "message_id"]

LINE = 76
SHORT_NAME = 50  # a longer one, in quotation marks, is torn apart where a line must end
ENCODED_END = "?= "


class AsWritten(BaseHeader):
    """A header whose value is final: no mail program would understand it folded otherwise."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Take the value as it is."""
        kwds["parse_tree"], kwds["decoded"] = None, value

    def fold(self, *, policy: Any) -> str:
        """The header as it travels: a line may end only between two encoded words."""
        value = str(self).replace(ENCODED_END, f"?={policy.linesep} ")
        return f"{self.name}: {value}{policy.linesep}"


class Headers(HeaderRegistry):
    """The standard library's headers; it makes a class per header and mail, here once each."""

    def __init__(self) -> None:
        super().__init__()
        for name in ("From", "To", "Reply-To", "List-Unsubscribe"):
            self.map_to_type(name, AsWritten)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The class of this header."""
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


POLICY = SMTP.clone(max_line_length=LINE, header_factory=Headers())
POLICY_UTF8 = POLICY.clone(utf8=True)  # for a mailbox beyond ASCII (RFC 6532)


def as_mail(
    message: OutgoingMessage,
    *,
    sender: str,
    reply_to: str | None,
    firm: str,
    logo: Logo | None = None,
) -> bytes:
    """The message as bytes for the mail server; raises UnsafeMessageError, UnusableAddressError."""
    unsubscribe = message.unsubscribe or ""
    given = (message.address, message.subject_line, sender, reply_to or "", firm, unsubscribe)
    if any(CONTROL.search(each) for each in given):
        raise UnsafeMessageError
    shown, sender = parseaddr(sender)
    of_firm, of_client = read_address(sender), read_address(message.address)
    mail = EmailMessage(policy=POLICY_UTF8 if of_client.needs_smtputf8 else POLICY)
    mail["Subject"] = message.subject_line
    mail["From"] = mailbox(of_firm, shown or firm)
    mail["To"] = mailbox(of_client)
    if reply_to:
        mail["Reply-To"] = mailbox(read_address(parseaddr(reply_to)[1]))
    mail["Date"] = format_datetime(real_now())
    mail["Message-ID"] = message_id(message, of_firm)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Entity-Ref-ID"] = message.contact_id
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    if IN_MAIL in message.html and logo is not None:
        _carry(logo, mail, message)
    mail["Content-Language"] = message.locale  # last: setting the content takes such headers away
    mail.set_boundary(f"=_{message.contact_id}.{message.number}_=")
    raw = mail.as_bytes()
    judge(raw, of_firm=of_firm, name=shown or firm, of_client=of_client, message=message)
    return raw


def _carry(logo: Logo, mail: EmailMessage, message: OutgoingMessage) -> None:
    """Put the picture into the mail beside the text that shows it: it is loaded from nowhere."""
    html = mail.get_payload(1)
    html.add_related(  # type: ignore[union-attr]  # the second alternative, which is a message
        logo.content,
        "image",
        "png",
        cid=f"<{IN_MAIL.removeprefix('cid:')}>",
        disposition="inline",
        filename=logo.name,
    )
    html.set_boundary(f"=_{message.contact_id}.{message.number}.logo_=")  # type: ignore[union-attr]


def message_id(message: OutgoingMessage, sender: MailAddress) -> str:
    """The same for every attempt of one message, another for a deliberate repeat."""
    return f"<{message.contact_id}.{message.number}@{sender.domain}>"


def mailbox(address: MailAddress, name: str = "") -> str:
    """One mailbox as a header names it; a long name or one beyond ASCII in encoded words."""
    if not name:
        return str(Address(username=address.local, domain=address.domain))
    if name.isascii() and len(name) <= SHORT_NAME and "=?" not in name:
        return str(Address(display_name=name, username=address.local, domain=address.domain))
    words = Header(name, charset="utf-8", maxlinelen=LINE - 1, header_name="Reply-To").encode()
    return f"{' '.join(words.split())} <{address.text}>"
