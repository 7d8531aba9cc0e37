"""Walls the desk's tests build, and what stands behind them."""

from typing import Any

from shared.contracts.commitments import CommitmentMade
from shared.contracts.deadlines import DeadlineSet
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.tasks import About
from tests.desk.facts import CLIENT, INQUIRY, NOON, created
from tests.desk.memory import MemoryDesk

WALLED = "Anna"  # whose name nobody behind a wall reads
ABOUT = {
    "t-client": About(client_id="c-1"),
    "t-matter": About(client_id="c-1", matter_id="m-1"),
    "t-inquiry": About(inquiry_id="i-1"),
    "t-other": About(client_id="c-2"),
}
BEHIND = {
    "client": {"t-client", "t-matter"},
    "matter": {"t-matter"},
    "inquiry": {"t-inquiry"},
}
SUBJECT = {"client": "client:c-1", "matter": "matter:m-1", "inquiry": "inquiry:i-1"}


def wall(scope: str = "client", *staff: str, id: str = "w-1", **changes: Any) -> RestrictionPlaced:
    """A wall around the client, the matter or the inquiry of the tests."""
    ids = {"client": {"client_id": "c-1"}, "matter": {"client_id": "c-1", "matter_id": "m-1"},
           "inquiry": {"inquiry_id": "i-1"}}  # fmt: skip
    said: dict[str, Any] = {
        "restriction_id": id,
        "kind": "wall",
        "scope": scope,
        "effect": "bar",
        "staff_ids": staff,
        "by": "pat",
        "at": NOON,
        **ids[scope],
    }
    return RestrictionPlaced(**said | changes)


def no_wall(id: str = "w-1") -> RestrictionLifted:
    """It stands no more."""
    return RestrictionLifted(restriction_id=id, by="pat", at=NOON)


def peopled(desk: MemoryDesk) -> None:
    """A client, an inquiry, what is to do for each, and what they are owed."""
    hear = desk.office.hear
    hear(CLIENT, id="e-client", source="urn:firm:pm")
    hear(CLIENT.model_copy(update={"client_id": "c-2", "name": "Bob Other"}), id="e-other",
         source="urn:firm:pm")  # fmt: skip
    hear(INQUIRY, id="e-inquiry", source="urn:firm:web")
    for task_id, about in ABOUT.items():
        hear(created(task_id, about=about), id=f"e-{task_id}")
    deadline = {"deadline_id": "d-1", "client_id": "c-1", "matter_id": "m-1", "kind": "appeal"}
    rest = {"date": NOON.date(), "source_rule": "a rule", "set_by": "pat"}
    hear(DeadlineSet.model_validate(deadline | rest), id="e-deadline")
    for number, about in enumerate(ABOUT.values()):
        hear(
            CommitmentMade(
                commitment_id=f"owed-{number}", standard="return-a-call", source="the firm",
                edition="1", about=about, made_at=NOON, due_at=NOON, at=NOON,
                rule_id="r", rule_version=1,
            ),
            id=f"e-owed-{number}",
        )  # fmt: skip
