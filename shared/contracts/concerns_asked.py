"""How far are the concerns of one client?

The desk asks it for the client's page. Steps and their days are told, and no word anybody wrote.
"""

from pydantic import Field

from shared.contracts.concerns import Kind
from shared.contracts.requests import Answer, Asked


class ConcernsAsked(Asked):
    """Whose concerns."""

    client_id: str = Field(max_length=64)


class StepTold(Answer):
    """One step: when it was done and by whom, or by when it is to be (ISO 8601)."""

    name: str
    label: str
    at: str = ""
    by: str = ""
    due_at: str = ""


class ConcernTold(Answer):
    """One concern, with every step that applies to it."""

    concern_id: str
    kind: Kind
    title: str  # what it is, in words
    matter_id: str | None = None
    is_open: bool
    since: str = ""  # since when it is open, or was for the last time (ISO 8601)
    steps: list[StepTold] = Field(default_factory=list)
    outcome: str = ""  # in words; empty while it is open
    client_knows: bool = False  # whether the client was told its outcome


class ConcernsTold(Answer):
    """The open ones first, then the latest; so many more were left out."""

    items: list[ConcernTold]
    more: int = 0
