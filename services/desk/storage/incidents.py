"""How are incidents kept?"""

from typing import Any

from services.desk.ports.incidents import INCIDENTS, PROPOSALS
from shared.state.mappings import DocumentMapping

INCIDENT_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        INCIDENTS,
        sealed={"log", "statement"},
        person=lambda each: f"incident:{each.incident_id}",
    ),
    DocumentMapping(
        PROPOSALS, sealed={"reason"}, person=lambda each: f"incident:{each.proposal_id}"
    ),
)
