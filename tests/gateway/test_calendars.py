"""Does what stands in a calendar come to be known, moved and called off, once, and of whom?"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from services.gateway.domain.calendars.kept import KeptCalendar, Marks, digest_of
from services.gateway.domain.last_words import Notebook
from services.gateway.domain.reading import FirmDefaults
from services.gateway.domain.sources import SourceError, source_from
from services.gateway.due import note
from services.gateway.gateways.calendar_fetch import Fetched
from services.gateway.gateways.calendar_watch import CalendarWatch
from services.gateway.ops.doors import figures
from services.gateway.ports import CALENDARS, IMPORTED
from services.gateway.settings import Secrets
from shared.contracts.records import RecordsOrdered
from shared.engine.runtime import Runtime
from shared.telemetry.metrics import CoreMetrics
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.a_calendar import calendar, event
from tests.gateway.doors import new_office, none_unread, onboarded
from tests.gateway.sending import nothing_sent

DAYS_AHEAD = "20260310T090000Z"


class Calendars:
    """A gateway over memory that reads one calendar, as its server answers."""

    def __init__(self, folder: Path, **rules: Any) -> None:
        (folder / "court").write_text("https://calendar.example/secret.ics\n")
        self.office, self.config = new_office({"court": {"calendar": rules}})
        self.runtime = cast("Any", MemoryRuntime(self.office))
        self.runtime.name, self.runtime.db = "gateway", None
        self.runtime.metrics = CoreMetrics("gateway")
        self.runtime.settings = SimpleNamespace(replica="one")
        self.secrets, self.notebook = Secrets(folder), Notebook()
        self.answer, self.asked = Fetched(), list[Marks]()
        self.watch = CalendarWatch(self.config, self._address, self._fetch, self.notebook)

    def _address(self, source: Any) -> str | None:
        return next(iter(self.secrets.of(source.secret_name)), None)

    async def _fetch(self, url: str, last: Marks) -> Fetched:
        assert url == "https://calendar.example/secret.ics"
        self.asked.append(last)
        return self.answer

    async def holds(self, *events: str, **how: Any) -> list[tuple[str, str, bool]]:
        """The calendar holds these; what is said: type, appointment, and whether as history."""
        content = calendar(*events, **how)
        return await self.says(Fetched(content, Marks("e-1", "", digest_of(content))))

    async def says(self, answer: Fetched) -> list[tuple[str, str, bool]]:
        """The server answers this at the next time."""
        self.answer = answer
        self.office.announced.clear()
        runtime: Runtime = self.runtime
        for source in self.config.sources.values():
            await self.watch.look_at(runtime, source)
        told = self.office.announced
        self.office.now += self.config.sources["court"].calendar.rhythm  # type: ignore[union-attr]
        return [(e.type, e.data.appointment_id, e.history) for e in told if "appoint" in e.type]

    @property
    def kept(self) -> KeptCalendar:
        """What is known of it."""
        found = self.office.get(CALENDARS, "court")
        assert found is not None
        return found

    async def heard(self) -> Any:
        """What ops see of it."""
        await note(self.config, self.notebook, self.runtime)
        told = await figures(self.config, self.secrets, none_unread, nothing_sent, self.runtime)
        assert told.sources is not None
        return told.sources[0]


@pytest.fixture
def read(tmp_path: Path) -> Calendars:
    return Calendars(tmp_path)


async def test_what_it_held_at_first_is_history_and_what_comes_later_is_news(
    read: Calendars,
) -> None:
    assert await read.holds(event("a@x")) == [("appointment-scheduled", "a@x", True)]
    assert await read.holds(event("a@x"), event("b@x", "20260312T090000Z")) == [
        ("appointment-scheduled", "b@x", False)
    ]


async def test_it_is_said_by_the_source_with_its_zone_and_moment(read: Calendars) -> None:
    await read.holds(event("a@x", ";TZID=America/New_York:20260310T090000"))
    (said,) = read.office.announced
    assert said.source == "urn:system:gateway:court"
    assert (said.data.timezone, said.data.starts_at.hour) == ("America/New_York", 13)


async def test_the_same_again_says_nothing(read: Calendars) -> None:
    await read.holds(event("a@x"))
    assert await read.holds(event("a@x"), event("n@x", client="")) == []
    assert read.kept.left_out == 1


async def test_moved_is_rescheduled_and_gone_is_cancelled(read: Calendars) -> None:
    await read.holds(event("a@x"), event("b@x"), event("c@x"))
    assert await read.holds(
        event("a@x", "20260311T100000Z"), event("c@x", DAYS_AHEAD, "STATUS:CANCELLED", client="")
    ) == [
        ("appointment-cancelled", "c@x", False),
        ("appointment-rescheduled", "a@x", False),
        ("appointment-cancelled", "b@x", False),
    ]
    assert set(read.kept.known) == {"a@x"}
    assert await read.holds(event("a@x", "20260311T100000Z")) == []


async def test_what_was_called_off_and_is_back_is_an_appointment_again(read: Calendars) -> None:
    await read.holds(event("a@x"), event("b@x"))
    await read.holds(event("b@x"))
    assert await read.holds(event("a@x"), event("b@x")) == [
        ("appointment-rescheduled", "a@x", False)
    ]


async def test_more_of_a_series_that_comes_nearer_is_told_quietly(read: Calendars) -> None:
    weekly = event("s@x", DAYS_AHEAD, "RRULE:FREQ=WEEKLY;COUNT=2")
    await read.holds(event("a@x"))
    assert await read.holds(event("a@x"), weekly) == [
        ("appointment-scheduled", "s@x/2026-03-10", False),
        ("appointment-scheduled", "s@x/2026-03-17", True),
    ]


async def test_a_client_is_found_by_whoever_is_invited_or_it_is_said(read: Calendars) -> None:
    ada, eve = ("ATTENDEE:mailto:Ada@client.example", "ATTENDEE:mailto:eve@nobody.example")
    told = await read.holds(
        event("a@x", DAYS_AHEAD, ada, eve, client=""), event("e@x", DAYS_AHEAD, eve, client="")
    )
    assert told == [("appointment-scheduled", "a@x", True)]
    assert read.kept.unmatched == 1
    assert read.kept.said == ("2026-03-10T09:00:00.000Z nobody",)
    heard = await read.heard()
    assert (heard.unmatched, heard.said, heard.fetched) == (1, list(read.kept.said), True)
    assert "eve" not in str(read.kept)


async def test_who_is_known_later_gets_the_appointment_though_the_calendar_did_not_change(
    read: Calendars,
) -> None:
    entry = event("e@x", DAYS_AHEAD, "ATTENDEE:mailto:eve@client.example", client="")
    await read.holds(entry)
    read.office.hear(onboarded("c-2", "eve@client.example"))
    assert [each[1] for each in await read.holds(entry)] == ["e@x"]
    assert read.asked == [Marks(), Marks()]


async def test_a_server_is_asked_for_what_changed_and_nothing_new_is_nothing(
    read: Calendars,
) -> None:
    await read.holds(event("a@x"))
    assert await read.says(Fetched(marks=Marks("e-1"))) == []
    assert read.asked[1].etag == "e-1"
    assert (await read.heard()).count == 2


async def test_a_calendar_that_cannot_be_read_calls_off_nothing_and_is_silent(
    read: Calendars,
) -> None:
    await read.holds(event("a@x"))
    for answer in (Fetched(problem="status-404"), Fetched(b"<html>", Marks())):
        for _ in range(3):
            assert await read.says(answer) == []
    heard = await read.heard()
    assert heard.away == "no-calendar"
    assert heard.silent_seconds > 0
    assert await read.holds(event("a@x", "20260311T100000Z")) != []
    assert (await read.heard()).away is None


async def test_a_calendar_that_is_empty_of_a_sudden_is_not_believed(tmp_path: Path) -> None:
    read = Calendars(tmp_path, missing_at_most=1)
    await read.holds(event("a@x"), event("b@x"))
    assert await read.holds() == []
    assert (await read.heard()).away == "too-much-gone: 2"
    assert await read.holds(event("a@x")) == [("appointment-cancelled", "b@x", False)]
    assert read.kept.problem == ""


async def test_one_replica_fetches_it_at_a_time(read: Calendars) -> None:
    await read.holds(event("a@x"))
    read.office.now -= read.config.sources["court"].calendar.rhythm  # type: ignore[union-attr]
    assert await read.holds(event("b@x")) == []
    assert len(read.asked) == 1


async def test_without_an_address_nothing_is_fetched_and_it_is_said(
    read: Calendars, tmp_path: Path
) -> None:
    (tmp_path / "court").unlink()
    assert await read.holds(event("a@x")) == []
    assert not (await read.heard()).is_open


async def test_ended_halfway_it_is_taken_up_where_it_was(read: Calendars) -> None:
    many = [event(f"u{n}@x") for n in range(150)]
    acts, act = 0, read.runtime.act

    async def dies(*given: Any, **named: Any) -> Any:
        nonlocal acts
        acts += 1
        if acts == 3:  # the claim, then a hundred; then it is killed
            raise KeyboardInterrupt
        return await act(*given, **named)

    read.runtime.act = dies
    with pytest.raises(KeyboardInterrupt):
        await read.holds(*many)
    read.runtime.act = act
    assert len(read.kept.known) == 100
    read.office.now += read.config.sources["court"].calendar.rhythm  # type: ignore[union-attr]
    told = await read.holds(*many)
    assert len(told) == 50
    assert {each[2] for each in told} == {True}
    assert len(read.office.all(IMPORTED)) == 150


async def test_of_somebody_erased_nothing_is_taken_in_again(read: Calendars) -> None:
    await read.holds(event("a@x"))
    order = RecordsOrdered(request_id="r-1", client_id="c-1", do="erase", at=read.office.now)
    read.office.hear(order)
    assert await read.holds(event("a@x", "20260311T100000Z")) == []


@pytest.mark.parametrize(("said", "why"), [
    ({"calendar": {}, "adapter": "calendly"}, "a source with calendar is fetched"),
    ({"calendar": {"every": "10s"}}, "write 90m"),
    ({"calendar": {"zone": "Berlin"}}, "IANA time zone"),
    ({"calendar": {"client": []}}, "calendar.client"),
    ({"calendar": {"client": [{"line": "x", "category": "y"}]}}, "say one of property"),
    ({"calendar": {"kind": [{"attendee": True}]}}, "an attendee says whose it is"),
    ({"calendar": {"client": [{"property": "X CLIENT"}]}}, "the name of a property"),
])  # fmt: skip
def test_a_file_that_cannot_be_followed_names_field_and_remedy(
    said: dict[str, Any], why: str
) -> None:
    with pytest.raises(SourceError, match=why):
        source_from("court", said, FirmDefaults("Europe/Berlin", "de-DE"))
