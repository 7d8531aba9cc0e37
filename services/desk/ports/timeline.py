"""What is a timeline kept as, and how is it read?"""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.desk.domain.lists import WHOLE_TIMELINE, EntryFilter, Page
from services.desk.domain.timeline import Entry
from shared.state.document_types import DocumentType

ENTRIES: DocumentType[Entry] = DocumentType("timeline", Entry, key=lambda entry: entry.entry_id)


class Timeline(Protocol):
    """The clients' timelines, read a page at a time."""

    async def page(
        self, client_id: str, page: Page, wanted: EntryFilter = WHOLE_TIMELINE
    ) -> Sequence[Entry]:
        """The entries of one client that fit, by instant and id, after the given place."""

    async def told_by(
        self, client_id: str, event_ids: Sequence[str], *, screened: Collection[str]
    ) -> Sequence[Entry]:
        """What these events wrote on this client's timeline, the earliest first."""
