"""Which incidents are there, and which were proposed?"""

from services.desk.domain.incidents import Incident
from services.desk.domain.proposals import Proposal
from shared.state.document_types import DocumentType

INCIDENTS: DocumentType[Incident] = DocumentType(
    "incidents", Incident, key=lambda each: each.incident_id,
    lookups={"state": lambda each: [each.state]},
)  # fmt: skip

PROPOSALS: DocumentType[Proposal] = DocumentType(
    "incident_proposals", Proposal, key=lambda each: each.proposal_id
)
