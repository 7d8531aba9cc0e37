"""Are events of systems that speak CloudEvents taken in, in every mode of HTTP, once?"""

import json
from typing import Any

import pytest

from shared.errors import TemporaryError
from tests.gateway.doors import SECRETS, DoorsOpen

OWN = "urn:system:gateway:crm"


def closed(**more: Any) -> dict[str, Any]:
    """A matter was closed, as the CRM says it."""
    return {
        "specversion": "1.0",
        "id": "e-1",
        "source": OWN,
        "type": "matter-closed",
        "subject": "c-1",
        "time": "2026-03-02T08:30:00Z",
        "data": {"matter_id": "m-1", "client_id": "c-1", "closed_at": "2026-03-01T23:00:00Z"},
        **more,
    }


async def test_a_structured_event_is_passed_on_as_it_is(gateway: DoorsOpen) -> None:
    answer = await gateway.say(closed())
    assert (answer.status_code, answer.json()) == (202, {"accepted": 1, "new": 1})
    (event,) = gateway.office.announced
    assert (event.id, event.source, event.subject) == ("e-1", OWN, "c-1")
    assert event.nats_subject == "events.matter-closed.c-1.gateway"
    assert event.data.to_wire()["matter_id"] == "m-1"


async def test_a_binary_event_is_the_same(gateway: DoorsOpen) -> None:
    said = closed()
    headers = {f"ce-{name}": str(value) for name, value in said.items() if name != "data"}
    answer = await gateway.post(
        "/events",
        json.dumps(said["data"]).encode(),
        {
            **headers,
            "Content-Type": "application/json",
            "Authorization": f"Bearer {SECRETS['crm']}",
        },
    )
    assert answer.status_code == 202
    assert [each.id for each in gateway.office.announced] == ["e-1"]


async def test_a_batch_is_taken_in_whole(gateway: DoorsOpen) -> None:
    answer = await gateway.say([closed(), closed(id="e-2"), closed()])
    assert answer.json() == {"accepted": 2, "new": 2}
    assert [each.id for each in gateway.office.announced] == ["e-1", "e-2"]


async def test_a_repeated_event_is_accepted_and_passed_on_once(gateway: DoorsOpen) -> None:
    await gateway.say(closed())
    assert (await gateway.say(closed())).json() == {"accepted": 1, "new": 0}
    assert (await gateway.say([closed(), closed(id="e-2")])).json() == {"accepted": 2, "new": 1}
    assert len(gateway.office.announced) == 2


async def test_in_a_batch_every_refused_field_is_named_and_nothing_is_taken_in(
    gateway: DoorsOpen,
) -> None:
    bad = closed(id="e-2", data={"matter_id": "m-1", "client_id": "c-1"})
    answer = await gateway.say([closed(), bad])
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "1.closed_at", "message": "is missing: this type of event must carry it"}
    ]
    assert gateway.office.announced == []


@pytest.mark.parametrize(
    ("said", "field", "remedy"),
    [
        (closed(source="urn:system:calendar"), "source", f"must be {OWN}"),
        (closed(source="urn:clientele:desk"), "source", f"must be {OWN}"),
        (closed(type="restriction-lifted"), "type", "must be one of: matter-closed"),
        (closed(type="message"), "type", "must be one of"),
        (closed(subject="c-2"), "subject", "must be the event's own"),
        (closed(time="yesterday"), "time", "RFC 3339"),
        (closed(time="2026-03-03T09:00:00Z"), "time", "10 minutes ahead"),
        (closed(specversion="0.3"), "specversion", "1.0"),
        (closed(id=""), "id", "is empty"),
        ({"hello": 1}, "specversion", "is missing"),
        ([], "body", "must be a list of 1 to 500"),
    ],
)
async def test_what_is_refused_is_named_with_its_remedy(
    gateway: DoorsOpen, said: Any, field: str, remedy: str
) -> None:
    answer = await gateway.say(said)
    assert answer.status_code == 422
    errors = {each["field"]: each["message"] for each in answer.json()["errors"]}
    assert remedy in errors[field]
    assert gateway.outcome("crm", "refused") == 1


@pytest.mark.parametrize("key", ["", "Bearer ", "Bearer another", f"Basic {SECRETS['crm']}"])
async def test_without_its_key_nobody_says_anything(gateway: DoorsOpen, key: str) -> None:
    answer = await gateway.say(closed(), Authorization=key)
    assert (answer.status_code, answer.json()["code"]) == (401, "unproved")
    assert gateway.office.announced == []


async def test_the_secret_of_a_webhook_opens_no_other_door(gateway: DoorsOpen) -> None:
    answer = await gateway.say(closed(), Authorization=f"Bearer {SECRETS['billing']}")
    assert answer.status_code == 401


async def test_not_json_and_another_form_are_named(gateway: DoorsOpen) -> None:
    headers = {"Authorization": f"Bearer {SECRETS['crm']}"}
    for content_type, field in (
        ("application/cloudevents+json", "body"),
        ("application/cloudevents-batch+json", "body"),
        ("text/plain", "content-type"),
    ):
        answer = await gateway.post("/events", b"{[", {**headers, "Content-Type": content_type})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field


async def test_accepted_is_only_what_is_durable(gateway: DoorsOpen) -> None:
    gateway.runtime.failure = TemporaryError("the database is away")
    assert (await gateway.say(closed())).status_code == 503
    gateway.runtime.failure = None
    assert (await gateway.say(closed())).json() == {"accepted": 1, "new": 1}
