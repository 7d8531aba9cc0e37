"""How is kept what people write down?"""

from typing import Any

from services.desk.ports.notes import CONTACT_NOTES, FOLLOW_UPS, NOTES
from services.desk.storage.lists import ASCENDING
from shared.state.mappings import DocumentMapping

NOTE_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        NOTES,
        sealed={"text", "given"},
        person=lambda note: note.person,
        indexes=[[("d.person", ASCENDING)]],
    ),
    DocumentMapping(
        CONTACT_NOTES,
        sealed={"text"},
        person=lambda note: f"client:{note.client_id}",
        indexes=[[("d.client_id", ASCENDING)]],
    ),
    DocumentMapping(
        FOLLOW_UPS,
        sealed={"words"},
        person=lambda each: each.person,
        indexes=[[("d.person", ASCENDING)]],
    ),
)
