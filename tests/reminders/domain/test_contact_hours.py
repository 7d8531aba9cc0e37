"""When may a message reach a person by their own clock?"""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.contact_hours import DEFAULT_CONTACT_HOURS, ContactHours, next_open

BERLIN = ZoneInfo("Europe/Berlin")
EARLIEST, LATEST = map(datetime.fromisoformat, ("2010-01-01", "2029-01-01"))
MONDAY_NIGHT = (ContactHours(opens=time(22), closes=time(2), days=frozenset({0})),)


def in_berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[misc,arg-type]


def test_an_open_minute_is_now() -> None:
    noon = in_berlin(2026, 3, 2, 12)
    assert next_open(noon, BERLIN) == noon


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (in_berlin(2026, 3, 2, 23), in_berlin(2026, 3, 3, 8)),
        (in_berlin(2026, 3, 2, 3), in_berlin(2026, 3, 2, 8)),
        (in_berlin(2026, 3, 2, 20), in_berlin(2026, 3, 3, 8)),
        (in_berlin(2026, 3, 28, 21), in_berlin(2026, 3, 29, 8)),
    ],
)
def test_a_closed_minute_moves_to_the_next_open_one(at: datetime, opens: datetime) -> None:
    assert next_open(at, BERLIN) == opens


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (in_berlin(2026, 3, 2, 23), True),
        (in_berlin(2026, 3, 3, 1), True),
        (in_berlin(2026, 3, 2, 1), False),
        (in_berlin(2026, 3, 3, 23), False),
    ],
)
def test_hours_past_midnight_belong_to_the_day_they_open_on(at: datetime, is_open: bool) -> None:
    assert (next_open(at, BERLIN, MONDAY_NIGHT) == at) is is_open


def test_contact_hours_that_never_come_are_refused() -> None:
    with pytest.raises(ValueError, match="no contact hours"):
        next_open(in_berlin(2026, 3, 2, 23), BERLIN, ())


zones = st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"])
instants = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))


@given(instants, zones.map(ZoneInfo))
def test_what_is_found_is_open_and_never_earlier(instant: datetime, zone: ZoneInfo) -> None:
    found = next_open(instant, zone)
    assert found >= instant
    assert next_open(found, zone) == found
    assert 8 <= found.astimezone(zone).hour < 20


@given(instants, zones.map(ZoneInfo))
def test_nothing_open_is_passed_over(instant: datetime, zone: ZoneInfo) -> None:
    if 8 <= instant.astimezone(zone).hour < 20:
        assert next_open(instant, zone, DEFAULT_CONTACT_HOURS) == instant
