"""What does a mail that came to the firm say, as far as rules ask?

Every word of it is somebody else's: a header is a claim, and only an address that we signed proves
anything.
"""

import re
from dataclasses import dataclass
from datetime import datetime

MOST_TEXT = 20_000  # characters of the text that are kept
MOST_LINE = 300  # … of a subject, a name, a type
MOST_ATTACHED = 50  # attachments that are named
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Attached:
    """Something in a mail beside its text; it is named, never opened."""

    name: str
    type: str
    size: int  # bytes as it travelled


@dataclass(frozen=True, slots=True)
class Fate:
    """What a report (RFC 3464) says of one recipient."""

    recipient: str  # as addresses are compared; empty: it names none
    action: str  # failed, delayed, delivered, relayed, expanded; empty: it does not say
    status: str  # as it stands there, perhaps nothing
    diagnosis: str  # what the other server answered


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMail:
    """One mail, read; nothing of it has been believed yet."""

    mail_id: str  # derived from its bytes
    at: datetime  # when the mail server received it
    sender: str = ""  # as addresses are compared; empty: none, or several
    subject: str = ""
    message_id: str = ""
    named: str | None = None  # our message to whose own signed address it came
    answers: tuple[str, ...] = ()  # our messages that it says it answers, the nearest first
    returned: tuple[str, ...] = ()  # our messages that it says it brings back
    fates: tuple[Fate, ...] = ()
    reports: bool = False  # it is a report of a mail system or a mail program
    headers: tuple[tuple[str, str], ...] = ()  # those by which automatic mail is known
    from_us: bool = False  # it says it is from an address of ours
    marks: tuple[str, ...] = ()  # of such a mail: our ids that it bears itself
    judged_by: tuple[tuple[str, str], ...] = ()  # … and what servers say of who sent it
    text: str = ""  # what is new in it
    quoted: str = ""  # what of ours it repeats
    attached: tuple[Attached, ...] = ()
    lacks: str = ""  # what of it could not be read, in words for staff

    def header(self, name: str) -> str:
        """A header's value in small letters; empty where it has none."""
        return next((value for each, value in self.headers if each == name), "")


def message_in(message_id: str, domain: str) -> str | None:
    """Which message of ours has this Message-ID; None: it is none of ours."""
    local, _, host = message_id.strip().strip("<>").rpartition("@")
    contact_id, _, number = local.rpartition(".")
    return contact_id if host.lower() == domain and contact_id and number.isdecimal() else None


def one_line(text: str, longest: int = MOST_LINE) -> str:
    """A stranger's words as one line of plain text."""
    return " ".join(_CONTROL.sub(" ", text).split())[:longest]


def plain(text: str, longest: int = MOST_TEXT) -> str:
    """A stranger's words as lines of plain text, cut where they are too long."""
    lines = (one_line(line, longest) for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:longest]
