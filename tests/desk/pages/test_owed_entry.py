"""Can staff enter what is owed, without another system, and is each mistake named at its field?"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from services.desk.ports.diary import DEADLINES
from shared.contracts.commitments import CommitmentMade
from shared.contracts.deadlines import DeadlineSet
from shared.contracts.promises import CallRequested, OfferReceived, PromiseMade
from shared.contracts.tasks import About
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLIENT, LEO, NOON, OSKAR, created
from tests.desk.walls import wall

PLACE = "/clients/c-1/owed"


async def send(site: Site, what: str, fields: Mapping[str, str]) -> httpx.Response:
    site.memory.office.hear(CLIENT, id="e-client")
    browser = await site.as_person(LEO)
    page = await browser.get(f"{PLACE}?what={what}")
    return await browser.post(PLACE, page, fields)


async def test_a_promise_is_said_like_one_of_any_other_system(site: Site) -> None:
    fields = {"promised": "document", "due_day": "2026-03-06", "due_time": "", "matter": "m-1"}
    answer = await send(site, "promise", fields)
    assert answer.status_code == 303, answer.text
    (said,) = site.memory.office.announced_of(PromiseMade)
    assert (said.client_id, said.matter_id, said.what, said.by) == ("c-1", "m-1", "document", "leo")
    assert said.due_at == datetime(2026, 3, 6, 18, tzinfo=UTC)  # when the firm closes


async def test_a_call_counts_from_when_they_rang(site: Site) -> None:
    fields = {"purpose": "invoice", "day": "2026-03-02", "time": "09:30"}
    assert (await send(site, "call", fields)).status_code == 303
    (said,) = site.memory.office.announced_of(CallRequested)
    assert (said.purpose, said.at) == ("invoice", NOON - timedelta(hours=2, minutes=30))


async def test_an_offer_has_its_matter_and_until_when_it_is_open(site: Site) -> None:
    fields = {"matter": "m-1", "day": "2026-03-02", "time": "09:30", "expires_day": "2026-03-09"}
    assert (await send(site, "offer", fields)).status_code == 303
    (said,) = site.memory.office.announced_of(OfferReceived)
    assert said.expires_at == datetime(2026, 3, 9, 23, 59, tzinfo=UTC)


async def test_a_deadline_is_entered_once_however_often_its_form_is_sent(site: Site) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    browser = await site.as_person(LEO)
    page = await browser.get(f"{PLACE}?what=deadline")
    fields = {"matter": "m-1", "kind": "appeal", "date": "2026-03-08", "source_rule": "§ 517 ZPO"}
    for _ in range(2):
        assert (await browser.post(PLACE, page, fields)).status_code == 303
    said = site.memory.office.announced_of(DeadlineSet)
    assert {(each.deadline_id, each.date, each.set_by) for each in said} == {
        (said[0].deadline_id, date(2026, 3, 8), "leo")
    }
    site.memory.office.hear(said[0], id="heard")
    assert len(site.memory.office.all(DEADLINES)) == 1


@pytest.mark.parametrize(
    ("what", "fields", "remedy"),
    [
        ("promise", {"promised": "document", "due_day": ""}, "Say by which day it was promised."),
        ("promise", {"promised": "document", "due_day": "2026-03-01"}, "This instant has passed"),
        ("promise", {"promised": "gold", "due_day": "2026-03-09"}, "Choose one of the list."),
        ("promise", {"due_day": "2026-03-09", "due_time": "late"}, "Give the time, like 15:30."),
        ("call", {"purpose": "question", "day": "2026-03-09"}, "This has not happened yet."),
        ("offer", {"matter": "", "day": "2026-03-02"}, "Say which matter it belongs to."),
        ("offer", {"matter": "m 1", "day": "2026-03-02"}, "Give the id of a matter"),
        ("deadline", {"matter": "m-1", "date": "soon"}, "Give the day, like 2026-12-04."),
        ("deadline", {"matter": "m-1", "date": "2026-03-09"}, "Say what has to be done"),
        ("deadline", {"matter": "m-1", "kind": "reply", "date": "2026-03-09"}, "by which rule"),
        ("deadline", {"matter": "m-1", "kind": "reply", "date": "2021-03-09"}, "of the last month"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(
    site: Site, what: str, fields: dict[str, str], remedy: str
) -> None:
    answer = await send(site, what, fields)
    assert answer.status_code == 422
    assert remedy in answer.text
    assert "This was not entered" in answer.text
    for typed in fields.values():
        assert not typed or typed in ("gold",) or f'value="{typed}"' in answer.text
    assert site.memory.office.announced_of(PromiseMade) == []


async def test_a_wall_keeps_whoever_stands_before_it_from_entering_anything(site: Site) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    site.memory.office.hear(wall("matter", "leo"))
    fields = {"matter": "m-1", "kind": "appeal", "date": "2026-03-08", "source_rule": "a rule"}
    answer = await send(site, "deadline", fields)
    assert answer.status_code == 403
    assert site.memory.office.announced_of(DeadlineSet) == []


async def test_who_only_keeps_the_machines_running_enters_nothing(site: Site) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    assert (await (await site.as_person(OSKAR)).get(PLACE)).status_code == 403


async def test_a_client_s_page_their_card_and_each_task_say_what_is_owed_this_week(
    site: Site,
) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    site.memory.office.hear(created(about={"client_id": "c-1"}), id="e-task")
    for n, days in enumerate((2, 30)):
        made = CommitmentMade(
            commitment_id=f"k-{n}", standard="promise", what="estimate" if n else "document",
            source="The firm", edition="1", about=About(client_id="c-1"), made_at=NOON,
            due_at=NOON + timedelta(days=days), at=NOON, rule_id="promise", rule_version=1,
        )  # fmt: skip
        site.memory.office.hear(made, id=f"e-{n}")
    browser = await site.as_person(ASH)
    for place in ("/clients/c-1", "/tasks/t-1"):
        page = (await browser.get(place)).text
        week = page[page.index("Owed this week:") :][:200]
        assert "A promise (document)" in week
        assert "estimate" not in week
    assert f'href="{PLACE}?what=deadline"' in (await browser.get("/clients/c-1")).text
