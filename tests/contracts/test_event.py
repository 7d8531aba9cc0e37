"""Is an event identified, ordered and followed up the same way every time?"""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event, follow_up, message_id
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.intake import ConflictCleared
from tests.contracts.samples import ENVELOPE, NOW, read

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
CLEARED = ConflictCleared(check_id="ck-1", client_id="c-1", hit_count=0)
ASKED = FeedbackRequested(survey_id="s-1", client_id="c-1", matter_id="m-1", stage="closing")


def following(
    data: EventData = CLEARED, *, service: str = "intake", nth: int = 1, **cause: Any
) -> Event[Any]:
    """What a service announces because of the sample event."""
    because = replace(read(ENVELOPE).cause, **cause)
    return follow_up(because, data, service=service, nth=nth, time=NOW)


def test_an_event_as_a_cause_keeps_what_follow_ups_need() -> None:
    assert read(ENVELOPE).cause == Cause(
        "urn:firm:practice-management", "1", "client-onboarded", "1", None, NOW - timedelta(hours=1)
    )


def test_an_event_is_published_under_its_type_and_key() -> None:
    assert following().nats_subject == "events.conflict-cleared.c-1"


def test_the_identity_for_the_broker_is_what_the_contract_says() -> None:
    expected = hashlib.sha256(b"urn:firm:kanzlei\n4711").hexdigest()[:32]
    assert message_id("urn:firm:kanzlei", "4711") == expected


def test_two_systems_may_use_the_same_id() -> None:
    assert message_id("urn:firm:a", "1") != message_id("urn:firm:b", "1")


def test_a_repeated_step_announces_the_same_event() -> None:
    assert following() == following()


@pytest.mark.parametrize(
    "other",
    [
        following(nth=2),
        following(service="reminders"),
        following(ASKED),
        following(id="2"),
        following(source="urn:firm:calendar"),
    ],
)
def test_whatever_differs_in_its_origin_is_another_event(other: Event[Any]) -> None:
    assert other.id != following().id


def test_an_id_of_ours_is_short_and_plain() -> None:
    event = following()
    assert len(event.id) == 26
    assert event.id.isalnum()
    assert event.id.islower()


def test_a_follow_up_names_who_says_it_and_because_of_what() -> None:
    event = following(correlation_id="first")
    assert event.source == "urn:clientele:intake"
    assert (event.correlation_id, event.causation_id) == ("first", "1")


def test_a_follow_up_continues_the_trace_with_a_span_of_its_own() -> None:
    trace = following(traceparent=TRACE).traceparent or ""
    assert trace.split("-")[:2] == TRACE.split("-")[:2]
    assert trace.split("-")[2] != TRACE.split("-")[2]
    assert trace.endswith("-00")


def test_follow_ups_of_one_untraced_chain_share_a_trace() -> None:
    first, second = following(nth=1).traceparent or "", following(nth=2).traceparent or ""
    assert first.split("-")[1] == second.split("-")[1]
    assert len(first) == len(TRACE)


def test_a_follow_ups_time_is_cut_to_the_millisecond() -> None:
    event = follow_up(
        read(ENVELOPE).cause, CLEARED, service="intake", nth=1,
        time=datetime(2026, 3, 2, 10, 0, 0, 123999, UTC),
    )  # fmt: skip
    assert event.time.microsecond == 123000


stamps = st.tuples(
    st.integers(0, 10**12).map(lambda ms: NOW + timedelta(milliseconds=ms)),
    st.sampled_from(["urn:firm:a", "urn:firm:a-b", "urn:firm:a/b", "urn:firm:ab"]),
    st.sampled_from(["1", "10", "2", "a"]),
)


@given(one=stamps, other=stamps)
def test_stamps_sort_by_time_then_source_then_id(one: Any, other: Any) -> None:
    def stamp(facts: Any) -> str:
        time, source, id = facts
        return replace(read(ENVELOPE), time=time, source=source, id=id).stamp

    assert (stamp(one) < stamp(other)) == (one < other)


@given(one=st.integers(0, 999_999), other=st.integers(0, 999_999))
def test_of_two_statements_in_one_millisecond_the_later_holds(one: int, other: int) -> None:
    def stamp(microsecond: int) -> str:
        return read({**ENVELOPE, "time": f"2026-03-02T09:00:00.{microsecond:06d}Z"}).stamp

    assert (stamp(one) < stamp(other)) == (one < other)


@pytest.mark.parametrize("fraction", ["", ".1", ".12", ".123", ".1234", ".123456", ".123456789"])
def test_an_instant_may_be_as_fine_as_its_source_likes(fraction: str) -> None:
    event = read({**ENVELOPE, "time": f"2026-03-02T09:00:00{fraction}Z"})
    said = fraction.removeprefix(".").ljust(6, "0")[:6]
    assert event.stamp.startswith(f"2026-03-02T09:00:00.{said}Z ")


def test_nobody_without_the_services_key_can_tell_an_id_beforehand() -> None:
    cause = read(ENVELOPE).cause
    ids = {
        follow_up(cause, CLEARED, service="intake", nth=1, time=NOW, key=key).id
        for key in (b"", b"a" * 32, b"b" * 32)
    }
    assert len(ids) == 3


def test_one_cause_gives_one_id_under_one_key() -> None:
    cause = read(ENVELOPE).cause
    said = [
        follow_up(cause, CLEARED, service="intake", nth=1, time=at, key=b"a" * 32)
        for at in (NOW, NOW + timedelta(hours=1))
    ]
    assert said[0].id == said[1].id
