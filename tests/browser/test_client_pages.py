"""Can a client or an inquirer get through their pages on any screen, with and without scripts?"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from services.intake.ports import INQUIRIES
from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import ClientPreferencesUpdated, ConsentGranted, ConsentWithdrawn
from tests.browser.chromium import findings, fits, opened
from tests.browser.client_site import ClientSite, client_site
from tests.browser.readers import LOOKS, READERS, SENDING, Look, Reader
from tests.intake.office import CLEARED, DECLINED, OFFICER, PARTNER, only_task


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[ClientSite]:
    async with client_site() as served:
        yield served


async def ask_for_help(page: Page, site: ClientSite, others: str = "Acme Housing") -> None:
    """Fill in the first step and send it."""
    await page.goto(site.form())
    await page.fill("#name", "Zoe Bauer")
    await page.fill("#email", "zoe@example.com")
    await page.select_option("#area", "tenancy")
    await page.fill("#others", others)
    await page.check("#agreed")
    await page.click(SENDING)


@READERS
async def test_a_client_chooses_and_is_told_what_holds(
    chrome: Browser, site: ClientSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.window) as page:
        await page.goto(site.preferences())
        assert await fits(page)
        await page.check('[name="channel"][value="phone"]')
        await page.check('[name="language"][value="de"]')
        await page.select_option("#latest", "18:00")
        await page.uncheck("#feedback")
        await page.check("#marketing")
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text("Ihre Auswahl ist gespeichert")
        assert (await page.title()).startswith("Ihre Auswahl ist gespeichert")
        assert await fits(page)
    (chosen,) = site.office.announced_of(ClientPreferencesUpdated)
    assert (chosen.preferred_channel, chosen.locale, chosen.quiet_from) == ("phone", "de", "18:00")
    assert [each.purpose for each in site.office.announced_of(ConsentWithdrawn)] == ["feedback"]
    assert [each.purpose for each in site.office.announced_of(ConsentGranted)] == ["marketing"]


@READERS
async def test_a_client_unsubscribes_with_one_button(
    chrome: Browser, site: ClientSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.window) as page:
        await page.goto(site.unsubscribe())
        assert await fits(page)
        assert site.office.announced_of(ConsentWithdrawn) == []
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text("You are unsubscribed")
        await page.click("a.button")
        await expect(page.locator("#feedback")).not_to_be_checked()
    assert len(site.office.announced_of(ConsentWithdrawn)) == 1


RECEIVED = {"en": "We have received your inquiry", "de": "Ihre Anfrage ist bei uns angekommen"}


@READERS
async def test_somebody_asks_for_help_in_two_steps(
    chrome: Browser, site: ClientSite, reader: Reader
) -> None:
    german = reader.locale == "de-DE"
    async with opened(chrome, **reader.window) as page:
        await page.goto(site.form())
        assert await fits(page)
        assert (await page.title()).startswith("Schritt 1 von 2" if german else "Step 1 of 2")
        await ask_for_help(page, site)
        await expect(page.locator("h1")).to_have_text(RECEIVED[reader.locale[:2]])
        assert await fits(page)
        await page.goto(site.story())
        assert (await page.title()).startswith("Schritt 2 von 2" if german else "Step 2 of 2")
        assert await fits(page)
        await page.fill("#story", "The heating is off.")
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text("Vielen Dank" if german else "Thank you")
    (inquiry,) = site.office.all(INQUIRIES)
    assert inquiry.story == "The heating is off."


GOES_ON = {
    ("en", "clear"): "Tell us what it is about", ("en", "decline"): "We are sorry",
    ("de", "clear"): "Worum geht es?", ("de", "decline"): "Es tut uns leid",
}  # fmt: skip


@READERS
@pytest.mark.parametrize("decision", ["clear", "decline"])
async def test_the_link_of_an_inquiry_leads_on_once_somebody_has_decided(
    chrome: Browser, site: ClientSite, reader: Reader, decision: str
) -> None:
    language = reader.locale[:2]
    async with opened(chrome, **reader.window) as page:
        await ask_for_help(page, site, others="Anna Schmidt")
        await expect(page.locator("h1")).to_have_text(RECEIVED[language])
        await page.goto(site.story())
        await expect(page.locator("h1")).to_have_text(RECEIVED[language])
        assert await fits(page)
        why = CLEARED if decision == "clear" else DECLINED
        site.office.decide(only_task(site.office), decision, why, actor=OFFICER)
        for task in site.office.tasks("decline-letter"):
            sent = {"sent_by": "e-mail"}
            site.office.decide(task.task_id, "sent", sent, actor=PARTNER)
        await page.reload()
        await expect(page.locator("h1")).to_have_text(GOES_ON[language, decision])
        assert await fits(page)


@READERS
async def test_what_is_missing_is_said_and_nothing_is_lost(
    chrome: Browser, site: ClientSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.window) as page:
        await page.goto(site.form())
        await page.fill("#name", "Zoe Bauer")
        await page.fill("#others", "Acme Housing")
        await page.click(SENDING)
        summary = page.locator("#error-summary")
        await expect(summary.locator("a")).to_have_count(3)
        if reader.js:
            await expect(summary).to_be_focused()
        await summary.locator("a").first.click()
        await expect(page.locator("#email")).to_be_focused()
        await expect(page.locator("#name")).to_have_value("Zoe Bauer")
        await expect(page.locator("#others")).to_have_value("Acme Housing")
        assert await fits(page)


async def test_two_quick_clicks_are_one_inquiry(chrome: Browser, site: ClientSite) -> None:
    async with opened(chrome, js=False) as page:
        await page.goto(site.form())
        await page.fill("#name", "Zoe Bauer")
        await page.fill("#email", "zoe@example.com")
        await page.select_option("#area", "tenancy")
        await page.check("#agreed")
        await page.dblclick(SENDING)
        await expect(page.locator(".notice")).to_be_visible()
        await page.go_back()
        await page.click(SENDING)
        await expect(page.locator(".notice")).to_be_visible()
    assert len(site.office.announced_of(InquiryReceived)) == 1


async def test_the_field_for_machines_is_out_of_everybodys_way(
    chrome: Browser, site: ClientSite
) -> None:
    async with opened(chrome) as page:
        await page.goto(site.form())
        trap = page.locator("#trap")
        assert await trap.get_attribute("tabindex") == "-1"
        box = await trap.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] < 0


@LOOKS
@pytest.mark.parametrize("language", ["en", "de"])
async def test_axe_finds_nothing_grave_on_any_page(
    chrome: Browser, site: ClientSite, language: str, look: Look
) -> None:
    async with opened(chrome, **look, locale=language) as page:
        statement = f"{site.settings.page_url()}/accessibility"
        for url in (site.preferences(), site.unsubscribe(), f"{site.preferences()}x", statement):
            await page.goto(f"{url}?lang={language}")
            assert await findings(page) == [], url
        await page.goto(f"{site.preferences()}?lang={language}")
        await page.select_option("#earliest", "19:30")
        await page.click(SENDING)
        await expect(page.locator("#error-summary")).to_be_visible()
        assert await findings(page) == []
        await page.goto(f"{site.preferences()}/saved?lang={language}")
        assert await findings(page) == []
        await page.goto(f"{site.unsubscribe()}?lang={language}")
        await page.click(SENDING)
        assert await findings(page) == []


@LOOKS
@pytest.mark.parametrize("language", ["en", "de"])
async def test_axe_finds_nothing_grave_on_the_way_of_an_inquiry(
    chrome: Browser, site: ClientSite, language: str, look: Look
) -> None:
    async with opened(chrome, **look, locale=language) as page:
        await page.goto(site.form())
        assert await findings(page) == []
        await page.click(SENDING)
        assert await findings(page) == []
        await ask_for_help(page, site, others="Anna Schmidt")
        assert await findings(page) == []
        await page.goto(site.story())
        assert await findings(page) == []
        site.office.decide(only_task(site.office), "clear", CLEARED, actor=OFFICER)
        await page.reload()
        assert await findings(page) == []
        await page.fill("#story", "The heating is off.")
        await page.click(SENDING)
        await expect(page.locator("#story")).to_have_count(0)
        assert await findings(page) == []


async def test_everything_to_be_hit_in_a_form_is_large_enough_for_a_thumb(
    chrome: Browser, site: ClientSite
) -> None:
    async with opened(chrome) as page:
        for url in (site.form(), site.preferences(), site.unsubscribe()):
            await page.goto(url)
            wanted = "input:visible:not(#trap):not([type=radio]):not([type=checkbox]), select, "
            for each in await page.locator(f"{wanted} textarea, .choice, {SENDING}").all():
                box = await each.bounding_box()
                assert box is not None
                assert box["height"] >= 44, await each.evaluate("each => each.outerHTML")


async def test_a_refused_form_stays_in_the_language_it_was_read_in(
    chrome: Browser, site: ClientSite
) -> None:
    async with opened(chrome, locale="en-GB") as page:
        await page.goto(site.form())
        await page.click(".languages a")
        await page.click(SENDING)
        await expect(page.locator("#error-summary")).to_contain_text("Geben Sie Ihren Namen ein.")
        await ask_in_german(page)
    (said,) = site.office.announced_of(InquiryReceived)
    assert said.locale == "de"


async def ask_in_german(page: Page) -> None:
    """Fill in what was missing and send it again."""
    await page.fill("#name", "Zoe Bauer")
    await page.fill("#email", "zoe@example.com")
    await page.select_option("#area", "tenancy")
    await page.check("#agreed")
    await page.click(SENDING)
    await expect(page.locator("h1")).to_have_text(RECEIVED["de"])


@pytest.mark.parametrize("language", ["en", "de"])
async def test_the_statement_on_accessibility_is_a_click_away(
    chrome: Browser, site: ClientSite, language: str
) -> None:
    async with opened(chrome, scheme="dark", locale=language) as page:
        await page.goto(f"{site.preferences()}?lang={language}")
        await page.click("footer a")
        await expect(page.locator("main")).to_contain_text("WCAG) 2.2")
        assert await findings(page) == []
        assert await fits(page)
