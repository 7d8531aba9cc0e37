"""What does Clientele ask of an event's attributes beyond the standard?"""

from datetime import UTC, datetime, timedelta

import pytest

from tests.contracts.samples import ABSENT, ENVELOPE, NOW, changed, message_for, read, refusal
from tests.contracts.samples import refused_fields as fields

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_an_event_without_a_subject_is_refused() -> None:
    assert fields(changed(ENVELOPE, {"subject": ABSENT})) == ["subject"]


def test_an_event_without_a_time_is_refused() -> None:
    assert fields(changed(ENVELOPE, {"time": ABSENT})) == ["time"]


@pytest.mark.parametrize("subject", ["a b", "ä", "a.b", "x" * 65, "*"])
def test_a_subject_that_is_no_id_is_refused(subject: str) -> None:
    assert fields(changed(ENVELOPE, {"subject": subject})) == ["subject"]


def test_what_a_clock_ten_minutes_ahead_says_counts_from_when_it_was_received() -> None:
    event = read(changed(ENVELOPE, {"time": "2026-03-02T10:10:00.000123Z"}))
    assert (event.time, event.finer) == (NOW, 0)


def test_an_event_ten_minutes_ahead_beats_no_later_right_one() -> None:
    ahead = read(changed(ENVELOPE, {"id": "z", "time": "2026-03-02T10:10:00Z"}))
    later = NOW + timedelta(seconds=1)
    right = read(changed(ENVELOPE, {"id": "a", "time": "2026-03-02T10:00:00.500Z"}), now=later)
    assert right.stamp > ahead.stamp


def test_a_time_more_than_ten_minutes_ahead_is_refused() -> None:
    refused = refusal(changed(ENVELOPE, {"time": "2026-03-02T10:10:01Z"}))
    assert "clock" in message_for("time", refused.field_errors)


@pytest.mark.parametrize("time", ["2026-02-30T09:00:00Z", "2026-03-02T25:00:00Z"])
def test_an_instant_that_never_was_is_refused(time: str) -> None:
    assert fields(changed(ENVELOPE, {"time": time})) == ["time"]


def test_time_is_kept_in_utc_to_the_millisecond() -> None:
    event = read(changed(ENVELOPE, {"time": "2026-03-02T10:00:00.123987+01:00"}))
    assert event.time == datetime(2026, 3, 2, 9, 0, 0, 123000, UTC)


def test_data_that_is_said_not_to_be_json_is_refused() -> None:
    assert fields(changed(ENVELOPE, {"datacontenttype": "text/xml"})) == ["datacontenttype"]


@pytest.mark.parametrize("content_type", ["Application/JSON", "text/json", "application/x+json"])
def test_json_by_any_name_is_taken(content_type: str) -> None:
    assert read(changed(ENVELOPE, {"datacontenttype": content_type})).id == "1"


def test_the_first_event_of_a_chain_is_its_own_first_cause() -> None:
    assert read(ENVELOPE).correlation_id == "1"


def test_causes_and_trace_are_carried_on() -> None:
    event = read(
        changed(ENVELOPE, {"correlationid": "0", "causationid": "00", "traceparent": TRACE})
    )
    assert (event.correlation_id, event.causation_id, event.traceparent) == ("0", "00", TRACE)


@pytest.mark.parametrize("trace", ["x", 5, TRACE.upper(), TRACE[:-1], TRACE.replace("4bf9", "")])
def test_a_broken_trace_is_dropped_and_the_event_kept(trace: object) -> None:
    assert read(changed(ENVELOPE, {"traceparent": trace})).traceparent is None


@pytest.mark.parametrize(
    ("said", "meant"), [(ABSENT, False), (False, False), ("false", False), (True, True)]
)
def test_history_marks_an_import_of_the_past(said: object, meant: bool) -> None:
    assert read(changed(ENVELOPE, {"history": said})).history is meant


def test_history_that_is_neither_true_nor_false_is_refused() -> None:
    assert fields(changed(ENVELOPE, {"history": "maybe"})) == ["history"]
