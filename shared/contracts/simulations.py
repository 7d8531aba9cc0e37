"""What is the desk told of a change that was simulated on the firm's real past?

Counts are whole, examples are some of each. A client is named by id alone: whoever shows them asks
whether the reader may see them.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer

State = Literal["waiting", "running", "done", "cancelled", "failed", "lost"]


class SimulatedCount(Answer):
    """How often a rule would do otherwise, in one way; ``why``: the code of a reason."""

    rule_id: str
    what: str
    why: str = ""
    count: int


class SimulatedExample(Answer):
    """One occurrence that would go another way. Instants are ISO 8601."""

    rule_id: str
    what: str
    why: str = ""
    client_id: str | None = None
    matter_id: str | None = None
    before: str | None = None
    after: str | None = None


class SimulationFound(Answer):
    """What a run found."""

    since: str  # compared from then on
    until: str
    kept_from: str | None = None  # the first event that is kept
    events: int
    acted_before: int
    acted_after: int
    counts: list[SimulatedCount] = Field(default_factory=list)
    examples: list[SimulatedExample] = Field(default_factory=list)


class SimulationShown(Answer):
    """A run about exactly what an edition or draft changes."""

    simulation_id: str
    state: State
    days: int
    by: str
    at: str
    ended_at: str | None = None
    heard: int = 0  # of the stream, while it runs
    newest: int = 0
    tries: int = 0  # more than one: a process ended, and another one began anew
    why: str = ""  # why it failed or is lost; cancelled: who did
    found: SimulationFound | None = None


class SimulationState(Answer):
    """The run about an edition or draft as it is, or why there is none."""

    edition: str
    content_hash: str
    run: SimulationShown | None = None
    older_at: str | None = None  # none, but the same draft was simulated when it said otherwise
    changes_rules: bool = True  # words alone change nothing that happens
    required: bool = False  # the firm approves no change of rules without one
    busy_with: str | None = None  # who has another change simulated just now
