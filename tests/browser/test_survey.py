"""Can a client answer the survey on any screen, by any hand, in under a minute?"""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from shared.contracts.feedback import FeedbackSubmitted
from shared.contracts.firm import ClientUpdated
from tests.browser.chromium import findings, fits, opened
from tests.browser.client_site import survey_place
from tests.browser.readers import LOOKS, READERS, SENDING, Look, Reader

SAID = {"en": "It took too long.", "de": "Es hat zu lange gedauert."}
TITLES = {"en": ("Your feedback", "Thank you"), "de": ("Ihre Rückmeldung", "Vielen Dank")}
TARGET = 44  # pixels
LANGUAGES = pytest.mark.parametrize("language", ["en", "de"])


async def heights(page: Page, what: str) -> list[float]:
    """How high each of these is on the screen."""
    boxes = [await each.bounding_box() for each in await page.locator(what).all()]
    return [box["height"] for box in boxes if box is not None]


@READERS
async def test_a_client_answers_and_is_thanked(chrome: Browser, reader: Reader) -> None:
    language = reader.locale[:2]
    asks, thanks = TITLES[language]
    async with survey_place(reader.locale) as place, opened(chrome, **reader.window) as page:
        await page.goto(place.survey())
        assert (await page.title()).startswith(asks)
        assert await fits(page)
        await page.check("#score-3")
        await page.fill("#comment", SAID[language])
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text(thanks)
        assert (await page.title()).startswith(thanks)
        await expect(page.locator("main")).to_contain_text(SAID[language])
        assert await fits(page)
        await page.reload()  # sends nothing again
        await expect(page.locator("h1")).to_have_text(thanks)
    (answer,) = place.office.announced_of(FeedbackSubmitted)
    assert (answer.score, answer.has_comment) == (3, True)


@READERS
async def test_a_client_thinks_better_of_it(chrome: Browser, reader: Reader) -> None:
    async with survey_place(reader.locale) as place, opened(chrome, **reader.window) as page:
        await page.goto(place.survey())
        await page.check("#score-3")
        await page.fill("#comment", "too long")
        await page.click(SENDING)
        await page.click("a.button")
        await expect(page.locator("#score-3")).to_be_checked()
        await expect(page.locator("#comment")).to_have_value("too long")
        await page.check("#score-8")
        await page.click(SENDING)
        said = {"en": "8 of 10", "de": "8 von 10"}[reader.locale[:2]]
        await expect(page.locator("main")).to_contain_text(said)
    assert [each.score for each in place.office.announced_of(FeedbackSubmitted)] == [3, 8]


@READERS
async def test_what_is_wrong_is_said_first_and_nothing_typed_is_lost(
    chrome: Browser, reader: Reader
) -> None:
    async with survey_place(reader.locale) as place, opened(chrome, **reader.window) as page:
        await page.goto(place.survey())
        await page.fill("#comment", "x" * 4001)
        await page.click(SENDING)
        summary = page.locator("#error-summary")
        await expect(summary.locator("a")).to_have_count(2)
        assert (await page.title()).startswith(("Error:", "Fehler:"))
        box, heading = await summary.bounding_box(), await page.locator("h1").bounding_box()
        assert box is not None
        assert heading is not None
        assert box["y"] < heading["y"]
        if reader.js:
            await expect(summary).to_be_focused()
        await summary.locator("a").first.click()
        await expect(page.locator("#score-0")).to_be_focused()
        await summary.locator("a").last.click()
        await expect(page.locator("#comment")).to_be_focused()
        await expect(page.locator("#comment")).to_have_value("x" * 4001)
        assert await fits(page)
    assert place.office.announced_of(FeedbackSubmitted) == []


async def test_two_quick_clicks_are_one_answer(chrome: Browser) -> None:
    async with survey_place("en-GB") as place, opened(chrome, js=False) as page:
        await page.goto(place.survey())
        await page.check("#score-9")
        await page.dblclick(SENDING)
        await expect(page.locator("h1")).to_have_text("Thank you")
    assert len(place.office.announced_of(FeedbackSubmitted)) == 1


async def test_after_a_day_the_link_says_that_the_answer_stands(chrome: Browser) -> None:
    async with survey_place("de-AT") as place, opened(chrome, js=False) as page:
        await page.goto(place.survey())
        await page.check("#score-9")
        await page.click(SENDING)
        await page.click("a.button")
        place.office.now += timedelta(hours=25)
        await page.check("#score-2")
        await page.click(SENDING)
        await expect(page.locator("main")).to_contain_text("lassen sich nicht mehr ändern")
        await page.goto(place.survey())
        await expect(page.locator("form")).to_have_count(0)
    assert [each.score for each in place.office.announced_of(FeedbackSubmitted)] == [9]


async def test_a_dead_link_leads_to_a_page_in_the_readers_language_and_the_other(
    chrome: Browser,
) -> None:
    async with survey_place("en-GB") as place, opened(chrome, locale="de-DE") as page:
        await page.goto(f"{place.survey()}x")
        await expect(page.locator("h1")).to_have_text("Dieser Link gilt nicht oder nicht mehr.")
        other = page.locator('[lang="en"]')
        await expect(other).to_contain_text("This link does not work, or no longer works.")
        assert await findings(page) == []


async def test_a_client_reads_the_survey_in_the_language_they_know_better(
    chrome: Browser,
) -> None:
    async with survey_place("en-GB") as place, opened(chrome) as page:
        await page.goto(place.survey())
        await page.click(".languages a")
        await page.check("#score-9")
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text("Vielen Dank")


async def test_everything_to_be_hit_is_large_enough_for_a_thumb(chrome: Browser) -> None:
    async with survey_place("en-GB") as place, opened(chrome) as page:
        await page.goto(place.survey())
        for what in (".choice", "textarea", SENDING, ".languages a"):
            assert min(await heights(page, what)) >= TARGET, what


async def test_twice_as_large_is_as_usable(chrome: Browser) -> None:
    async with survey_place("de-DE") as place, opened(chrome, width=640) as page:
        await page.goto(place.survey())
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert await fits(page)
        await page.check("#score-10")
        await page.click(SENDING)
        await expect(page.locator("h1")).to_have_text("Vielen Dank")


@LANGUAGES
@LOOKS
async def test_axe_finds_nothing_grave_on_any_page(
    chrome: Browser, language: str, look: Look
) -> None:
    async with survey_place(language) as place, opened(chrome, **look) as page:
        await page.goto(place.survey())
        assert await findings(page) == []
        await page.click(SENDING)
        await expect(page.locator("#error-summary")).to_be_visible()
        assert await findings(page) == []
        await page.check("#score-3")
        await page.click(SENDING)
        assert await findings(page) == []
        await page.click("a.button")
        assert await findings(page) == []
        place.office.now += timedelta(hours=25)
        await page.reload()
        assert await findings(page) == []
        await page.click("footer a")
        assert await findings(page) == []
        assert await fits(page)


async def test_the_page_follows_a_client_to_another_clock(chrome: Browser) -> None:
    async with survey_place("en-GB") as place, opened(chrome) as page:
        place.office.hear(ClientUpdated(client_id="c-1", timezone="America/New_York"))
        await page.goto(place.survey())
        await page.check("#score-3")
        await page.click(SENDING)
        await expect(page.locator("main")).to_contain_text("(New York time)")
