"""Which documents do the steps of feedback use, and how do they find them?"""

from services.feedback.domain.matter import Client, Matter
from services.feedback.domain.recovery import Recovery
from services.feedback.domain.survey import Survey
from shared.state.document_types import DocumentType

SURVEYS: DocumentType[Survey] = DocumentType("surveys", Survey, key=lambda survey: survey.survey_id)
MATTERS: DocumentType[Matter] = DocumentType("matters", Matter, key=lambda matter: matter.matter_id)
CLIENTS: DocumentType[Client] = DocumentType("clients", Client, key=lambda client: client.client_id)
RECOVERIES: DocumentType[Recovery] = DocumentType(
    "recoveries",
    Recovery,
    key=lambda recovery: recovery.recovery_id,
    lookups={"client": lambda recovery: [recovery.client_id]},
)
