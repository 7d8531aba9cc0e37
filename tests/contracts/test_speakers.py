"""Is what a publisher writes of itself compared with what may be believed?"""

from typing import Any

import pytest

from shared.contracts.base import EventData
from shared.contracts.envelope import encode
from shared.engine.received_events import Outcome, Received, Work, read
from tests.contracts.samples import NOW
from tests.desk.facts import cancelled, completed, created, escalated, event, updated


def heard(data: EventData, source: str) -> Work:
    """What becomes of this when it is read from the stream."""
    said: Any = event(data, source=source, time=NOW)
    return read(Received(1, said.nats_subject, None, encode(said)), NOW)


@pytest.mark.parametrize("data", [created(), updated(), completed(), cancelled()])
@pytest.mark.parametrize("source", ["urn:clientele:feedback", "urn:firm:calendar"])
def test_nobody_but_its_owner_says_anything_of_a_task(data: EventData, source: str) -> None:
    work = heard(data, source)
    assert (work.outcome, work.reason) == (Outcome.DEAD, "invalid")
    assert [each.field for each in work.field_errors] == ["service"]


@pytest.mark.parametrize("data", [created(), updated(), completed(), cancelled()])
def test_a_task_is_its_owners_to_open_change_and_end(data: EventData) -> None:
    assert heard(data, "urn:clientele:reminders").open


def test_reminders_escalates_the_tasks_of_every_service() -> None:
    late = escalated().model_copy(update={"service": "feedback"})
    assert heard(late, "urn:clientele:reminders").open
