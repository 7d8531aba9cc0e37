"""Which documents do the steps of feedback use, and how do they find them?"""

from services.feedback.domain.concern import Concern
from services.feedback.domain.matter import Client, Matter
from services.feedback.domain.survey import Survey
from shared.state.document_types import DocumentType

SURVEYS: DocumentType[Survey] = DocumentType("surveys", Survey, key=lambda survey: survey.survey_id)
MATTERS: DocumentType[Matter] = DocumentType("matters", Matter, key=lambda matter: matter.matter_id)
CLIENTS: DocumentType[Client] = DocumentType("clients", Client, key=lambda client: client.client_id)
CONCERNS: DocumentType[Concern] = DocumentType(
    "recoveries",  # as it was called while there was one kind of concern: such a name stays
    Concern,
    key=lambda concern: concern.concern_id,
    lookups={
        "client": lambda concern: [concern.client_id] if concern.client_id else [],
        "complaint": lambda concern: [concern.complaint_id] if concern.complaint_id else [],
    },
)
