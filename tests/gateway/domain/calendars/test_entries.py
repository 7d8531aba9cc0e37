"""Is a calendar read as the program that wrote it means it, and is the rest said?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.calendars.entries import (
    LARGEST,
    MOST_ENTRIES,
    CalendarError,
    read_calendar,
)
from services.gateway.domain.calendars.rules import CalendarRules
from tests.gateway.a_calendar import NOW, ZONE, calendar, event, left_out, read, the_one

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"
BERLIN = ";TZID=Europe/Berlin:20260325T090000"


@pytest.mark.parametrize(("start", "starts", "zone"), [
    (";TZID=America/New_York:20260310T090000", "2026-03-10T13:00:00.000Z", "America/New_York"),
    (";TZID=W. Europe Standard Time:20260310T090000", "2026-03-10T08:00:00.000Z", ZONE),
    ("20260310T090000Z", "2026-03-10T09:00:00.000Z", ZONE),
    ("20260310T090000", "2026-03-10T08:00:00.000Z", ZONE),
    (";VALUE=DATE:20260310", "2026-03-10", ZONE),
])  # fmt: skip
def test_the_zone_is_kept_with_the_moment(start: str, starts: str, zone: str) -> None:
    fields = the_one(event(start=start))
    assert (fields["starts"], fields["timezone"]) == (starts, zone)


def test_what_a_calendar_calls_its_zone_holds_for_what_names_none() -> None:
    fields = the_one(event(start="20260310T090000Z"), zone="America/New_York")
    assert fields["timezone"] == "America/New_York"
    assert fields["starts"] == "2026-03-10T09:00:00.000Z"


def test_a_series_keeps_its_hour_when_the_clocks_are_put_forward() -> None:
    found = read(event("s@x", BERLIN, WEEKLY)).found
    assert [(each.entry.id, each.starts) for each in found] == [
        ("s@x/2026-03-25", "2026-03-25T08:00:00.000Z"),
        ("s@x/2026-04-01", "2026-04-01T07:00:00.000Z"),
        ("s@x/2026-04-08", "2026-04-08T07:00:00.000Z"),
    ]


def test_an_appointment_of_a_series_that_is_moved_keeps_its_id() -> None:
    moved = event("s@x", ";TZID=Europe/Berlin:20260402T140000",
                  "RECURRENCE-ID;TZID=Europe/Berlin:20260401T090000")  # fmt: skip
    found = read(event("s@x", BERLIN, WEEKLY), moved).found
    starts = {each.entry.id: each.starts for each in found}
    assert starts["s@x/2026-04-01"] == "2026-04-02T12:00:00.000Z"
    later = read(event("s@x", ";TZID=Europe/Berlin:20260325T100000", WEEKLY)).found
    assert {each.entry.id for each in later} == set(starts)


def test_of_a_series_one_is_left_out_and_another_called_off() -> None:
    off = event("s@x", BERLIN.replace("0325", "0408"), "STATUS:CANCELLED",
                "RECURRENCE-ID;TZID=Europe/Berlin:20260408T090000")  # fmt: skip
    first = event("s@x", BERLIN, WEEKLY, "EXDATE;TZID=Europe/Berlin:20260401T090000")
    there = read(first, off)
    assert [(each.entry.id, each.is_off) for each in there.found] == [
        ("s@x/2026-03-25", False), ("s@x/2026-04-08", True)
    ]  # fmt: skip
    assert there.series == {"s@x"}
    assert there.off == set()


@pytest.mark.parametrize(("method", "lines"), [("CANCEL", ()), ("", ("STATUS:CANCELLED",))])
def test_what_is_called_off_is_so_whoever_it_names(method: str, lines: tuple[str, ...]) -> None:
    there = read(event("a@x", "20260310T090000Z", *lines, client=""), method=method)
    assert [each.is_off for each in there.found] == [True]
    assert there.off == {"a@x"}


@pytest.mark.parametrize(("line", "places", "named"), [
    ("X-CLIENT-ID:c-7", [{"property": "x-client-id"}], {"client_id": "c-7"}),
    ("CATEGORIES:court,Client: c-7", [{"category": "client:"}], {"client_id": "c-7"}),
    ("DESCRIPTION:Bring papers\\nMandant: c-7\\n", [{"line": "mandant:"}], {"client_id": "c-7"}),
    ("ATTENDEE;CN=Ada:mailto:Ada@Client.Example", [{"attendee": True}],
     {"client_email": "ada@client.example"}),
])  # fmt: skip
def test_whose_it_is_stands_where_the_firm_says(
    line: str, places: list[dict[str, object]], named: dict[str, str]
) -> None:
    fields = the_one(event("a@x", "20260310T090000Z", line, client=""), client=places)
    assert {name: fields[name] for name in named} == named


def test_an_id_gets_the_firms_own_beginning_and_kind_and_matter_are_read() -> None:
    lines = ("CATEGORIES:matter:m-3,kind:hearing", "LOCATION:Court\\, room 3")
    fields = the_one(
        event("a@x", "20260310T090000Z", *lines, client="17"), client_prefix="c-",
        matter=[{"category": "matter:"}], kind=[{"category": "kind:"}],
    )  # fmt: skip
    assert (fields["client_id"], fields["matter_id"], fields["kind"], fields["location"]) == (
        "c-17", "m-3", "hearing", "Court, room 3"
    )  # fmt: skip


def test_of_those_invited_only_strangers_are_asked_for() -> None:
    lines = (
        "ORGANIZER:mailto:lawyer@firm.example", "ATTENDEE:mailto:lawyer@firm.example",
        "ATTENDEE:mailto:clerk@firm.example", "ATTENDEE;CUTYPE=ROOM:mailto:room@rooms.example",
        "ATTENDEE:mailto:ada@client.example", "ATTENDEE:MAILTO:ADA@client.example",
    )  # fmt: skip
    fields = the_one(event("a@x", "20260310T090000Z", *lines, client=""), own=["@firm.example"])
    assert fields["client_email"] == "ada@client.example"


@pytest.mark.parametrize(("lines", "how", "field"), [
    ((), {}, "client_id"),
    (("X-CLIENT-ID:c-1", "STATUS:TENTATIVE"), {}, "STATUS"),
    (("X-CLIENT-ID:c-1", "RRULE:FREQ=SECONDLY"), {}, "RRULE"),
    (("X-CLIENT-ID:c-1", "RRULE:FREQ=DAILY;BYHOUR=8,9,10,11,12"), {}, "RRULE"),
    (("X-CLIENT-ID:c-1", "RRULE:FREQ=DAILY;UNTIL=nonsense"), {}, "RRULE"),
])  # fmt: skip
def test_what_nothing_is_made_of_is_said(
    lines: tuple[str, ...], how: dict[str, object], field: str
) -> None:
    said = left_out(event("a@x", "20260310T090000Z", *lines, client=""), **how)
    assert (said.uid, said.why.field) == ("a@x", field)


def test_an_hour_the_clocks_skip_is_said_and_keeps_back_no_other() -> None:
    there = read(event("a@x", "20260329T023000"), event("b@x"))
    assert [each.uid for each in there.found] == ["b@x"]
    assert there.left_out[0].why.field == "DTSTART"
    assert there.uids == {"a@x", "b@x"}


def test_an_entry_without_an_id_or_a_beginning_is_said() -> None:
    bare = "BEGIN:VEVENT\r\nUID:b@x\r\nX-CLIENT-ID:c-1\r\nEND:VEVENT"
    there = read(event(""), bare)
    assert [each.why.field for each in there.left_out] == ["uid", "DTSTART"]


def test_what_is_tentative_is_one_where_the_firm_says_so() -> None:
    assert the_one(event("a@x", "20260310T090000Z", "STATUS:TENTATIVE"), tentative=True)


def test_what_is_over_tells_nothing_and_what_is_far_ahead_does() -> None:
    there = read(event("old@x", "20260101T090000Z"), event("far@x", "20280101T090000Z"))
    assert [each.uid for each in there.found] == ["far@x"]


def test_a_series_is_looked_ahead_as_far_as_the_firm_says() -> None:
    daily = event("s@x", ";VALUE=DATE:20260303", "RRULE:FREQ=DAILY")
    assert len(read(daily, ahead="10d").found) == 10


def test_a_long_id_stays_one() -> None:
    fields = the_one(event("x" * 300))
    assert fields["appointment_id"].startswith("ic")
    assert the_one(event("x" * 300))["appointment_id"] == fields["appointment_id"]


@pytest.mark.parametrize(("content", "why"), [
    (b"", "one VCALENDAR"),
    (b"<html>sign in</html>", "no iCalendar"),
    (b"\xff\xfeBEGIN", "no iCalendar"),
    (calendar(event()) * 2, "one VCALENDAR"),
    (calendar(event(), method="REPLY"), "an answer to an invitation"),
    (b" " * (LARGEST + 1), "larger than"),
])  # fmt: skip
def test_what_is_no_calendar_is_refused_as_a_whole(content: bytes, why: str) -> None:
    with pytest.raises(CalendarError, match=why):
        read_calendar(content, CalendarRules(), ZONE, NOW)


def test_so_many_appointments_are_no_calendar_of_a_firm() -> None:
    daily = "RRULE:FREQ=DAILY;BYHOUR=8,9,10,11;COUNT={}"
    many = [event(f"s{n}@x", "20260303T080000Z", daily.format(700)) for n in range(8)]
    with pytest.raises(CalendarError, match=f"more than {MOST_ENTRIES}"):
        read(*many)


@given(st.binary(max_size=300))
def test_whatever_stands_in_a_file_it_is_read_or_refused(content: bytes) -> None:
    try:
        there = read_calendar(content, CalendarRules(), ZONE, NOW)
    except CalendarError as no:
        assert no.message  # noqa: PT017 - either is right, and nothing else is
    else:
        assert there.found == ()


@given(
    st.integers(5, 400).map(lambda days: NOW + timedelta(days=days)),
    st.sampled_from([ZONE, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_whatever_the_zone_the_same_file_is_the_same_appointment(at: datetime, zone: str) -> None:
    there = read(event("a@x", f";TZID={zone}:{at:%Y%m%dT%H%M%S}"))
    local = at.replace(tzinfo=ZoneInfo(zone))
    assert [datetime.fromisoformat(each.starts) for each in there.found] == [local]
    assert [each.entry.fields["timezone"] for each in there.found] == [zone]
