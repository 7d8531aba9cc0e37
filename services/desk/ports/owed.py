"""What does the firm owe, and to whom?"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from services.desk.domain.owed import Owed
from shared.state.document_types import DocumentType

OWED: DocumentType[Owed] = DocumentType("owed", Owed, key=lambda each: each.commitment_id)


class OwedBook(Protocol):
    """What the firm owes, by due instant; ``screened``: what a wall keeps whoever asks from."""

    async def open(self, limit: int, *, screened: Collection[str]) -> Sequence[Owed]:
        """What has not ended, the first to fall due first."""

    async def missed_since(
        self, instant: datetime, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What was missed since then, the last one first."""

    async def of_client(
        self, client_id: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What this client is owed still, the first to fall due first."""
