"""Can words of a client be asked for once their matter is over, and taken down when they say so?"""

import pytest

from shared.contracts.cards import CardTold, MatterTold
from shared.contracts.testimonials import PublicationWithdrawn, TestimonialSought
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLIENT, LEO, OSKAR

PLACE = "/clients/c-1/testimonial"
SEEK = {"do": "seek"}
MATTERS = [MatterTold(matter_id="m-1", state="closed"), MatterTold(matter_id="m-2", state="open")]


@pytest.fixture
def known(site: Site) -> Site:
    site.memory.office.hear(CLIENT, id="e-client")
    card = CardTold(client_id="c-1", known=True, name="Anna M", matters=MATTERS)
    site.memory.cards.told["c-1"] = card
    return site


async def test_they_are_asked_for_about_a_matter_that_is_closed(known: Site) -> None:
    browser = await known.as_person(ASH)
    page = await browser.get(PLACE)
    assert "m-2" not in page.text
    for _ in range(2):
        assert (await browser.post(PLACE, page, SEEK | {"matter": "m-1"})).status_code == 303
    announced = known.memory.office.announced
    assert len({each.id for each in announced if each.type == TestimonialSought.TYPE}) == 1
    said = known.memory.office.announced_of(TestimonialSought)[0]
    assert (said.client_id, said.matter_id, said.by) == ("c-1", "m-1", "ash")


@pytest.mark.parametrize("matter", ["m-2", "", "m-9"])
async def test_about_no_other_matter_anybody_is_asked(known: Site, matter: str) -> None:
    browser = await known.as_person(LEO)
    refused = await browser.post(PLACE, await browser.get(PLACE), SEEK | {"matter": matter})
    assert refused.status_code == 422
    assert "Choose a matter that is closed" in refused.text
    assert known.memory.office.announced_of(TestimonialSought) == []


async def test_a_client_who_says_so_by_telephone_is_heard(known: Site) -> None:
    browser = await known.as_person(ASH)
    taken = await browser.post(PLACE, await browser.get(PLACE), {"do": "withdraw"})
    assert taken.status_code == 303
    (said,) = known.memory.office.announced_of(PublicationWithdrawn)
    assert (said.client_id, said.testimonial_id, said.by) == ("c-1", None, "client")


async def test_whoever_does_not_work_with_clients_may_do_neither(known: Site) -> None:
    assert (await (await known.as_person(OSKAR)).get(PLACE)).status_code == 403
