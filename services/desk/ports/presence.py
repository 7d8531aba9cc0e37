"""Who has which task open?"""

from services.desk.domain.presence import Presence
from shared.state.document_types import DocumentType

PRESENCES: DocumentType[Presence] = DocumentType(
    "presences",
    Presence,
    key=lambda each: each.key,
    lookups={"task": lambda each: [each.task_id]},
)
