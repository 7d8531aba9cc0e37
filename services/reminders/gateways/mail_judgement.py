"""Is the finished mail what was meant: from one firm, to one client, with no other headers?

It is read as any mail program reads it. What was put in has been looked at before; this looks at
what came out.
"""

import re
from collections.abc import Iterator
from email.policy import SMTPUTF8
from functools import lru_cache
from typing import Any

from services.reminders.domain.mail_address import MailAddress
from services.reminders.ports import OutgoingMessage

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONGEST_LINE = 998  # RFC 5322, 2.1.1
ONCE = frozenset({"subject", "from", "to", "date", "message-id", "content-language",
                  "auto-submitted", "x-auto-response-suppress", "x-entity-ref-id",
                  "mime-version", "content-type"})  # fmt: skip
MAY_BE = frozenset({"reply-to", "list-unsubscribe", "list-unsubscribe-post",
                    "content-transfer-encoding"})  # fmt: skip
UNFOLDED = re.compile(r"\r\n[ \t]+")


class UnsafeMessageError(ValueError):
    """A header would hold control characters, or the finished mail says something else."""


def judge(
    raw: bytes, *, of_firm: MailAddress, name: str, of_client: MailAddress, message: OutgoingMessage
) -> None:
    """Say nothing where the mail is as meant; raises UnsafeMessageError."""
    head = raw.split(b"\r\n\r\n", 1)[0]
    if any(len(line) > LONGEST_LINE for line in head.split(b"\r\n")):
        raise UnsafeMessageError
    fields = [(field.lower(), value) for field, value in _fields(head.decode("utf-8"))]
    said = dict(fields)
    if len(fields) != len(said) or not ONCE <= said.keys() <= ONCE | MAY_BE:
        raise UnsafeMessageError
    if any(CONTROL.search(value) for value in said.values()):
        raise UnsafeMessageError
    right = (
        mailboxes(said["from"]) == ((_letters(name), of_firm.text),)
        and mailboxes(said["to"]) == (("", of_client.text),)
        and said["content-language"] == message.locale
    )
    if not right:
        raise UnsafeMessageError


@lru_cache(maxsize=1024)
def mailboxes(value: str) -> tuple[tuple[str, str], ...]:
    """Name, without its blanks, and address of each mailbox, as a mail program reads them."""
    found: Any = SMTPUTF8.header_factory("From", value)
    return tuple(
        (_letters(each.display_name), f"{each.username}@{each.domain}") for each in found.addresses
    )


def _letters(name: str) -> str:
    """The name without its blanks: this parser puts one between two encoded words."""
    return "".join(name.split())


def _fields(head: str) -> Iterator[tuple[str, str]]:
    """Every header with its value in one line."""
    for line in UNFOLDED.sub(" ", head).split("\r\n"):
        field, colon, value = line.partition(":")
        if not colon:
            raise UnsafeMessageError
        yield field, value.strip()
