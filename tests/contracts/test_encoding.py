"""Does an event come back exactly as it went out?"""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.envelope import Event, decode, encode, follow_up, headers
from shared.contracts.firm import ClientOnboarded, ClientUpdated, Consent, ReviewReceived
from shared.contracts.intake import ConflictCleared
from tests.contracts.samples import ENVELOPE, NOW, binary, read

CAUSE = read(ENVELOPE).cause

ids = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
lines = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Cn")), min_size=1, max_size=80
).filter(lambda text: bool(text.strip()))
names = lines.map(str.strip)
channels = st.sampled_from(["email", "sms", "phone", "post"])
consents = st.builds(
    Consent,
    purpose=st.sampled_from(["service", "feedback", "marketing"]),
    channel=st.none() | channels,
    basis=lines,
)
instants = st.integers(0, 10**12).map(lambda ms: NOW + timedelta(milliseconds=ms))
onboarded = st.builds(
    ClientOnboarded,
    client_id=ids,
    name=names,
    email=st.just("anna@example.com"),
    phone=st.none() | st.just("+49 (0)30 555-01"),
    timezone=st.sampled_from(["Europe/Berlin", "America/New_York"]),
    locale=st.sampled_from(["de-DE", "en", "zh-Hant-TW"]),
    preferred_channel=st.none() | channels,
    matter_id=st.none() | ids,
    practice_area=st.none() | lines,
    consents=st.none() | st.lists(consents, max_size=3).map(tuple),
)
updated = st.fixed_dictionaries(
    {"client_id": ids},
    optional={
        "name": names,
        "email": st.none() | st.just("b@example.com"),
        "phone": st.none() | st.just("030 555"),
        "owner_id": st.none() | ids,
    },
).map(ClientUpdated.model_validate)
reviewed = st.builds(
    ReviewReceived,
    review_id=ids,
    site=lines,
    stars=st.integers(1, 5),
    text=st.none() | st.text(),
    posted_at=instants,
)
events = st.builds(
    lambda data, nth: follow_up(CAUSE, data, service="intake", nth=nth, time=NOW),
    data=onboarded | updated | reviewed,
    nth=st.integers(1, 9),
)


@given(events)
def test_a_structured_event_comes_back_as_it_went_out(event: Event[Any]) -> None:
    assert decode(event.nats_subject, headers(event), encode(event), now=NOW) == event


@given(events)
def test_a_binary_event_comes_back_as_it_went_out(event: Event[Any]) -> None:
    written, body = binary(json.loads(encode(event)))
    assert decode(event.nats_subject, written, body, now=NOW) == event


@given(updated)
def test_absent_and_removed_stay_apart_on_the_wire(data: ClientUpdated) -> None:
    event = follow_up(CAUSE, data, service="intake", nth=1, time=NOW)
    back = decode(event.nats_subject, None, encode(event), now=NOW)
    assert back.data.changed() == data.changed()


def cleared() -> Event[Any]:
    """A small event of ours."""
    data = ConflictCleared(check_id="ck-1", client_id="c-1", hit_count=0)
    return follow_up(CAUSE, data, service="intake", nth=1, time=NOW)


def test_an_event_travels_as_a_cloudevent_with_its_schema_and_causes() -> None:
    event = cleared()
    assert json.loads(encode(event)) == {
        "specversion": "1.0",
        "id": event.id,
        "source": "urn:clientele:intake",
        "type": "conflict-cleared",
        "subject": "c-1",
        "time": "2026-03-02T10:00:00.000Z",
        "datacontenttype": "application/json",
        "dataschema": "urn:clientele:event:conflict-cleared:1",
        "correlationid": "1",
        "causationid": "1",
        "traceparent": event.traceparent,
        "data": {"check_id": "ck-1", "client_id": "c-1", "hit_count": 0},
    }


def test_an_event_travels_with_its_identity_for_the_broker() -> None:
    event = cleared()
    assert headers(event) == {
        "Content-Type": "application/cloudevents+json",
        "Nats-Msg-Id": event.msg_id,
    }


@pytest.mark.parametrize("history", [True, False])
def test_history_is_said_only_where_it_is_true(history: bool) -> None:
    event = read({**ENVELOPE, "history": history})
    assert json.loads(encode(event)).get("history", False) is history
