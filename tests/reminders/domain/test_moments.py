"""Does a date or a time read right, wherever the reader and the place are?"""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.moment_words import MomentWords
from services.reminders.domain.moments import Reader, day_of
from services.reminders.settings import TEXTS
from shared.yaml_text import loaded

WORDS = {
    language: MomentWords.model_validate(
        loaded((TEXTS / language / "frame" / "moments.yaml").read_text("utf-8"))
    )
    for language in ("en", "de")
}
BERLIN, NEW_YORK, TOKYO = (
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Tokyo")
)
TEN_IN_BERLIN = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
ZONES = st.sampled_from([BERLIN, NEW_YORK, TOKYO, ZoneInfo("America/Los_Angeles"),
                         ZoneInfo("Pacific/Auckland"), ZoneInfo("Asia/Kathmandu")])  # fmt: skip


def reader(zone: ZoneInfo, place: ZoneInfo | None = BERLIN, language: str = "en") -> Reader:
    locale = Locale.parse("en_US" if language == "en" else "de_DE")
    return Reader(
        locale=locale, words=WORDS[language], zone=zone, firm=BERLIN, now=NOW, place=place
    )


def test_in_one_zone_no_zone_is_named() -> None:
    assert reader(BERLIN).clock(TEN_IN_BERLIN) == "10:00 AM"
    assert reader(BERLIN).clock_note(TEN_IN_BERLIN) == ""


def test_a_meeting_elsewhere_shows_the_clock_of_its_place_and_the_readers() -> None:
    assert reader(NEW_YORK).clock(TEN_IN_BERLIN) == "10:00 AM"
    assert reader(NEW_YORK).clock_note(TEN_IN_BERLIN) == " (Berlin time; 5:00 AM your time)"
    note = reader(NEW_YORK, language="de").clock_note(TEN_IN_BERLIN)
    assert note == " (Ortszeit Berlin; bei Ihnen 05:00 Uhr)"


def test_where_it_is_another_day_for_the_reader_that_day_is_named() -> None:
    early = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
    los_angeles = reader(ZoneInfo("America/Los_Angeles"), TOKYO)
    assert los_angeles.day(early) == "Monday, March 16, 2026"
    assert los_angeles.clock_note(early) == " (Tokyo time; 12:00 AM your time)"
    late = datetime(2026, 3, 15, 20, 0, tzinfo=UTC)
    assert los_angeles.clock_note(late) == (
        " (Tokyo time; Sunday, March 15, 2026, 1:00 PM your time)"
    )


def test_a_time_without_a_place_is_the_readers_and_says_so_away_from_the_firm() -> None:
    assert reader(BERLIN, None).clock_note(TEN_IN_BERLIN) == ""
    assert reader(NEW_YORK, None).clock(TEN_IN_BERLIN) == "5:00 AM"
    assert reader(NEW_YORK, None).clock_note(TEN_IN_BERLIN) == " (your time)"


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-12-15T00:00:00+01:00", date(2026, 12, 15)),
        ("2026-12-15T23:59:59+01:00", date(2026, 12, 15)),
        ("2026-12-15T00:00:00Z", date(2026, 12, 15)),
        ("2026-12-15T12:00:00+01:00", date(2026, 12, 15)),
    ],
)
def test_an_instant_that_means_a_day_is_that_day_of_the_firms_calendar(
    instant: str, day: date
) -> None:
    assert day_of(datetime.fromisoformat(instant), BERLIN) == day


@given(ZONES)
def test_a_day_is_the_same_day_for_every_reader(zone: ZoneInfo) -> None:
    assert reader(zone).day(date(2026, 12, 15)) == "Tuesday, December 15, 2026"


def test_a_day_is_gone_only_once_it_is_over_at_the_firm() -> None:
    today = NOW.astimezone(BERLIN).date()
    assert not reader(TOKYO).gone(today)
    assert reader(TOKYO).gone(date(2026, 3, 8))


def test_where_two_calendars_disagree_about_today_the_day_itself_is_named() -> None:
    noon = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)  # in Tokyo
    evening = datetime(2026, 3, 9, 20, 0, tzinfo=UTC)  # the 10th in Tokyo, the 9th in New York
    there = replace(reader(NEW_YORK, TOKYO), now=evening)
    assert there.relative(noon) == "on Tuesday, March 10, 2026"
    assert replace(reader(TOKYO, TOKYO), now=evening).relative(noon) == "today"


def test_a_far_day_and_a_near_one_are_punctuated_as_a_native_would() -> None:
    far, near = datetime(2026, 3, 8, 9, 0, tzinfo=UTC), datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    german = reader(BERLIN, language="de")
    assert german.when(near) == "morgen um 10:00 Uhr"
    assert german.when(far) == "am Sonntag, 8. März 2026, um 10:00 Uhr"


@given(ZONES, ZONES, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001
def test_two_words_of_one_sentence_come_from_one_clock(
    zone: ZoneInfo, place: ZoneInfo, wall: datetime
) -> None:
    instant = wall.replace(tzinfo=UTC, second=0, microsecond=0)
    shown = instant.astimezone(place)
    said = reader(zone, place)
    assert str(shown.day) in said.day(instant)
    assert f"{shown:%M}" in said.clock(instant)
    same = instant.astimezone(zone).utcoffset() == shown.utcoffset()
    assert (said.clock_note(instant) == "") is same
