"""Is what a publisher writes of itself compared with what may be believed?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.base import EventData
from shared.contracts.envelope import encode
from shared.contracts.origin import HEADER, OriginKey
from shared.engine.received_events import Outcome, Received, Work, read
from tests.contracts.samples import ENVELOPE, NOW, changed
from tests.desk.facts import cancelled, completed, created, escalated, event, updated

KEY = OriginKey(b"k" * 32, since=NOW)
ADDRESS = "events.client-onboarded.c-1"


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


def taken(source: str, address: str = ADDRESS, **more: Any) -> Work:
    """What becomes of an event of a type that services and other systems may say."""
    body = json.dumps(changed(ENVELOPE, {"source": source})).encode()
    headers = more.pop("headers", lambda body: {})(body)
    place = {"stored_at": NOW, **more}
    return read(Received(1, address, headers, body, **place), NOW, KEY)


def marked(body: bytes) -> dict[str, str]:
    return KEY.headers(ADDRESS, body)


@pytest.mark.parametrize("source", ["urn:system:dms", "urn:system:dms:scanner"])
def test_a_system_speaks_under_its_own_name(source: str) -> None:
    assert taken(source, f"{ADDRESS}.dms").open


@pytest.mark.parametrize(
    "source",
    ["urn:system:other", "urn:system:dmsx", "urn:firm:dms", "urn:clientele:intake", "urn:system:"],
)
def test_a_system_speaks_under_no_other_name(source: str) -> None:
    work = taken(source, f"{ADDRESS}.dms")
    assert (work.outcome, [each.field for each in work.field_errors]) == (Outcome.DEAD, ["source"])


def test_whoever_has_no_log_in_of_a_system_does_not_speak_under_its_name() -> None:
    assert taken("urn:system:dms").outcome is Outcome.DEAD
    assert taken("urn:firm:dms").open


def test_another_system_cannot_speak_under_the_name_of_a_service() -> None:
    work = taken("urn:clientele:intake")
    assert (work.outcome, [each.field for each in work.field_errors]) == (Outcome.DEAD, ["source"])


def test_a_service_proves_that_it_speaks() -> None:
    assert taken("urn:clientele:intake", headers=marked).open


def test_a_proof_holds_for_nothing_but_what_was_said() -> None:
    stolen = marked(json.dumps(changed(ENVELOPE, {"source": "urn:clientele:desk"})).encode())
    assert taken("urn:clientele:intake", headers=lambda _: stolen).outcome is Outcome.DEAD
    assert taken("urn:clientele:intake", headers=lambda _: {HEADER: ""}).outcome is Outcome.DEAD


def test_what_the_stream_took_before_services_proved_themselves_is_believed() -> None:
    before = NOW - timedelta(seconds=1)
    assert taken("urn:clientele:intake", stored_at=before).open
    assert taken("urn:clientele:intake", stored_at=None, taken_at=before).open


def test_a_kept_event_that_was_not_believed_is_not_believed_when_it_is_tried_again() -> None:
    again = taken("urn:clientele:intake", stored_at=None, taken_at=NOW, origin="dead")
    assert again.outcome is Outcome.DEAD


def test_what_only_services_may_publish_needs_no_proof() -> None:
    assert KEY.headers("events.task-created.t-1", b"{}") == {}
