"""Can a person choose on their settings page when the morning e-mail comes, or that none does?"""

from dataclasses import replace

from services.desk.domain.digest import DigestChoice
from services.desk.ports.preferences import DIGESTS
from services.desk.ports.signing_in import ACCOUNTS
from shared.contracts.desk import StaffDigestSet
from shared.contracts.envelope import Cause
from tests.desk.browsing import Browser, Site
from tests.desk.facts import LEO

FORM, OFF = "/settings/digest", "/settings/digest/off"


async def leo(site: Site, address: str | None = "leo@firm.example") -> Browser:
    """Leo, signed in, written to at this address."""
    account = site.memory.office.get(ACCOUNTS, "leo")
    assert account is not None
    changed = replace(account, email=address)
    site.memory.office.act(
        lambda unit: unit.put(ACCOUNTS, changed),
        lambda _: [ACCOUNTS.one("leo")],
        Cause("urn:clientele:desk", "a", "request", "a", None, site.memory.office.now),
    )
    return await site.as_person(LEO)


def told(site: Site) -> list[str | None]:
    return [each.at for each in site.memory.office.announced_of(StaffDigestSet)]


def choice(site: Site) -> DigestChoice | None:
    return site.memory.office.get(DIGESTS, "leo")


async def test_the_page_says_where_it_goes_and_when_the_next_one_does(site: Site) -> None:
    site.memory.services.digests["leo"] = {
        "at": "07:30", "next": "2026-03-03T07:30:00+00:00",
        "last": "2026-03-02T07:30:00+00:00", "outcome": "nothing-to-do",
    }  # fmt: skip
    page = (await (await leo(site)).get("/settings")).text
    assert "leo@firm.example" in page
    assert "Tue 3 Mar 2026, 07:30" in page
    assert "Mon 2 Mar 2026, 07:30: not sent: there was nothing to do" in page


async def test_reminders_away_the_rest_is_shown(site: Site) -> None:
    page = (await (await leo(site)).get("/settings")).text
    assert "Not known just now" in page
    assert 'value="07:30"' in page


async def test_a_choice_reminders_has_not_heard_yet_is_being_planned(site: Site) -> None:
    site.memory.services.digests["leo"] = {"at": "06:00", "next": "2026-03-03T06:00:00+00:00"}
    page = (await (await leo(site)).get("/settings")).text
    assert "Being planned" in page
    assert "06:00" not in page


async def test_another_time_and_language_are_kept_and_told(site: Site) -> None:
    browser = await leo(site)
    fields = {"digest_at": "06:45", "digest_language": "de"}
    answer = await browser.post(FORM, await browser.get("/settings"), fields)
    assert answer.status_code == 303
    assert (
        "The morning e-mail comes at 06:45." in (await browser.get(answer.headers["location"])).text
    )
    kept = choice(site)
    assert kept is not None
    assert (kept.at, kept.language) == ("06:45", "de")
    assert told(site) == ["06:45"]


async def test_it_can_be_turned_off_and_on_again(site: Site) -> None:
    browser = await leo(site)
    await browser.post(FORM, await browser.get("/settings"), {"digest_at": "07:30"})
    await browser.post(OFF, await browser.get("/settings"))
    page = await browser.get("/settings")
    assert "None: it is turned off" in page.text
    assert OFF not in page.text
    await browser.post(FORM, page, {"digest_at": "07:30"})
    assert told(site) == ["07:30", None, "07:30"]


async def test_what_is_no_time_is_refused_at_its_field_and_nothing_is_lost(site: Site) -> None:
    browser = await leo(site)
    fields = {"digest_at": "half past seven", "digest_language": "de"}
    answer = await browser.post(FORM, await browser.get("/settings"), fields)
    assert answer.status_code == 422
    assert 'href="#digest_at"' in answer.text
    assert 'id="digest_at-error"' in answer.text
    assert 'value="half past seven"' in answer.text
    assert '<option value="de" selected>' in answer.text
    assert choice(site) is None


async def test_without_an_address_the_page_says_whom_to_ask(site: Site) -> None:
    page = (await (await leo(site, None)).get("/settings")).text
    assert "No e-mail address of yours is known here" in page
    assert FORM not in page


async def test_a_form_from_elsewhere_changes_nothing(site: Site) -> None:
    browser = await leo(site)
    answer = await browser.client.post(FORM, data={"digest_at": "06:00"})
    assert answer.status_code == 403
    assert choice(site) is None
