"""What stands in a mail's bytes? Read with bounds, whatever its sender made of it.

Nothing of it is opened, rendered or fetched: attachments are named, HTML becomes text, a charset
nobody knows becomes letters as far as possible. What cannot be read is said, and is no error.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from itertools import islice

from services.reminders.domain.authentication_results import HEADER, LONGEST, MOST_HEADERS
from services.reminders.domain.incoming_mail import (
    MOST_ATTACHED,
    MOST_LINE,
    Attached,
    Fate,
    IncomingMail,
    message_in,
    one_line,
    plain,
)
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.mail_words import MailWords
from services.reminders.domain.quoted_tail import apart
from services.reminders.gateways.html_text import text_of_html
from services.reminders.gateways.return_path import ReturnPaths

MOST_PARTS = 200
MOST_PAGES = 5  # parts of HTML
MOST_IDS = 20  # of the messages a mail says it answers
LONGEST_PART = 300_000  # bytes of a text that are looked at
RECEIVED_BY = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
TOLD = (
    "auto-submitted", "precedence", "list-id", "return-path", "x-autoreply", "x-autorespond",
    "x-autorespond-from", "x-auto-reply-from", "x-spam-flag",
)  # fmt: skip
OUR_ID = "X-Entity-Ref-ID"
REPORT = "message/delivery-status"
RECEIPTS = ("message/disposition-notification", "message/feedback-report")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")
TOO_LARGE = "The mail is too large to be read here in full: read it in the mailbox."
TOO_MANY = "The mail has more parts than are read here: read it in the mailbox."
TOO_DEEP = "The text of the mail is made in a way that is not read here: read it in the mailbox."
UNREADABLE = "The mail could not be read here: read it in the mailbox."


@dataclass(frozen=True, slots=True)
class Ours:
    """By what mail of our own is known."""

    domain: str  # of our Message-IDs
    addresses: frozenset[str]  # those we write from, or are answered at
    paths: ReturnPaths | None = None
    words: tuple[MailWords, ...] = ()  # of every language


def read_mail(raw: bytes, ours: Ours, at: datetime, *, cut: bool = False) -> IncomingMail:
    """What it says; never raises. ``cut``: there is more of it than these bytes."""
    mail_id = f"mail-{hashlib.sha256(raw).hexdigest()[:32]}"
    try:
        found = _read(message_from_bytes(raw), ours, mail_id, at)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError):
        return IncomingMail(mail_id=mail_id, at=at, lacks=UNREADABLE)
    if not cut:
        return found
    return _lacking(found, TOO_LARGE)


def _read(mail: Message, ours: Ours, mail_id: str, at: datetime) -> IncomingMail:
    parts = list(islice(_leaves(mail), MOST_PARTS + 1))
    many, parts = len(parts) > MOST_PARTS, parts[:MOST_PARTS]
    text = _text(parts)
    own, rest = apart(text or "", ours.words)
    kinds = {part.get_content_type() for part in parts}
    from_us = _sender(mail) in ours.addresses
    found = IncomingMail(
        mail_id=mail_id,
        at=at,
        sender=_sender(mail),
        subject=one_line(_header(mail, "Subject")),
        message_id=one_line(_header(mail, "Message-ID")),
        named=_named(mail, ours),
        answers=_ids(_referred(mail), ours),
        returned=_returned(parts, ours),
        fates=tuple(_fates(parts)),
        reports=bool(kinds & {REPORT, *RECEIPTS}),
        headers=tuple(_told(mail)),
        from_us=from_us,
        marks=tuple(_marks(mail, ours)) if from_us else (),
        judged_by=tuple(_judged_by(mail)) if from_us else (),
        text=plain(own),
        quoted=plain(rest),
        attached=tuple(islice(_attached(parts), MOST_ATTACHED)),
    )
    if text is None:
        found = _lacking(found, TOO_DEEP)
    return _lacking(found, TOO_MANY) if many else found


def _lacking(mail: IncomingMail, what: str) -> IncomingMail:
    return replace(mail, lacks=mail.lacks or what)


def _leaves(mail: Message) -> Iterator[Message]:
    """Its parts, outermost first; of what is enclosed as a mail of its own, only that it is."""
    waiting, seen = [mail], 0
    while waiting and seen <= MOST_PARTS * 2:
        part = waiting.pop(0)
        seen += 1
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting = [*(each for each in inside if isinstance(each, Message)), *waiting]
        else:
            yield part


# -- headers -----------------------------------------------------------------------------------


def _header(mail: Message, name: str) -> str:
    """A header as text; what is no text by its own rules is shown as it stands."""
    raw = mail.get(name)
    if raw is None:
        return ""
    try:
        return str(make_header(decode_header(str(raw))))[: MOST_LINE * 4]
    except (ValueError, LookupError):
        return str(raw)[: MOST_LINE * 4]


def _sender(mail: Message) -> str:
    """The one address it says it is from; none where it says several, or none."""
    fields = [str(each)[:2000] for each in mail.get_all("From", [])]
    found = [address for _, address in getaddresses(fields) if "@" in address]
    return normal_address(one_line(found[0])) if len(found) == 1 else ""


def _named(mail: Message, ours: Ours) -> str | None:
    if ours.paths is None:
        return None
    fields = [str(each)[:2000] for name in RECEIVED_BY for each in mail.get_all(name, [])]
    found = (ours.paths.contact_of(address) for _, address in getaddresses(fields))
    return next((each for each in found if each is not None), None)


def _referred(mail: Message) -> list[str]:
    """The Message-IDs it says it answers, the nearest first."""
    nearest = str(mail.get("In-Reply-To", ""))[:2000].split()
    chain = str(mail.get("References", ""))[-4000:].split()
    return [*nearest, *reversed(chain)][:MOST_IDS]


def _ids(message_ids: list[str], ours: Ours) -> tuple[str, ...]:
    found = (message_in(each, ours.domain) for each in message_ids)
    return tuple(dict.fromkeys(each for each in found if each))


def _told(mail: Message) -> Iterator[tuple[str, str]]:
    for name in TOLD:
        value = one_line(_header(mail, name)).lower()
        if value:
            yield name, value


def _marks(mail: Message, ours: Ours) -> Iterator[str]:
    yield one_line(str(mail.get(OUR_ID, "")))
    yield from _ids(str(mail.get("Message-ID", "")).split()[:1], ours)


def _judged_by(mail: Message) -> Iterator[tuple[str, str]]:
    for name, many in ((HEADER, MOST_HEADERS), ("from", 1)):
        for value in mail.get_all(name, [])[:many]:
            yield name, " ".join(str(value)[:LONGEST].split())


# -- reports -----------------------------------------------------------------------------------


def _fates(parts: list[Message]) -> Iterator[Fate]:
    for part in parts:
        blocks = part.get_payload() if part.get_content_type() == REPORT else ()
        for block in blocks if isinstance(blocks, list) else ():
            if isinstance(block, Message) and ("Action" in block or "Status" in block):
                yield Fate(
                    recipient=_address_in(_said(block, "Final-Recipient")),
                    action=_said(block, "Action").lower(),
                    status=_said(block, "Status"),
                    diagnosis=_said(block, "Diagnostic-Code"),
                )


def _said(block: Message, name: str) -> str:
    return one_line(str(block.get(name, "")))


def _address_in(recipient: str) -> str:
    address = recipient.rpartition(";")[2].strip().strip("<>")
    return normal_address(address) if "@" in address else ""


def _returned(parts: list[Message], ours: Ours) -> tuple[str, ...]:
    """Our messages that it brings back, by their own headers, or as they stand in its text."""
    found: list[str] = []
    for part in parts:
        for block in _brought(part):
            found += _ids(str(block.get("Message-ID", "")).split()[:1], ours)
            own = one_line(str(block.get(OUR_ID, "")))
            found += [own] if own else []
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def _brought(part: Message) -> Iterator[Message]:
    inside = part.get_payload()
    if part.get_content_type() not in RETURNED:
        below = _decoded(part) if part.get_content_type() == "text/plain" else ""
        _, mark, copy = below.partition("\n--- Below this line is a copy of the message.")
        if mark:
            yield message_from_bytes(copy.strip().encode())
    elif isinstance(inside, list):
        yield from (each for each in inside if isinstance(each, Message))
    else:
        yield message_from_bytes(_decoded(part).strip().encode())


# -- words and attachments ---------------------------------------------------------------------


def _text(parts: list[Message]) -> str | None:
    """What a person wrote: its plain text, or what its HTML says; None: that cannot be read."""
    shown = [part for part in parts if not _is_attached(part)]
    texts = [_decoded(each) for each in shown if each.get_content_type() == "text/plain"]
    if any(each.strip() for each in texts):
        return "\n\n".join(texts)
    pages = [_decoded(each) for each in shown if each.get_content_type() == "text/html"]
    said = [text_of_html(each) for each in pages[:MOST_PAGES]]
    return None if None in said else "\n\n".join(each for each in said if each)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    payload = payload[:LONGEST_PART]
    try:
        return payload.decode(part.get_content_charset("utf-8"), errors="replace")
    except (LookupError, ValueError):
        return payload.decode("utf-8", errors="replace")


def _attached(parts: list[Message]) -> Iterator[Attached]:
    for part in parts:
        if _is_attached(part):
            kind, inside = part.get_content_type(), part.get_payload()
            size = len(inside) if isinstance(inside, str) else 0
            yield Attached(one_line(_filename(part)), one_line(kind), size)


def _filename(part: Message) -> str:
    try:
        return str(make_header(decode_header(part.get_filename() or "")))
    except (ValueError, LookupError, TypeError):
        return ""


def _is_attached(part: Message) -> bool:
    if part.get_content_type() in (REPORT, *RECEIPTS, *RETURNED):
        return False
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return True
    return part.get_content_maintype() not in ("text", "multipart")
