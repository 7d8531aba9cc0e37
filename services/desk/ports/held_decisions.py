"""Which decisions wait to be passed on, and by what are they found?"""

from services.desk.domain.held_decisions import HeldDecision
from shared.state.document_types import DocumentType

HELD: DocumentType[HeldDecision] = DocumentType(
    "held_decisions",
    HeldDecision,
    key=lambda each: each.decision_id,
    lookups={
        "task": lambda each: [each.task_id],
        "refused": lambda each: [each.by] if each.state == "refused" else [],
    },
)
