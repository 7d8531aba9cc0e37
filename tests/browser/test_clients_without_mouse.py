"""Can a client get through their pages with the keyboard alone, without scripts too?"""

from playwright.async_api import Browser, expect

from services.intake.ports import CLIENTS, INQUIRIES
from shared.contracts.feedback import FeedbackSubmitted
from shared.contracts.intake import ConsentWithdrawn
from tests.browser.chromium import opened
from tests.browser.client_site import client_site, survey_place
from tests.browser.hands import Hands
from tests.browser.readers import READERS, SENDING, Reader

RECEIVED = {"en": "We have received your inquiry", "de": "Ihre Anfrage ist bei uns angekommen"}
THANKS = {"en": "Thank you", "de": "Vielen Dank"}


@READERS
async def test_a_survey_is_answered(chrome: Browser, reader: Reader) -> None:
    async with survey_place(reader.locale) as place, opened(chrome, **reader.window) as page:
        hands = Hands(page)
        await page.goto(place.survey())
        await hands.to("#score-0")  # of what excludes each other, the arrows choose
        for _ in range(9):
            await page.keyboard.press("ArrowRight")
        await hands.type("#comment", "Quick answers.")
        await hands.press(SENDING)
        await expect(page.locator("h1")).to_have_text(THANKS[reader.locale[:2]])
    (answer,) = place.office.announced_of(FeedbackSubmitted)
    assert (answer.score, answer.has_comment) == (9, True)


@READERS
async def test_preferences_are_chosen(chrome: Browser, reader: Reader) -> None:
    async with client_site() as site, opened(chrome, **reader.window) as page:
        hands = Hands(page)
        await page.goto(site.preferences())
        await hands.to('[name="channel"]:checked')
        await page.keyboard.press("ArrowDown")
        await hands.press("#feedback", " ")
        await hands.press(SENDING)
        await expect(page.locator("h1")).to_have_text("Your choices are saved")
    client = site.office.get(CLIENTS, "c-1")
    assert client is not None
    assert client.chosen_channel == "phone"
    assert [each.purpose for each in site.office.announced_of(ConsentWithdrawn)] == ["feedback"]


@READERS
async def test_surveys_are_ended_and_the_other_choices_reached(
    chrome: Browser, reader: Reader
) -> None:
    async with client_site() as site, opened(chrome, **reader.window) as page:
        hands = Hands(page)
        await page.goto(site.unsubscribe())
        await hands.press(SENDING)
        await expect(page.locator("h1")).to_have_text("You are unsubscribed")
        await hands.press("a.button")
        await expect(page.locator("#feedback")).not_to_be_checked()
    assert len(site.office.announced_of(ConsentWithdrawn)) == 1


@READERS
async def test_help_is_asked_for_after_a_slip(chrome: Browser, reader: Reader) -> None:
    async with client_site() as site, opened(chrome, **reader.window) as page:
        hands = Hands(page)
        await page.goto(site.form())
        await hands.type("#name", "Zoe Bauer")
        await hands.press(SENDING)
        await hands.press(page.locator("#error-summary a").first)
        await expect(page.locator("#email")).to_be_focused()
        await page.keyboard.type("zoe@example.com")
        await hands.to("#area")
        await page.keyboard.press("ArrowDown")
        await hands.press("#agreed", " ")
        await hands.press(SENDING)
        await expect(page.locator("h1")).to_have_text(RECEIVED[reader.locale[:2]])
        await page.goto(site.story())
        await hands.type("#story", "The heating is off.")
        await hands.press(SENDING)
        await expect(page.locator("h1")).to_have_text(THANKS[reader.locale[:2]])
    (inquiry,) = site.office.all(INQUIRIES)
    assert inquiry.story == "The heating is off."


@READERS
async def test_the_statement_on_accessibility_is_reached(chrome: Browser, reader: Reader) -> None:
    async with client_site() as site, opened(chrome, **reader.window) as page:
        hands = Hands(page)
        await page.goto(site.preferences())
        await hands.press("footer a")
        await expect(page.locator("main")).to_contain_text("WCAG) 2.2")
