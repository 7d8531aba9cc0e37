"""What is kept of a mail that came to the firm, and for how long?

Words only of what a person has to answer or look at. Of everything else it is kept that it came, so
that it takes effect once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.reminders.domain.incoming_mail import Attached
from services.reminders.domain.mail_sorting import Sort

NOTED = timedelta(days=100)  # as long as consumers know what they have handled
LISTED = timedelta(days=30)  # words of strangers
MOST_LISTED = 100  # mails of strangers that one task lists
MOST_UNMOVED = 500  # those before stay in the inbox, marked as read


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """One mail that came, once."""

    mail_id: str
    kind: Sort
    at: datetime  # when it was received
    kept_at: datetime
    client_id: str | None = None
    inquiry_id: str | None = None
    matter_id: str | None = None
    contact_id: str | None = None  # the message it is about
    task_id: str | None = None  # which asks somebody to see to it
    known_sender: bool = False  # it came from an address the firm knows for this client
    ends: bool = False  # it reads as if the client wished to hear no more
    automatic: bool = False  # its subject alone speaks for a program
    sender: str | None = None  # sealed, like what follows
    subject: str | None = None
    text: str | None = None
    quoted: str | None = None
    attached: tuple[Attached, ...] | None = None
    lacks: str | None = None

    @property
    def until(self) -> datetime | None:
        """When it goes by itself; None: with its client."""
        if self.client_id is not None and self.text is not None:
            return None
        return self.kept_at + (LISTED if self.kind is Sort.UNKNOWN else NOTED)

    @property
    def person(self) -> str:
        """Whose key seals it; of nobody known, a key of its day."""
        if self.client_id is not None:
            return f"client:{self.client_id}"
        if self.inquiry_id is not None:
            return f"inquiry:{self.inquiry_id}"
        return f"mailbox:{self.kept_at:%Y-%m-%d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far the mailbox has been read: the last number (UID), while its numbering holds."""

    name: str = "mailbox"
    numbering: int = 0  # UIDVALIDITY; 0: never looked at
    last: int = 0
    unmoved: tuple[int, ...] = ()  # kept, and not yet moved out of the inbox: the newest of them
    count: int = 0  # mails taken in
    last_at: datetime | None = None  # when the last of them was
    asked: str | None = None  # the task that lists mails of strangers
    listed: int = 0  # so many

    def after(self, number: int, now: datetime, *, move: bool) -> "Place":
        """The place once this mail is kept."""
        unmoved = (*self.unmoved, number)[-MOST_UNMOVED:] if move else self.unmoved
        last, count = max(self.last, number), self.count + 1
        return replace(self, last=last, unmoved=unmoved, count=count, last_at=now)
