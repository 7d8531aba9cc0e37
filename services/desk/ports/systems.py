"""Which services and systems of the firm are there, and how do they fare?"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from services.desk.domain.sources import Source
from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.answers import DeadLetterShown, DigestPlanned, Figures
from shared.state.document_types import DocumentType

SOURCES: DocumentType[Source] = DocumentType("sources", Source, key=lambda each: each.source_id)


class SourceBook(Protocol):
    """Every system events were heard from."""

    async def everything(self) -> Sequence[Source]:
        """All sources, by name, two hundred at most."""


class Services(Protocol):
    """The six services, as whoever keeps them running sees them."""

    async def figures(self, service: str) -> Figures | None:
        """How it fares; None when it does not answer."""

    async def digest(self, staff_id: str) -> DigestPlanned | None:
        """When reminders sends this person's digest next, and what became of the last.

        None when reminders is away.
        """

    async def letters(
        self, service: str, fingerprint: str, actor: StaffMember
    ) -> Sequence[DeadLetterShown]:
        """Its dead letters of one cause, a hundred at most, none from behind a wall of theirs;
        TemporaryError when it is away.
        """

    async def settle(
        self, service: str, do: str, choice: Mapping[str, str], actor: StaffMember
    ) -> Mapping[str, int] | Refused:
        """Try letters again or put them aside; how many had which outcome.

        ``do``: replay or discard. TemporaryError when the service is away.
        """
