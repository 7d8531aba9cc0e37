"""Who works here, and with which keys?"""

from collections.abc import Sequence
from typing import Protocol

from services.desk.domain.staff import ApiKey, StaffMember
from shared.state.document_types import DocumentType

STAFF: DocumentType[StaffMember] = DocumentType(
    "staff",
    StaffMember,
    key=lambda person: person.staff_id,
    lookups={"role": lambda person: person.roles if person.active else ()},
)

API_KEYS: DocumentType[ApiKey] = DocumentType("api_keys", ApiKey, key=lambda key: key.key_hash)


class StaffBook(Protocol):
    """Everybody who works here."""

    async def everybody(self) -> Sequence[StaffMember]:
        """All staff, by id."""

    async def keys(self) -> Sequence[ApiKey]:
        """All API keys, as hashes."""
