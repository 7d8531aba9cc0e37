"""Is the desk told how each calendar is read, and can a person have it read at once?"""

from pathlib import Path
from typing import Any

import pytest

from services.gateway.gateways.calendar_fetch import Fetched
from services.gateway.ports import CALENDARS
from shared.errors import RuleError
from tests.gateway.a_calendar import calendar, event
from tests.gateway.brought import LEO, Bringing
from tests.gateway.doors import onboarded
from tests.gateway.test_calendars import DAYS_AHEAD, Calendars

ADDRESS = "https://calendar.example/secret.ics"
STRANGER = "ATTENDEE:mailto:nobody@elsewhere.example"


@pytest.fixture
def calendars(tmp_path: Path) -> Calendars:
    found = Calendars(tmp_path, every="30m", own=["@firm.example"])
    found.office.hear(onboarded("c-1", "ada@client.example"))
    return found


def desk_of(calendars: Calendars) -> Bringing:
    """The desk that asks about them."""
    return Bringing(calendars.office, calendars.config, addresses={"court": ADDRESS})


async def told(calendars: Calendars) -> Any:
    (found,) = (await desk_of(calendars).ask("calendars")).calendars
    return found


async def test_one_that_was_never_read_says_what_is_set_and_where_but_not_its_address(
    calendars: Calendars,
) -> None:
    court = await told(calendars)
    assert (court.name, court.host, court.every) == ("court", "calendar.example", "30m")
    assert (court.client, court.own) == (["property:X-CLIENT-ID", "attendee"], ["@firm.example"])
    assert (court.read_at, court.looked_at, court.appointments) == (None, None, 0)
    assert "secret" not in court.model_dump_json()


async def test_what_it_held_and_what_was_refused_is_counted_with_why(calendars: Calendars) -> None:
    await calendars.holds(
        event("a@x", DAYS_AHEAD),
        event("b@x", DAYS_AHEAD, STRANGER, client=""),
        event("c@x", DAYS_AHEAD, client=""),
    )
    await calendars.heard()
    court = await told(calendars)
    assert (court.appointments, court.unmatched, court.left_out) == (1, 1, 1)
    assert [each.rpartition(" ")[2] for each in court.said] == ["nobody"]
    assert None not in (court.read_at, court.looked_at, court.next_at)


async def test_why_it_could_not_be_read_is_told(calendars: Calendars) -> None:
    await calendars.says(Fetched(problem="status-404"))
    assert (await told(calendars)).problem == "status-404"


async def test_read_now_it_is_due_at_once_and_read_whole(calendars: Calendars) -> None:
    await calendars.holds(event("a@x", DAYS_AHEAD))
    known = calendars.kept.known
    calendars.office.now -= calendars.config.sources["court"].calendar.rhythm / 2  # type: ignore[union-attr]
    await desk_of(calendars).ask("read-calendar", name="court")
    kept = calendars.kept
    assert (kept.next_at, kept.etag, kept.digest) == (calendars.office.now, "", "")
    assert kept.known == known
    said = await calendars.says(Fetched(calendar(event("a@x", DAYS_AHEAD))))
    assert said == []
    assert calendars.asked[-1].etag == ""


@pytest.mark.parametrize(("name", "addresses", "problem"), [
    ("court", {}, "It has no address"),
    ("nobodys", {"court": ADDRESS}, "There is no such calendar"),
])  # fmt: skip
async def test_one_without_an_address_or_a_file_is_not_read(
    calendars: Calendars, name: str, addresses: dict[str, str], problem: str
) -> None:
    desk = Bringing(calendars.office, calendars.config, addresses=addresses)
    with pytest.raises(RuleError, match=problem):
        await desk.ask("read-calendar", name=name)
    assert calendars.office.all(CALENDARS) == []


@pytest.mark.parametrize("ask", ["calendars", "read-calendar"])
async def test_only_partners_and_operations_are_told(calendars: Calendars, ask: str) -> None:
    desk = desk_of(calendars)
    desk.actor = LEO
    with pytest.raises(RuleError, match="partners and operations"):
        await desk.ask(ask, name="court")
