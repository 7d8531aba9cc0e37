"""What does the firm's mail system tell Clientele: which of its messages came back?

Whoever reads the mailbox to which mail comes back publishes this. The address of the sender to whom
it came names the message; its signature has been checked by whoever publishes.
"""

from typing import ClassVar, Literal

from shared.contracts.base import EventData
from shared.contracts.fields import Id, Instant, MailStatus


class ContactBounced(EventData):
    """A message that had been handed over came back. Never says to which address it had gone."""

    TYPE: ClassVar[str] = "contact-bounced"
    PUBLISHER: ClassVar[str] = "mail system"
    KEYS: ClassVar[tuple[str, ...]] = ("contact_id",)

    contact_id: Id
    kind: Literal["hard", "soft"]
    """hard: it can never arrive; soft: it was given up, and another one may arrive."""
    status: MailStatus | None = None
    at: Instant
