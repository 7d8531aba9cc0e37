"""Is the example day a real firm's day, whenever it is played?"""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.trial.example_day import EXAMPLE_DAY, expand, load
from shared.contracts.catalogue import FOREIGN_TYPES
from shared.contracts.envelope import Event, decode

NOW = datetime(2026, 3, 25, 9, 30, tzinfo=UTC)
ABOUT_OURS = {
    "contact-bounced",
    "contact-delivered",
}  # name a message of ours, which nobody knows beforehand
ON_OTHER_DAYS = {  # would end, or ask for before its time, what the day is there to show
    "matter-reopened", "invoice-settled", "matter-stage-changed",
    "data-breach-detected",  # everybody would deal with nothing else
}  # fmt: skip
WITH_TESTS_OF_THEIR_OWN = {  # the day shows what is asked of people at its end: not all there is
    # what is owed
    "call-returned", "document-acknowledged", "inquiry-answered",
    "offer-received", "offer-conveyed", "promise-made", "promise-moved", "promise-kept",
    "opt-out-honoured",
    # the diary of deadlines, and letters that are approved
    "deadline-set", "deadline-moved", "deadline-done", "deadline-cancelled", "letter-requested",
    # concerns: an unhappy client is there
    "complaint-received", "dispute-opened",
    # records
    "access-requested", "erasure-requested", "client-merged",
    # a matter in other hands, and words that may be published
    "handover-completed", "testimonial-sought", "publication-withdrawn",
}  # fmt: skip


def day(now: datetime = NOW) -> list[Event[Any]]:
    """The events of the day as a service would read them."""
    return [
        decode(subject, headers, body, now=now) for subject, headers, body in load(EXAMPLE_DAY, now)
    ]


def of(type: str) -> list[Any]:
    """The data of the day's events of one type."""
    return [event.data for event in day() if event.type == type]


def test_every_event_may_be_published_by_the_firms_systems() -> None:
    assert {event.type for event in day()} <= FOREIGN_TYPES


def test_the_day_holds_every_type_the_firms_systems_may_publish() -> None:
    left_out = ABOUT_OURS | ON_OTHER_DAYS | WITH_TESTS_OF_THEIR_OWN
    assert {event.type for event in day()} == FOREIGN_TYPES - left_out


def test_the_day_has_about_forty_events() -> None:
    assert 38 <= len(day()) <= 50


def test_exactly_one_event_is_published_twice_as_it_is() -> None:
    bodies = Counter(body for _, _, body in load(EXAMPLE_DAY, NOW))
    assert [count for count in bodies.values() if count > 1] == [2]


def test_no_two_different_events_have_one_identity() -> None:
    messages = {(header["Nats-Msg-Id"], body) for _, header, body in load(EXAMPLE_DAY, NOW)}
    assert len({identity for identity, _ in messages}) == len(messages)


def test_the_identity_in_the_header_is_the_events_own() -> None:
    messages = load(EXAMPLE_DAY, NOW)
    assert [each[1]["Nats-Msg-Id"] for each in messages] == [event.msg_id for event in day()]


@pytest.mark.parametrize("hour", [0, 6, 13, 23])
def test_the_day_can_be_played_at_any_hour(hour: int) -> None:
    now = NOW.replace(hour=hour)
    assert max(event.time for event in day(now)) <= now


def test_a_second_day_is_new_events() -> None:
    later = {event.id for event in day(NOW + timedelta(minutes=1))}
    assert not later & {event.id for event in day()}


def test_an_appointment_is_moved_and_another_cancelled() -> None:
    scheduled = {each.appointment_id: each.starts_at for each in of("appointment-scheduled")}
    [moved] = of("appointment-rescheduled")
    [cancelled] = of("appointment-cancelled")
    assert moved.starts_at != scheduled[moved.appointment_id]
    assert cancelled.appointment_id in scheduled


def test_a_review_is_edited_afterwards() -> None:
    reviews = Counter(each.review_id for each in of("review-received"))
    assert sorted(reviews.values()) == [1, 2]


def test_every_matter_and_client_that_is_named_was_introduced() -> None:
    clients = {each.client_id for each in of("client-onboarded")}
    assert {getattr(event.data, "client_id", "c-1001") for event in day()} <= clients


@pytest.mark.parametrize(
    ("placeholder", "instant"),
    [
        ("now-90m", "2026-03-25T08:00:00.000+00:00"),
        ("now+2h", "2026-03-25T11:30:00.000+00:00"),
        ("today+0d 10:00 Europe/Berlin", "2026-03-25T10:00:00+01:00"),
        ("today+7d 10:00 Europe/Berlin", "2026-04-01T10:00:00+02:00"),
        ("today-1d 18:15 America/New_York", "2026-03-24T18:15:00-04:00"),
    ],
)
def test_an_instant_is_relative_to_now(placeholder: str, instant: str) -> None:
    assert expand(placeholder, NOW) == instant


def test_an_unknown_placeholder_is_an_error() -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        expand("tomorrow", NOW)


def test_every_line_is_one_event() -> None:
    lines = EXAMPLE_DAY.read_text("utf-8").splitlines()
    assert all(json.loads(line)["specversion"] == "1.0" for line in lines)
