"""Who looked at what, and whom did walls keep away?"""

from collections.abc import Sequence
from typing import Protocol

from services.desk.domain.accesses import Access, AccessOutcome
from shared.state.document_types import DocumentType

ACCESSES: DocumentType[Access] = DocumentType(
    "access_log",
    Access,
    key=lambda each: each.access_id,
    lookups={"subject": lambda each: [each.subject]},
)


class AccessBook(Protocol):
    """The access log, the last row first."""

    async def about(
        self, subject: str, outcomes: Sequence[AccessOutcome], limit: int
    ) -> Sequence[Access]:
        """The rows about one client, matter or inquiry (``client:c-1``)."""

    async def opened_by(self, staff_id: str, limit: int) -> Sequence[Access]:
        """What this person has opened."""
