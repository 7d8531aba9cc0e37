"""Can a client read what would be published, say yes and take it back, on any screen?"""

from playwright.async_api import Browser, Page, expect

from shared.contracts.testimonials import TestimonialConsented, TestimonialWithdrawn
from tests.browser.chromium import findings, fits, opened
from tests.browser.client_site import words_place
from tests.browser.readers import LOOKS, READERS, SENDING, Look, Reader
from tests.reputation.office import WORDS, publish

TITLES = {"en": "May we publish these words?", "de": "Dürfen wir diese Worte veröffentlichen?"}
AGREED = {"en": "Thank you", "de": "Vielen Dank"}
STANDS = {"en": "These words are published", "de": "Diese Worte sind veröffentlicht"}
GONE = {"en": "These words are not published", "de": "Diese Worte sind nicht veröffentlicht"}


@READERS
async def test_a_client_agrees_by_initials_and_takes_it_back(
    chrome: Browser, reader: Reader
) -> None:
    language = reader.locale[:2]
    async with words_place() as place, opened(chrome, **reader.window) as page:
        await page.goto(place.words())
        await expect(page.locator("h1")).to_have_text(TITLES[language])
        await expect(page.locator("main")).to_contain_text(WORDS)
        assert await fits(page)
        await page.check('[name="answer"][value="yes"]')
        await page.check('[name="attribution"][value="initials"]')
        await page.fill("#name", "Zoe Bauer")
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text(AGREED[language])
        await expect(page.locator("main")).to_contain_text("Z. B.")
        publish(place.office)
        await page.goto(place.words())
        await expect(page.locator("h1")).to_have_text(STANDS[language])
        assert await fits(page)
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text(GONE[language])
    assert len(place.office.announced_of(TestimonialConsented)) == 1
    assert len(place.office.announced_of(TestimonialWithdrawn)) == 1


async def press(page: Page, *keys: str) -> None:
    """Keys, one after the other."""
    for key in keys:
        await page.keyboard.press(key)


async def test_a_client_says_no_by_keyboard_alone(chrome: Browser) -> None:
    async with words_place() as place, opened(chrome) as page:
        await page.goto(place.words())
        await page.focus('[name="answer"][value="yes"]')
        await press(page, "ArrowDown", "Tab", "Tab", "Tab")
        await expect(page.locator(SENDING)).to_be_focused()
        await press(page, "Enter")
        await expect(page.locator("main")).to_contain_text("We do not publish these words.")


@LOOKS
async def test_axe_finds_nothing_on_any_of_its_pages(chrome: Browser, look: Look) -> None:
    async with words_place() as place, opened(chrome, **look) as page:
        await page.goto(place.words())
        assert await findings(page) == []
        await page.click(SENDING)
        await expect(page.locator("#error-summary")).to_be_visible()
        assert await findings(page) == []
        await page.check('[name="answer"][value="yes"]')
        await page.check('[name="attribution"][value="none"]')
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text("Thank you")
        assert await findings(page) == []
