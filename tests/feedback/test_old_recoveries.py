"""Are recoveries of the releases before read as the concerns they are, and led to their end?"""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from services.feedback.domain.concern import Concern
from services.feedback.ports import CONCERNS
from services.feedback.storage import MAPPINGS
from shared.mongo import Database
from shared.state.keys import KeyRing, NewKeys

AT = datetime(2026, 3, 2, tzinfo=UTC)
OLD: dict[str, Any] = {
    "recovery_id": "recovery-1",
    "survey_id": "survey-1",
    "client_id": "c-1",
    "matter_id": "m-1",
    "score": 3,
    "state": "open",
    "task_id": "t-1",
    "opened_by": None,
    "history": [{"at": AT, "what": "opened", "score": 3, "by": None}],
}
MAPPING = next(each for each in MAPPINGS if each.kind is CONCERNS)


def keys() -> KeyRing:
    """Keys of a service that has no database: none of its documents is sealed yet."""
    return KeyRing(cast("Database", None), bytes(32))


def read(**changes: Any) -> Concern:
    document = {"_id": "recovery-1", "v": 4, "d": OLD | changes}
    found: Concern = MAPPING.to_value(document, keys())
    return found


def test_an_old_recovery_is_a_concern_of_that_kind() -> None:
    concern = read()
    assert (concern.concern_id, concern.kind, concern.state) == ("recovery-1", "recovery", "open")
    assert (concern.task_id, concern.opened_at) == ("t-1", AT)


def test_one_that_a_person_opened_is_a_complaint() -> None:
    assert read(opened_by="s-2").kind == "complaint"


@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_one_that_has_ended_is_closed(state: str) -> None:
    assert read(state=state, outcome="explained").state == "closed"


def test_written_again_it_is_of_this_schema() -> None:
    written = MAPPING.to_document(read(), 5, keys(), NewKeys(secrets={"client:c-1": b"k" * 32}))
    assert (written["sv"], written["d"]["concern_id"]) == (2, "recovery-1")
    assert "recovery_id" not in written["d"]
