"""Is the instant at which something is due reckoned as people mean it?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.schedule import Moment, Offset, Roll, from_wall, move, reckon, roll
from shared.calendar import BusinessDays

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
    "Pacific/Apia", "Africa/Cairo", "Asia/Kathmandu",
]  # fmt: skip
EARLIEST, LATEST = map(datetime.fromisoformat, ("2009-01-01", "2029-01-01"))
zones = st.sampled_from(ZONES).map(ZoneInfo)
walls = st.datetimes(EARLIEST, LATEST).map(lambda wall: wall.replace(second=0, microsecond=0))
GERMANY = BusinessDays("DE").is_closed


def at(offset: str, **more: str) -> Moment:
    roll_to = Roll(more["roll"]) if "roll" in more else Roll.NONE
    return Moment(offset=Offset.parse(offset), time=more.get("time"), roll=roll_to)


def in_berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00+00:00"),
        ("America/New_York", "2026-03-08T02:15", "2026-03-08T07:00+00:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:30+00:00"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00+00:00"),
    ],
)
def test_a_wall_time_the_clocks_skip_is_the_first_valid_instant_after_it(
    zone: str, wall: str, instant: str
) -> None:
    assert from_wall(datetime.fromisoformat(wall), ZoneInfo(zone)) == datetime.fromisoformat(
        instant
    )


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30+00:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30+00:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45+00:00"),
    ],
)
def test_a_wall_time_that_comes_twice_is_the_first_of_the_two(
    zone: str, wall: str, instant: str
) -> None:
    assert from_wall(datetime.fromisoformat(wall), ZoneInfo(zone)) == datetime.fromisoformat(
        instant
    )


@given(zones, walls)
def test_an_instant_shows_its_wall_time_or_the_first_one_after_a_gap(
    zone: ZoneInfo, wall: datetime
) -> None:
    instant = from_wall(wall, zone)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    assert shown >= wall
    if shown > wall:
        just_before = (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        assert just_before < wall


@given(zones, walls, walls)
def test_later_wall_times_are_never_earlier_instants(
    zone: ZoneInfo, one: datetime, other: datetime
) -> None:
    first, second = sorted((one, other))
    if first.date() != second.date():
        assert from_wall(first, zone) <= from_wall(second, zone)


@given(zones, walls, st.integers(-60, 60))
def test_days_are_calendar_days_also_across_changes_of_the_clocks(
    zone: ZoneInfo, wall: datetime, days: int
) -> None:
    anchor = from_wall(wall, zone)
    moment = Moment(offset=Offset.parse(f"{days:+}d"), time="12:00")
    due = reckon(moment, anchor, zone, lambda _: False)
    wanted = anchor.astimezone(zone).date() + timedelta(days=days)
    assert due.wall == f"{wanted.isoformat()}T12:00"


@given(zones, walls, st.integers(-200, 200))
def test_hours_are_elapsed_time(zone: ZoneInfo, wall: datetime, hours: int) -> None:
    anchor = from_wall(wall, zone)
    due = reckon(at(f"{hours:+}h"), anchor, zone, lambda _: False)
    assert due.instant - anchor == timedelta(hours=hours)


def test_a_day_before_keeps_the_time_of_day_when_clocks_change_in_between() -> None:
    due = reckon(at("-1d"), in_berlin(2026, 3, 29, 14), BERLIN, GERMANY)
    assert due.instant == in_berlin(2026, 3, 28, 14)


@pytest.mark.parametrize(("offset", "wanted"), [("-1bd", 2), ("-2bd", 1), ("+1bd", 8)])
def test_business_days_step_over_easter(offset: str, wanted: int) -> None:
    tuesday_after_easter = in_berlin(2026, 4, 7, 10)
    due = reckon(at(offset), tuesday_after_easter, BERLIN, GERMANY)
    assert due.instant.astimezone(BERLIN).date() == date(2026, 4, wanted)


def test_an_escalation_begun_on_friday_evening_goes_on_on_monday() -> None:
    friday = in_berlin(2026, 3, 6, 17)
    days = [reckon(at(f"+{n}bd"), friday, BERLIN, GERMANY).wall for n in (1, 2, 3)]
    assert days == ["2026-03-09T17:00", "2026-03-10T17:00", "2026-03-11T17:00"]


@pytest.mark.parametrize(("direction", "wanted"), [("preceding", 2), ("following", 7), ("none", 4)])
def test_a_day_that_is_closed_rolls_as_the_rule_says(direction: str, wanted: int) -> None:
    due = reckon(at("-10d", roll=direction), in_berlin(2026, 4, 14, 10), BERLIN, GERMANY)
    assert due.instant.astimezone(BERLIN).date() == date(2026, 4, wanted)


def test_hours_can_roll_too() -> None:
    due = reckon(at("-24h", roll="preceding"), in_berlin(2026, 3, 9, 9), BERLIN, GERMANY)
    assert due.wall == "2026-03-06T09:00"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 30))
def test_business_days_back_and_forth_lead_to_the_same_day(day: date, amount: int) -> None:
    start = roll(day, Roll.FOLLOWING, GERMANY)
    there = move(start, Offset.parse(f"+{amount}bd"), GERMANY)
    assert move(there, Offset.parse(f"-{amount}bd"), GERMANY) == start


@pytest.mark.parametrize(
    ("start", "offset", "wanted"),
    [
        (date(2026, 1, 31), "+1mo", date(2026, 2, 28)),
        (date(2028, 1, 31), "+1mo", date(2028, 2, 29)),
        (date(2026, 1, 31), "+2mo", date(2026, 3, 31)),
        (date(2026, 3, 31), "-1mo", date(2026, 2, 28)),
        (date(2026, 12, 31), "+2w", date(2027, 1, 14)),
    ],
)
def test_months_end_where_the_month_ends(start: date, offset: str, wanted: date) -> None:
    assert move(start, Offset.parse(offset), GERMANY) == wanted


@pytest.mark.parametrize("text", ["7", "d", "-7 days", "", "+1.5h", "now"])
def test_an_offset_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="such as -7d"):
        Offset.parse(text)


def test_the_time_of_day_is_the_recipients() -> None:
    due = reckon(at("-1d", time="10:00"), datetime(2026, 3, 5, 1, tzinfo=UTC),
                 ZoneInfo("America/New_York"), GERMANY)  # fmt: skip
    local = due.instant.astimezone(ZoneInfo("America/New_York"))
    assert (local.date(), local.time()) == (date(2026, 3, 3), time(10))
