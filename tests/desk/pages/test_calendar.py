"""Does a calendar program get a person's due tasks, neutral, and nobody else anything?"""

from datetime import timedelta
from typing import Any

import httpx
from icalendar import Calendar

from services.desk.ports.preferences import CALENDARS
from services.desk.ports.staff import STAFF
from shared.contracts.envelope import Cause
from shared.contracts.firm import ClientOnboarded
from tests.desk.browsing import URL, Browser, Site
from tests.desk.facts import ASH, DUE, LEO, NOON, PAT, completed, created


def hear(site: Site, *ids: str, **changes: Any) -> None:
    for task_id in ids:
        site.memory.office.hear(created(task_id, owner_id="leo", **changes), id=f"e-{task_id}")


async def address(browser: Browser, do: str = "renew") -> str:
    """Make an address, or end it; what the settings page shows then."""
    await browser.post(f"/settings/calendar/{do}", await browser.get("/settings"))
    page = (await browser.get("/settings")).text
    return page.partition('id="calendar-address"')[2].partition('value="')[2].partition('"')[0]


async def read(site: Site, place: str, **headers: str) -> httpx.Response:
    """As a calendar program asks: without a session."""
    return await site.browser().get(place.removeprefix(URL), headers=headers)


async def test_a_calendar_shows_what_is_mine_and_open_at_its_due_time(site: Site) -> None:
    hear(site, "t-1", "t-2")
    hear(site, "t-9", barred=("leo",))
    site.memory.office.hear(created("t-3", owner_id="lena"), id="e-t-3")
    site.memory.office.hear(completed("t-2"), id="done")
    answer = await read(site, await address(await site.as_person(LEO)))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["uid"]), event.decoded("dtstart")) == ("t-1@clientele", DUE)
    assert event.decoded("dtend") == DUE + timedelta(minutes=30)
    assert str(event["url"]) == f"{URL}/tasks/t-1"


async def test_an_entry_names_no_client_no_matter_and_no_title(site: Site) -> None:
    site.memory.office.hear(
        ClientOnboarded(client_id="c-1", name="Anna Müller", email="a@example.com",
                        timezone="Europe/London", locale="en")
    )  # fmt: skip
    hear(site, "t-1", title="Call Anna about a-1")
    text = (await read(site, await address(await site.as_person(LEO)))).text
    assert "SUMMARY:Call the client\r\n" in text
    for secret in ("Anna", "c-1", "m-1", "a-1"):
        assert secret not in text


async def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    hear(site, "t-1")
    leo = await site.as_person(LEO)
    place = await address(leo)
    tag = (await read(site, place)).headers["etag"]
    site.memory.office.now += timedelta(hours=1)
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = await read(site, place, **{"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    await leo.do("/tasks/t-1/due", {"due_day": "2026-03-20"})
    changed = await read(site, place, **{"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


async def test_a_new_address_ends_the_old_one_and_off_ends_all(site: Site) -> None:
    leo = await site.as_person(LEO)
    first = await address(leo)
    second = await address(leo)
    assert first != second
    assert [(await read(site, each)).status_code for each in (first, second)] == [404, 200]
    assert await address(leo, "off") == ""
    third = await address(leo)
    assert [(await read(site, each)).status_code for each in (first, second, third)] == [
        404,
        404,
        200,
    ]


async def test_there_is_no_address_until_somebody_asks_for_one(site: Site) -> None:
    page = (await (await site.as_person(LEO)).get("/settings")).text
    assert "calendar-address" not in page
    assert (await read(site, "/c/leo.0.ics")).status_code == 404


async def test_the_address_of_one_person_cannot_be_made_into_anothers(site: Site) -> None:
    place = await address(await site.as_person(LEO))
    await address(await site.as_person(PAT))
    for forged in (place.replace("leo.", "pat."), place.replace("leo.1", "leo.2"), f"{place}x",
                   place[:-5] + ".ics"):  # fmt: skip
        assert (await read(site, forged)).status_code == 404


async def test_who_has_left_has_no_calendar(site: Site) -> None:
    place = await address(await site.as_person(LEO))
    cause = Cause("urn:clientele:desk", "c", "request", "c", None, NOON)
    from dataclasses import replace

    site.memory.office.act(
        lambda unit: unit.put(STAFF, replace(LEO, active=False)),
        lambda _: [STAFF.one("leo")],
        cause,
    )
    assert (await read(site, place)).status_code == 404


async def test_neither_the_address_nor_its_token_is_kept(site: Site) -> None:
    place = await address(await site.as_person(ASH))
    (feed,) = site.memory.office.all(CALENDARS)
    assert (feed.staff_id, feed.generation) == ("ash", 1)
    token = place.rpartition("/")[2].removesuffix(".ics")
    assert token[:32] not in str(site.memory.office._kept)


async def test_who_asks_too_often_waits(site: Site) -> None:
    place = await address(await site.as_person(LEO))
    statuses = [(await read(site, place)).status_code for _ in range(31)]
    assert (statuses[:30], statuses[30]) == ([200] * 30, 429)
