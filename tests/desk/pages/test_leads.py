"""Does a page say what a form opened elsewhere, and lead there?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.concerns import ComplaintReceived
from shared.contracts.records import AccessRequested
from tests.desk.browsing import Browser, Site, site_at
from tests.desk.facts import LEO, NOON, PAT, created
from tests.desk.walls import peopled

TASK = '<a href="/tasks/t-new" id="leads-to">Open the task</a>'
MOMENT = "The task comes within a moment."
ASKED = {"what": "access", "day": "2026-03-01", "once": "1"}
SPOKE = {"direction": "in", "channel": "phone", "day": "2026-03-01", "time": "09:00", "once": "1",
         "complaint": "fees"}  # fmt: skip


@pytest.fixture
async def site() -> Site:
    """The pages, with two clients."""
    found = await site_at(NOON)
    peopled(found.memory)
    return found


async def sent(browser: Browser, place: str, fields: dict[str, str]) -> str:
    """Where one is after this form."""
    answer = await browser.do(place, fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def said(site: Site, kind: Any) -> Any:
    (event,) = site.memory.office.announced_of(kind)
    return event


async def test_a_records_request_leads_to_its_task_once_it_is_there(site: Site) -> None:
    leo = await site.as_person(LEO)
    place = await sent(leo, "/clients/c-1/records", ASKED)
    page = (await leo.get(place)).text
    assert MOMENT in page
    assert f'<a href="{place}" id="look-again">' in page
    about = {"client_id": "c-1", "request_id": said(site, AccessRequested).request_id}
    site.memory.office.hear(created("t-new", kind="records-request", about=about))
    page = (await leo.get(place)).text
    assert (TASK in page, MOMENT in page) == (True, False)


async def test_a_complaint_leads_to_who_is_asked_to_lead_it(site: Site) -> None:
    pat = await site.as_person(PAT)
    place = await sent(pat, "/clients/c-1/contacts", SPOKE)
    about = {"client_id": "c-1", "complaint_id": said(site, ComplaintReceived).complaint_id}
    site.memory.office.hear(created("t-new", kind="service-recovery", about=about, role="partner"))
    assert TASK in (await pat.get(place)).text


async def test_whoever_may_not_deal_with_the_task_is_led_nowhere(site: Site) -> None:
    pat = await site.as_person(PAT)
    place = await sent(pat, "/clients/c-1/contacts", SPOKE)
    about = {"client_id": "c-1", "complaint_id": said(site, ComplaintReceived).complaint_id}
    barred = created("t-new", kind="service-recovery", about=about, role="partner", barred=["pat"])
    site.memory.office.hear(barred)
    page = (await pat.get(place)).text
    assert ("somebody is asked to lead the complaint" in page, "leads-to" in page) == (True, False)
    assert MOMENT not in page


async def test_a_task_that_does_not_come_is_spoken_of_no_more(site: Site) -> None:
    leo = await site.as_person(LEO)
    place = await sent(leo, "/clients/c-1/records", ASKED)
    site.time.now += timedelta(minutes=2)
    assert MOMENT not in (await leo.get(place)).text


async def test_a_task_that_was_added_is_one_step_away(site: Site) -> None:
    leo = await site.as_person(LEO)
    fields = {"todo": "Send the file.", "due_day": "2026-03-05", "once": "1"}
    page = (await leo.get(await sent(leo, "/clients/c-1/follow-ups", fields))).text
    assert 'id="leads-to">Open the task</a>' in page


async def test_who_merges_two_is_led_to_the_task_of_the_second_person(site: Site) -> None:
    leo = await site.as_person(LEO)
    fields = {"merged_id": "c-2", "sure": "yes", "once": "1"}
    place = await sent(leo, "/clients/c-1/records/merge", fields)
    assert MOMENT in (await leo.get(place)).text


@pytest.mark.parametrize(
    ("fields", "leads"),
    [({"what": "promise", "promised": "update", "matter": "m-1", "due_day": "2026-03-06",
       "due_time": ""}, "/promised"),
     ({"what": "deadline", "kind": "appeal", "matter": "m-1", "date": "2026-03-08",
       "source_rule": "§ 517 ZPO"}, "/deadlines")],
)  # fmt: skip
async def test_what_is_owed_leads_to_its_list(
    site: Site, fields: dict[str, str], leads: str
) -> None:
    leo = await site.as_person(LEO)
    place = await sent(leo, "/clients/c-1/owed", {**fields, "once": "1"})
    assert f'<a href="{leads}" id="leads-to">' in (await leo.get(place)).text


@pytest.mark.parametrize("place", ["/clients/c-1/restrictions", "/restrictions"])
async def test_a_hold_says_that_it_holds_and_leads_to_what_stands(site: Site, place: str) -> None:
    pat = await site.as_person(PAT)
    fields = {"kind": "freeze", "scope": "firm", "why": "A fire", "once": "1"}
    page = (await pat.get(await sent(pat, place, fields))).text
    assert "It holds from now on." in page
    assert f'<a href="{place}" id="leads-to">' in page
