"""How is kept who has a task open? For some minutes; then the database forgets it by itself."""

from typing import Any

from services.desk.domain.presence import FORGOTTEN
from services.desk.ports.presence import PRESENCES
from shared.state.mappings import DocumentMapping

PRESENCE_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(PRESENCES, expire=lambda each: each.last_at + FORGOTTEN),
)
