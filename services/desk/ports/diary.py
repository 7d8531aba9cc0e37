"""Which days run out, and what was said of them on which day?"""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.desk.domain.diary import DiaryLine, ListedDeadline
from shared.state.document_types import DocumentType

DEADLINES: DocumentType[ListedDeadline] = DocumentType(
    "deadlines", ListedDeadline, key=lambda each: each.deadline_id
)

DIARY_LINES: DocumentType[DiaryLine] = DocumentType(
    "diary_lines", DiaryLine, key=lambda each: each.line_id
)


class DiaryBook(Protocol):
    """The diary of deadlines, and its log; ``screened``: what a wall keeps whoever asks from."""

    async def running(
        self, until: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[ListedDeadline]:
        """What runs out by this day (2026-12-06) and is not done, the earliest first."""

    async def log(self, day: str, limit: int, *, screened: Collection[str]) -> Sequence[DiaryLine]:
        """What was said on this day, the earliest first."""
