"""Are people let in, given roles, helped and let go in the browser, by the rules of the command?"""

import re

import httpx
import pytest

from services.desk.domain.second_factor import SecondFactor
from services.desk.domain.staff import Seed
from services.desk.ports.signing_in import ACCOUNTS, SECOND_FACTORS, SESSIONS
from services.desk.ports.staff import STAFF
from services.desk.workflow.seeding import account_needs, open_accounts
from shared.contracts.desk import StaffNamed
from shared.contracts.envelope import Cause
from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, CLARA, LEO, OSKAR, PAT

NEW = {"staff_id": "eva-7", "name": "Eva", "user": "eva@firm.example", "roles": "lawyer"}
ROUTES = ("/people", "/people/leo")


async def send(browser: Browser, place: str, **fields: str) -> httpx.Response:
    return await browser.post(place, await browser.get(place), fields)


def with_factor(site: Site, staff_id: str) -> None:
    cause = Cause("urn:test", "f", "f", "f", None, site.memory.office.now)
    factor = SecondFactor(staff_id=staff_id, secret="JBSWY3DPEHPK3PXP")
    needs = lambda _: [SECOND_FACTORS.one(staff_id)]  # noqa: E731 - one line of a test
    site.memory.office.act(lambda unit: unit.put(SECOND_FACTORS, factor), needs, cause)


@pytest.mark.parametrize("person", [ASH, LEO, CLARA], ids=lambda each: each.staff_id)
async def test_nobody_but_partners_and_ops_sees_who_works_here(site: Site, person: object) -> None:
    browser = await site.as_person(person)  # type: ignore[arg-type]  # a member of staff
    for place in ROUTES:
        assert (await browser.get(place)).status_code == 403
        assert (await browser.do(place, {"do": "link"})).status_code == 403
    assert "/people" not in (await browser.get("/settings")).text


async def test_who_is_invited_sets_a_password_nobody_saw(site: Site) -> None:
    pat = await site.as_person(PAT)
    answer = await send(pat, "/people", **NEW)
    assert answer.status_code == 200
    [link] = re.findall(r'id="link">([^<]+)<', answer.text)
    place = "/welcome/" + link.rsplit("/", 1)[1]
    assert (await site.browser().get(place)).status_code == 200
    person = site.memory.office.get(STAFF, "eva-7")
    assert person is not None
    assert person.roles == ("lawyer",)
    assert "Eva" in (await pat.get("/people")).text
    assert link not in (await pat.get("/people")).text


async def test_what_was_typed_stands_still_where_it_cannot_be(site: Site) -> None:
    pat = await site.as_person(PAT)
    wrong = await send(pat, "/people", **(NEW | {"staff_id": "no id", "name": "Eva of Ulm"}))
    assert wrong.status_code == 422
    assert 'id="staff_id-error"' in wrong.text
    assert 'value="Eva of Ulm"' in wrong.text
    there = await send(pat, "/people", **(NEW | {"staff_id": "leo"}))
    assert "works here already" in there.text
    nobody = await send(pat, "/people", **{**NEW, "roles": "boss"})
    assert 'id="roles-error"' in nobody.text


async def test_ops_opens_no_door_to_clients(site: Site) -> None:
    oskar = await site.as_person(OSKAR)
    refused = await send(oskar, "/people", **NEW)
    assert refused.status_code == 422
    assert "A partner gives and takes: lawyer." in refused.text
    assert (await send(oskar, "/people", **(NEW | {"roles": "ops"}))).status_code == 200
    up = await send(oskar, "/people/oskar", do="roles", roles="partner")
    assert "A partner gives and takes: partner." in up.text
    assert (await send(oskar, "/people/leo", do="let-go", to="later")).status_code == 409


async def test_roles_change_at_once_and_nobody_takes_their_own_last_one(site: Site) -> None:
    pat, leo = await site.as_person(PAT), await site.as_person(LEO)
    assert (await leo.get("/people")).status_code == 403
    assert (await send(pat, "/people/leo", do="roles", roles="partner")).status_code == 303
    assert (await leo.get("/people")).status_code == 200
    own = await send(pat, "/people/pat", do="roles", roles="lawyer")
    assert "a colleague takes your last such role" in own.text
    person = site.memory.office.get(STAFF, "pat")
    assert person is not None
    assert "partner" in person.roles


async def test_a_lost_second_factor_is_forgotten_by_two(site: Site) -> None:
    with_factor(site, "leo")
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    early = await send(pat, "/people/leo", do="confirm-reset")
    assert "Nobody has asked for it" in early.text
    assert (await send(pat, "/people/leo", do="ask-reset")).status_code == 303
    assert "I am sure" not in (await pat.get("/people/leo")).text
    same = await send(pat, "/people/leo", do="confirm-reset")
    assert (same.status_code, "Somebody else than who asked" in same.text) == (409, True)
    assert "a second person is asked" in (await oskar.get("/people")).text
    assert (await send(oskar, "/people/leo", do="confirm-reset")).status_code == 303
    assert site.memory.office.get(SECOND_FACTORS, "leo") is None


async def test_who_leaves_is_let_in_no_more_at_once(site: Site) -> None:
    pat, leo = await site.as_person(PAT), await site.as_person(LEO)
    answer = await send(pat, "/people/leo", do="let-go", to="later")
    assert answer.status_code == 303
    assert (await leo.get("/inbox")).status_code in (303, 401)
    account = site.memory.office.get(ACCOUNTS, "leo")
    assert account is not None
    assert account.password is None
    assert not [each for each in site.memory.office.all(SESSIONS) if each.staff_id == "leo"]
    assert "invite them anew" in (await pat.get("/people/leo")).text
    own = await pat.do("/people/pat", {"do": "let-go"})
    assert "A colleague lets you in no more" in own.text


READ = {"do": "read", "name": "Dr. Leo Brandt", "phone": "+49 30 1234568", "title": "Solicitor"}


def named(site: Site) -> StaffNamed:
    return site.memory.office.announced_of(StaffNamed)[-1]


async def test_a_partner_says_what_clients_read_of_somebody_from_that_moment_on(site: Site) -> None:
    pat = await site.as_person(PAT)
    assert (await send(pat, "/people/leo", **READ)).status_code == 303
    assert named(site) == StaffNamed(
        staff_id="leo", name="Dr. Leo Brandt", phone="+49 30 1234568", title="Solicitor"
    )
    page = (await pat.get("/people/leo")).text
    assert 'value="Solicitor"' in page
    assert (
        await send(pat, "/people/leo", **(READ | {"phone": "", "title": ""}))
    ).status_code == 303
    assert (named(site).phone, named(site).title) == (None, None)


async def test_ops_says_of_nobody_who_works_with_clients_what_these_read(site: Site) -> None:
    oskar = await site.as_person(OSKAR)
    refused = await send(oskar, "/people/leo", **READ)
    assert (refused.status_code, "is said by a partner" in refused.text) == (409, True)
    assert (await send(oskar, "/people/oskar", **READ)).status_code == 303
    assert named(site) == StaffNamed(staff_id="oskar", leads_matters=False)


@pytest.mark.parametrize(
    ("field", "typed"), [("name", " "), ("phone", "ask Ada"), ("title", "one\x00two")]
)
async def test_what_nobody_could_read_is_refused_and_what_was_typed_stands_still(
    site: Site, field: str, typed: str
) -> None:
    pat = await site.as_person(PAT)
    wrong = await send(pat, "/people/leo", **(READ | {field: typed}))
    assert wrong.status_code == 422
    assert f'id="{field}-error"' in wrong.text
    others = {name: value for name, value in READ.items() if name not in (field, "do")}
    assert all(f'value="{value}"' in wrong.text for value in others.values())


async def test_what_the_file_of_staff_says_is_changed_there(site: Site) -> None:
    told = Seed("leo", ("lawyer",), user="leo", name="Leo Brandt", title="Solicitor")
    cause = Cause("urn:test", "f", "f", "f", None, site.memory.office.now)
    site.memory.office.act(open_accounts([told], {}), account_needs([told]), cause)
    pat = await site.as_person(PAT)
    assert "The file of staff says this" in (await pat.get("/people/leo")).text
    said = {"do": "read", "name": "Leo Brandt", "phone": "+49 30 9", "title": "Partner"}
    refused = await send(pat, "/people/leo", **said)
    assert (refused.status_code, 'id="title-error"' in refused.text) == (422, True)
    assert (await send(pat, "/people/leo", **(said | {"title": "Solicitor"}))).status_code == 303
    site.memory.office.act(open_accounts([told], {}), account_needs([told]), cause)
    account = site.memory.office.get(ACCOUNTS, "leo")
    assert account is not None
    assert account.phone == "+49 30 9"


async def test_who_is_invited_has_a_telephone_and_a_title_at_once(site: Site) -> None:
    pat = await site.as_person(PAT)
    more = {"phone": "+49 30 77", "title": "Rechtsanwältin"}
    assert (await send(pat, "/people", **NEW, **more)).status_code == 200
    assert named(site) == StaffNamed(staff_id="eva-7", name="Eva", **more)


async def test_a_new_link_ends_the_one_before(site: Site) -> None:
    pat = await site.as_person(PAT)
    first, second = [await send(pat, "/people/lena", do="link") for _ in range(2)]
    links = [re.findall(r"/welcome/([\w-]+)", each.text)[0] for each in (first, second)]
    assert links[0] != links[1]
    assert (await pat.get(f"/welcome/{links[0]}")).status_code == 404
    assert (await pat.get(f"/welcome/{links[1]}")).status_code == 200
