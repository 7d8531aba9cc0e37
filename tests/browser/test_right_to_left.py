"""Does everything a reader of Arabic sees stand where it is looked for: from right to left?"""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page

from services.reminders.app import read_wording
from services.reminders.domain.wording import Occasion, Worded, with_links
from services.reminders.settings import RemindersSettings
from tests.browser.arabic import arabic_firm
from tests.browser.chromium import findings, fits, opened
from tests.browser.client_site import client_site, survey_place
from tests.browser.mails import LAWYER, NOW, OF_THE_FIRM, PLACES, SURVEY

WIDTHS = pytest.mark.parametrize("width", [320, 1280])


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    return arabic_firm(tmp_path / "firm")


async def right_of(page: Page, mark: str) -> float:
    """Where the words of the first such part end on the right."""
    return float(
        await page.evaluate(
            "mark => { const words = document.createRange();"
            " words.selectNodeContents(document.querySelector(mark));"
            " return Math.max(...[...words.getClientRects()].map(each => each.right)) }",
            mark,
        )
    )


async def inner_right(page: Page, mark: str) -> float:
    """Where the room of a part ends on the right, without its padding."""
    return float(
        await page.evaluate(
            "mark => { const part = document.querySelector(mark);"
            " const box = part.getBoundingClientRect();"
            " return box.right - parseFloat(getComputedStyle(part).paddingRight)"
            " - parseFloat(getComputedStyle(part).borderRightWidth) }",
            mark,
        )
    )


async def check_frame(page: Page) -> None:
    """What stands around every page, and that nobody is shut out or has to scroll sideways."""
    assert await page.locator("html").get_attribute("dir") == "rtl"
    assert await page.locator("html").get_attribute("lang") == "ar"
    assert await right_of(page, "h1") == pytest.approx(await inner_right(page, "main"), abs=1)
    brand, other = page.locator(".brand"), page.locator(".languages").last
    one, two = await brand.bounding_box(), await other.bounding_box()
    assert one is not None
    assert two is not None
    assert one["x"] > two["x"] or one["y"] < two["y"]
    assert await fits(page)
    assert await findings(page) == []


@WIDTHS
async def test_a_survey_runs_from_right_to_left(chrome: Browser, firm: Path, width: int) -> None:
    async with survey_place("ar", firm_dir=firm) as place, opened(chrome, width=width) as page:
        await page.goto(place.survey())
        await check_frame(page)
        first = await page.locator("#score-0").bounding_box()
        last = await page.locator("#score-1").bounding_box()
        assert first is not None
        assert last is not None
        assert first["x"] > last["x"]


@WIDTHS
async def test_what_is_wrong_is_marked_at_the_side_where_reading_begins(
    chrome: Browser, firm: Path, width: int
) -> None:
    async with survey_place("ar", firm_dir=firm) as place, opened(chrome, width=width) as page:
        await page.goto(place.survey())
        await page.locator("form.sheet button[type=submit]").click()
        await page.wait_for_selector(".field.wrong")
        wrong = page.locator(".field.wrong").first
        side = await wrong.evaluate("part => getComputedStyle(part).borderRightWidth")
        assert side == "4px"
        await check_frame(page)


@WIDTHS
async def test_choices_and_the_form_run_from_right_to_left(
    chrome: Browser, firm: Path, width: int
) -> None:
    async with client_site("ar", firm_dir=firm) as site, opened(chrome, width=width) as page:
        await page.goto(site.preferences())
        await check_frame(page)
        box = await page.locator("input[type=radio]").first.bounding_box()
        room = await page.locator("label.choice").first.bounding_box()
        assert box is not None
        assert room is not None
        assert box["x"] > room["x"] + room["width"] / 2
        await page.goto(f"{site.form()}?lang=ar")
        await check_frame(page)


def mail(firm: Path) -> Worded:
    """A survey's invitation, as a reader of Arabic gets it."""
    settings = RemindersSettings(firm_dir=firm)
    words = {**OF_THE_FIRM, **LAWYER, **SURVEY, "name": "Ada Example"}
    zone = ZoneInfo("Asia/Dubai")
    occasion = Occasion(locale="ar-AE", zone=zone, now=NOW, firm=zone)
    return read_wording(settings).render("survey-invitation", words, occasion)


async def test_a_mail_runs_from_right_to_left_also_where_its_frame_is_taken_away(
    chrome: Browser, firm: Path
) -> None:
    html = with_links(mail(firm).html, PLACES)
    body = html.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]
    for shown in (html, body):  # many mail programs keep no more than the body
        async with opened(chrome, width=320) as page:
            await page.set_content(shown)
            assert await right_of(page, "p") == pytest.approx(
                await inner_right(page, "div[dir=rtl]"), abs=1
            )
            assert await fits(page)


async def test_a_telephone_number_is_shown_as_it_is_dialled(chrome: Browser, firm: Path) -> None:
    html = with_links(mail(firm).html, PLACES)
    async with opened(chrome, width=1280) as page:
        await page.set_content(html)
        places = await page.evaluate(
            "() => { const found = []; const walk = document.createTreeWalker(document.body,"
            " NodeFilter.SHOW_TEXT); while (walk.nextNode()) { const text = walk.currentNode;"
            " for (const part of ['+49', '30', '1234568']) { const at = text.data.indexOf(part);"
            " if (at < 0 || !text.data.includes('1234568')) continue;"
            " const range = document.createRange(); range.setStart(text, at);"
            " range.setEnd(text, at + part.length);"
            " found.push(range.getBoundingClientRect().x) } } return found }"
        )
    assert places == sorted(places)
    assert len(places) == 3


def test_a_line_of_plain_text_that_begins_with_the_firms_name_runs_like_its_words(
    firm: Path,
) -> None:
    lines = mail(firm).text.splitlines()
    (named,) = [each for each in lines if "Muster & Partner" in each]
    assert named.startswith("\u200f")
    assert "\u200e+49 30 1234567" in named
    assert not any(each.startswith("\u200f") for each in lines if each != named)
