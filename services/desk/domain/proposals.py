"""Something was noticed that may be an incident: what was it, and what did a person decide?"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from services.desk.domain.incidents import FIRM
from services.desk.domain.locations import Names, location_name
from shared.contracts.incidents import (
    DataBreachDetected,
    IncidentKind,
    ReviewSpikeDetected,
)

NO_NAMES: Names = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What was noticed, until somebody decides whether it is an incident."""

    proposal_id: str
    kind: IncidentKind
    noticed: str  # one neutral sentence
    at: datetime
    scope: str = FIRM
    incident_ref: str | None = None
    incident_id: str | None = None  # once declared
    by: str | None = None
    reason: str = ""  # why it is none; sealed


def of_spike(
    said: ReviewSpikeDetected, event_id: str, at: datetime, names: Names = NO_NAMES
) -> Proposal:
    """What a spike of reviews proposes; ``names``: what the firm calls its locations."""
    called = location_name(said.location_id, names)
    place = "" if said.location_id == FIRM else f" of the location {called}"
    usual = f"{said.baseline:g}"
    return Proposal(
        proposal_id=_id(f"spike\n{event_id}"),
        kind="review-spike",
        noticed=(
            f"{said.count} reviews{place} with at most 2 stars within {said.window_hours} hours;"
            f" usual there: {usual}."
        ),
        at=at,
        scope=said.location_id,
    )


def of_breach(said: DataBreachDetected) -> Proposal:
    """What a detected breach proposes; told twice it is the same."""
    return Proposal(
        proposal_id=proposal_id_of_breach(said.incident_ref),
        kind="data-breach",
        noticed=(
            f"Personal data may be affected (severity {said.severity}, reference"
            f" {said.incident_ref})."
        ),
        at=said.detected_at,
        incident_ref=said.incident_ref,
    )


def proposal_id_of_breach(incident_ref: str) -> str:
    """The proposal a breach is decided under."""
    return _id(f"breach\n{incident_ref}")


def _id(cause: str) -> str:
    return f"ip-{sha256(cause.encode()).hexdigest()[:20]}"
