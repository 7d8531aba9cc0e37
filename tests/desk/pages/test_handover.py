"""Does a matter go to another lawyer with all that is to be done about it?"""

from dataclasses import replace
from typing import Any

import pytest

from services.desk.domain.staff import StaffMember
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.contracts.cards import CardTold, MatterTold
from shared.contracts.envelope import Cause
from shared.contracts.finds import FindTold, FoundTold
from shared.contracts.handovers import HandoverCompleted
from shared.contracts.tasks import About
from tests.desk.browsing import Site, site_at
from tests.desk.facts import ASH, CLARA, LENA, LEO, NOON, OSKAR, PAT, created
from tests.desk.walls import peopled, wall

TO_LENA = {"matter": "m-1", "to": "lena"}
MATTER = About(client_id="c-1", matter_id="m-1")


@pytest.fixture
async def site() -> Site:
    """A client whose matter Leo leads, with tasks of his about it."""
    found = await site_at(NOON)
    peopled(found.memory)
    found.memory.cards.told["c-1"] = CardTold(
        client_id="c-1", known=True, name="Anna Müller",
        matters=[MatterTold(matter_id="m-1", owner_id="leo", state="open"),
                 MatterTold(matter_id="m-0", owner_id="leo", state="closed")],
    )  # fmt: skip
    found.memory.office.hear(created("t-mine", about=MATTER, owner_id="leo"), id="e-mine")
    return found


def said(site: Site) -> list[HandoverCompleted]:
    return site.memory.office.announced_of(HandoverCompleted)


def handover(**changes: Any) -> HandoverCompleted:
    facts = {"client_id": "c-1", "matter_id": "m-1", "from": "leo", "to": "lena", "at": NOON}
    return HandoverCompleted.model_validate(facts | changes)


def owner(site: Site, task_id: str) -> str | None:
    task = site.memory.office.get(LISTED, task_id)
    assert task is not None
    return task.owner_id


async def test_a_lawyer_hands_a_matter_over_on_its_clients_page(site: Site) -> None:
    browser = await site.as_person(LEO)
    assert "/clients/c-1/handover" in (await browser.get("/clients/c-1")).text
    form = (await browser.get("/clients/c-1/handover")).text
    assert "m-1, led by Leo" in form
    assert "m-0" not in form
    assert "form=brief" in form
    answer = await browser.do("/clients/c-1/handover", TO_LENA)
    assert answer.status_code == 303
    (event,) = said(site)
    assert dict(event.to_wire()) == {
        "client_id": "c-1", "matter_id": "m-1", "from": "leo", "to": "lena",
        "at": "2026-03-02T12:00:00.000Z",
    }  # fmt: skip


async def test_what_was_to_be_done_about_it_goes_along_whoever_said_it(site: Site) -> None:
    site.memory.office.hear(created("t-pat", about=MATTER, owner_id="pat"), id="e-pat")
    site.memory.office.hear(handover(), id="e-handover", source="urn:firm:pm")
    assert (owner(site, "t-mine"), owner(site, "t-pat")) == ("lena", "pat")
    page = (await (await site.as_person(LENA)).get("/tasks/t-mine")).text
    assert "handed over" in page


async def test_what_the_new_one_may_not_decide_is_everybodys(site: Site) -> None:
    barred = created("t-barred", about=MATTER, owner_id="leo", barred=("lena",))
    site.memory.office.hear(barred, id="e-barred")
    site.memory.office.hear(handover(), id="e-handover")
    assert owner(site, "t-barred") is None


async def test_a_handover_without_who_led_it_moves_no_task(site: Site) -> None:
    site.memory.office.hear(handover(**{"from": None}), id="e-handover")
    assert owner(site, "t-mine") == "leo"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"matter": "m-0"}, "matter"), ({"to": ""}, "to"), ({"to": "ash"}, "to"),
     ({"to": "leo"}, "to")],
)  # fmt: skip
async def test_what_is_refused_stands_at_its_field(
    site: Site, changes: dict[str, str], field: str
) -> None:
    answer = await (await site.as_person(LEO)).do("/clients/c-1/handover", TO_LENA | changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert said(site) == []


async def test_nobody_takes_over_what_a_wall_keeps_them_from(site: Site) -> None:
    site.memory.office.hear(wall("matter", "lena"))
    answer = await (await site.as_person(LEO)).do("/clients/c-1/handover", TO_LENA)
    assert answer.status_code == 422
    assert "ethical wall" in answer.text
    assert said(site) == []


@pytest.mark.parametrize("person", [ASH, CLARA], ids=lambda each: each.staff_id)
async def test_others_hand_nothing_over(site: Site, person: StaffMember) -> None:
    browser = await site.as_person(person)
    assert (await browser.get("/clients/c-1/handover")).status_code == 403
    assert (await browser.do("/clients/c-1/handover", TO_LENA)).status_code == 403
    assert (await browser.get("/handovers")).status_code == 403
    assert (await browser.do("/handovers", {"staff_id": "leo", "to": "lena"})).status_code == 403


def leave(site: Site, person: StaffMember) -> None:
    gone = replace(person, active=False)
    cause = Cause("urn:clientele:desk", "c", "request", "c", None, NOON)
    needs = [STAFF.one(person.staff_id)]
    site.memory.office.act(lambda unit: unit.put(STAFF, gone), lambda _: needs, cause)


@pytest.mark.parametrize("person", [PAT, OSKAR], ids=lambda each: each.staff_id)
async def test_what_somebody_left_is_listed_and_goes_to_one_who_is_here(
    site: Site, person: StaffMember
) -> None:
    site.memory.finds.told["led by leo"] = FindTold(
        items=[FoundTold(kind="matter", by="id", matter_id="m-1", client_id="c-1")]
    )
    leave(site, LEO)
    browser = await site.as_person(person)
    page = (await browser.get("/handovers")).text
    assert "1 open matters, 1 open tasks" in page
    assert "Anna" not in page
    assert (await browser.do("/handovers", {"staff_id": "leo", "to": "lena"})).status_code == 303
    assert [(each.matter_id, each.from_, each.to) for each in said(site)] == [
        ("m-1", "leo", "lena")
    ]
    assert owner(site, "t-mine") == "lena"


async def test_what_somebody_has_who_is_here_is_not_taken_away(site: Site) -> None:
    answer = await (await site.as_person(PAT)).do("/handovers", {"staff_id": "leo", "to": "lena"})
    assert answer.status_code == 422
    assert owner(site, "t-mine") == "leo"


async def test_nobody_hands_over_what_a_wall_keeps_them_from(site: Site) -> None:
    site.memory.office.hear(wall("client", "pat"))
    leave(site, LEO)
    page = (await (await site.as_person(PAT)).get("/handovers")).text
    assert "Nobody has left anything behind" in page
