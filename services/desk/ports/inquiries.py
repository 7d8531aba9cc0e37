"""Where does each inquiry stand?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.desk.domain.cards import beginnings
from services.desk.domain.inquiries import ListedInquiry
from services.desk.domain.listed_task import ListedTask
from shared.state.document_types import DocumentType

INQUIRIES: DocumentType[ListedInquiry] = DocumentType(
    "inquiries", ListedInquiry, key=lambda each: each.inquiry_id,
    lookups={"word": lambda each: beginnings(each.name)},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How many inquiries that came this way stand there."""

    channel: str
    referral: str
    phase: str
    count: int
    recent: int  # of them, received since the instant that was asked for


class InquiryBook(Protocol):
    """The pipeline of inquiries; ``screened``: what a wall keeps whoever asks from."""

    async def page(
        self, phase: str, limit: int, after: str = "", *, screened: Collection[str]
    ) -> Sequence[ListedInquiry]:
        """Those that stand there, or in any open phase; the most pressing first.

        Those that ended come by when they did, the last one first. ``after``: the ``order`` of the
        last one seen.
        """

    async def counts(
        self, received_since: datetime, *, screened: Collection[str]
    ) -> Sequence[PhaseCount]:
        """How many stand where, by how they came: the open ones, and those received since then."""

    async def tasks(self, inquiry_ids: Sequence[str]) -> Sequence[ListedTask]:
        """The open tasks about these inquiries, by due instant, a thousand at most."""

    async def called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of inquiries whose name has words that begin like these, a hundred at most."""
