"""Does a person's digest come at their time of day, on business days, and at most once a day?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.digest import (
    OF_USE,
    Digest,
    State,
    again,
    chosen,
    done_for_the_day,
    handing_over,
    next_time,
)
from services.reminders.domain.schedule import from_wall
from shared.calendar import BusinessDays

GERMAN = BusinessDays("DE").is_closed
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC",
         "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham")  # fmt: skip
times = st.times().map(lambda each: f"{each:%H:%M}")
FROM, TO = datetime(2024, 1, 1), datetime(2028, 12, 1)  # noqa: DTZ001 hypothesis adds the zone
instants = st.datetimes(FROM, TO, timezones=st.just(UTC))


def berlin(text: str) -> datetime:
    """An instant by the clocks of Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def waiting(now: str = "2026-03-02T07:00", at: str | None = "07:30") -> Digest:
    """The digest of somebody who chose this time then."""
    said = f"{berlin(now).isoformat()} x"
    return chosen(Digest(staff_id="s-1"), at, "Europe/Berlin", said, GERMAN, berlin(now))


@given(times, st.sampled_from(ZONES), instants)
def test_the_next_one_is_the_first_of_its_time_on_an_open_day(
    at: str, zone_name: str, after: datetime
) -> None:
    zone = ZoneInfo(zone_name)
    instant = next_time(at, zone, GERMAN, after)
    day = instant.astimezone(zone).date()
    assert instant > after
    assert not GERMAN(day)
    wall = datetime.combine(day, time.fromisoformat(at))
    assert instant == from_wall(wall, zone)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    assert shown == wall or zone.utcoffset(shown - timedelta(hours=3)) != zone.utcoffset(shown)
    first = after.astimezone(zone).date()
    between = (first + timedelta(days=n) for n in range((day - first).days))
    open_days = [each for each in between if not GERMAN(each)]
    missed = [from_wall(datetime.combine(e, time.fromisoformat(at)), zone) for e in open_days]
    assert all(each <= after for each in missed)


@given(times, st.sampled_from(ZONES), instants, st.integers(0, 5))
def test_the_day_of_the_last_one_gets_no_other(
    at: str, zone_name: str, after: datetime, days: int
) -> None:
    zone = ZoneInfo(zone_name)
    last: date = after.astimezone(zone).date() + timedelta(days=days)
    assert next_time(at, zone, GERMAN, after, last).astimezone(zone).date() > last


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-03-02T07:00", "2026-03-02T07:30"),  # the same morning
        ("2026-03-02T07:30", "2026-03-03T07:30"),  # too late by nothing
        ("2026-03-06T12:00", "2026-03-09T07:30"),  # over the weekend
        ("2026-04-02T12:00", "2026-04-07T07:30"),  # over Easter
        ("2026-03-27T12:00", "2026-03-30T07:30"),  # the clocks go forward
    ],
)
def test_the_next_one_by_example(now: str, following: str) -> None:
    assert waiting(now).due_at == berlin(following)


def test_a_time_the_clocks_skip_is_the_first_instant_after_it() -> None:
    sundays_too = next_time("02:30", BERLIN, lambda _: False, berlin("2026-03-28T12:00"))
    assert sundays_too == berlin("2026-03-29T03:00")


def test_a_time_that_comes_twice_is_the_first() -> None:
    instant = next_time("02:30", BERLIN, lambda _: False, berlin("2026-10-24T12:00"))
    assert instant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_who_wants_none_has_nothing_due() -> None:
    off = waiting(at=None)
    assert (off.state, off.due_at) == (State.OFF, None)


def test_the_choice_made_last_holds_whichever_is_heard_last() -> None:
    now = berlin("2026-03-02T06:00")
    nine = chosen(Digest(staff_id="s-1"), "09:00", "Europe/Berlin", "2", GERMAN, now)
    assert chosen(nine, "08:00", "Europe/Berlin", "1", GERMAN, now) == nine


def test_another_time_on_the_day_of_the_last_one_counts_from_the_next_day() -> None:
    eight = berlin("2026-03-02T08:00")
    sent = done_for_the_day(waiting(), "sent", GERMAN, eight, went=True)
    later = chosen(sent, "11:00", "Europe/Berlin", "9", GERMAN, eight)
    assert later.due_at == berlin("2026-03-03T11:00")


def test_a_later_time_on_a_day_without_one_counts_the_same_day() -> None:
    later = chosen(waiting(), "11:00", "Europe/Berlin", "9", GERMAN, berlin("2026-03-02T07:10"))
    assert later.due_at == berlin("2026-03-02T11:00")


def test_one_in_hand_comes_to_its_end_before_a_new_choice_counts() -> None:
    now = berlin("2026-03-02T07:30")
    held = handing_over(waiting(), "0:a", now, now + timedelta(minutes=12))
    off = chosen(held, None, "Europe/Berlin", "9", GERMAN, now)
    assert off.state is State.HANDING_OVER
    assert done_for_the_day(off, "sent", GERMAN, now, went=True).due_at is None


@given(st.integers(0, 12))
def test_what_cannot_go_is_tried_again_only_as_long_as_it_is_of_use(tries: int) -> None:
    digest = waiting()
    planned = berlin("2026-03-02T07:30")
    now = planned
    for _ in range(tries):
        if digest.due_at is None or digest.planned_for != planned:
            break
        now = max(now, digest.due_at)
        digest = again(digest, "away", GERMAN, now)
        assert digest.due_at is not None
        assert digest.due_at < planned + OF_USE or digest.due_at == berlin("2026-03-03T07:30")


def test_after_a_long_outage_the_next_one_is_that_of_the_next_morning() -> None:
    digest = done_for_the_day(waiting(), "missed", GERMAN, berlin("2026-03-04T09:00"))
    assert digest.due_at == berlin("2026-03-05T07:30")
    assert digest.last_outcome == "missed"


def test_what_is_new_counts_from_the_last_one_that_went() -> None:
    now = berlin("2026-03-03T07:30")
    assert waiting().new_since(now) == now - timedelta(days=1)
    sent = done_for_the_day(waiting(), "sent", GERMAN, berlin("2026-03-02T07:31"), went=True)
    quiet = done_for_the_day(sent, "nothing-to-do", GERMAN, now)
    assert quiet.new_since(now) == berlin("2026-03-02T07:30")


def test_every_attempt_at_one_day_is_one_message() -> None:
    digest = waiting()
    assert again(digest, "away", GERMAN, berlin("2026-03-02T07:30")).number == digest.number
    following = done_for_the_day(digest, "sent", GERMAN, berlin("2026-03-02T07:31"))
    assert following.number != digest.number
