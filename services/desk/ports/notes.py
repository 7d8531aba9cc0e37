"""What do people write down at the desk?"""

from services.desk.domain.notes import ContactNote, FollowUp, Note
from shared.state.document_types import DocumentType

NOTES: DocumentType[Note] = DocumentType(
    "notes", Note, key=lambda note: note.note_id, lookups={"task": lambda note: [note.task_id]}
)

CONTACT_NOTES: DocumentType[ContactNote] = DocumentType(
    "contact_notes", ContactNote, key=lambda note: note.entry_id
)

FOLLOW_UPS: DocumentType[FollowUp] = DocumentType(
    "follow_ups", FollowUp, key=lambda each: each.follow_up_id
)
