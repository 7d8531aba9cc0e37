"""What does the firm owe, to whom, by when, and what became of it?

Made from commitment events alone, the same in whatever order they arrive: what ended stays so, and
of two due instants the one said last holds.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from shared.contracts.commitments import (
    CommitmentMade,
    CommitmentMet,
    CommitmentMissed,
    CommitmentVoided,
)
from shared.contracts.envelope import Event

SaidOfOwed = CommitmentMade | CommitmentMet | CommitmentMissed | CommitmentVoided
Standing = Literal["open", "met", "missed", "voided"]
ENDS: dict[str, Standing] = {
    CommitmentMet.TYPE: "met",
    CommitmentMissed.TYPE: "missed",
    CommitmentVoided.TYPE: "voided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One commitment, as the desk lists it."""

    commitment_id: str
    standard: str = ""
    source: str = ""
    edition: str = ""
    what: str = ""
    about: dict[str, str] = field(default_factory=dict)
    made_at: datetime | None = None
    due_at: datetime | None = None
    owner_id: str | None = None
    state: Standing = "open"
    ended_at: datetime | None = None
    stamp: str = ""


def heard(before: Owed, event: Event[SaidOfOwed]) -> Owed:
    """The commitment after one more word about it."""
    data = event.data
    ended = ENDS.get(data.TYPE)
    if ended is not None:
        before = replace(before, state=ended, ended_at=data.at)
    if event.stamp <= before.stamp:
        return before
    return replace(
        before,
        standard=data.standard,
        source=data.source,
        edition=data.edition,
        what=data.what or "",
        about=data.about.model_dump(exclude_none=True),
        made_at=data.made_at,
        due_at=data.due_at,
        owner_id=data.owner_id,
        stamp=event.stamp,
    )
