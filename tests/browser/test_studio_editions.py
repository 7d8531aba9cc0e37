"""Do two people share the firm's words in their browsers: changed at once, taken back, on paper?"""

from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.desk.facts import OSKAR, PAT

TEXT = "/studio/text?language=en&message=survey-invitation"
OWN_RULES = "/studio/file?place=playbooks/ours.yaml"


async def keeps(page: Page, site: DeskSite, subject: str) -> None:
    """Another subject for the survey's mail, into this person's draft."""
    await page.goto(site.url + TEXT)
    await retitled(page, subject)
    await page.click("button[value=keep]")
    await expect(page.locator("main")).to_contain_text("Your draft has it")


async def retitled(page: Page, subject: str) -> None:
    """The text with this subject, not kept yet."""
    written = await page.input_value("#text")
    await page.fill("#text", "\n".join([f"Subject: {subject}", *written.splitlines()[1:]]))


async def proposes(page: Page, site: DeskSite) -> None:
    await page.goto(f"{site.url}/studio/editions/draft")
    await page.click("button[value=propose]")
    await expect(page.locator(".flash")).to_contain_text("Somebody else has to approve it")


async def approves(page: Page, site: DeskSite, number: int) -> None:
    await page.goto(f"{site.url}/studio/editions/{number}")
    await page.click("button[value=approve]")
    await expect(page.locator("main")).to_contain_text("In force")


async def subject_in(page: Page, site: DeskSite) -> str:
    """The first line of the text, as this person's draft has it."""
    await page.goto(site.url + TEXT)
    return (await page.input_value("#text")).splitlines()[0]


async def test_an_earlier_edition_comes_back(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome, js=False) as pat, opened(chrome, js=False) as oskar:
        await site.sign_in(pat, PAT)
        await site.sign_in(oskar, OSKAR)
        for number, subject in enumerate(("How was it?", "A short question"), 1):
            await keeps(pat, site, subject)
            await proposes(pat, site)
            await approves(oskar, site, number)
        await pat.goto(f"{site.url}/studio/editions/1")
        await expect(pat.locator("main")).to_contain_text("Earlier")
        await pat.click("button[value=again]")
        await expect(pat.locator(".flash")).to_contain_text("That edition is your draft now")
        await expect(pat.locator("ins", has_text="How was it?")).to_be_visible()
        assert await fits(pat)
        await proposes(pat, site)
        await approves(oskar, site, 3)
        assert await subject_in(oskar, site) == "Subject: How was it?"


async def test_of_two_who_change_one_text_at_once_neither_loses_a_word(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, js=False) as pat, opened(chrome, js=False) as oskar:
        await site.sign_in(pat, PAT)
        await site.sign_in(oskar, OSKAR)
        await keeps(pat, site, "By Pat")
        await keeps(oskar, site, "By Oskar")
        await proposes(pat, site)
        await approves(oskar, site, 1)
        await oskar.goto(f"{site.url}/studio/editions/draft")
        await expect(oskar.locator("section[aria-labelledby=since-title]")).to_contain_text(
            "By Pat"
        )
        await oskar.click("button[value=take-in]")
        await expect(oskar.locator(".flash")).to_contain_text("yours is kept; look at it")
        await expect(oskar.locator("del", has_text="By Pat")).to_be_visible()
        await expect(oskar.locator("ins", has_text="By Oskar")).to_be_visible()
        assert await fits(oskar)


async def test_in_two_windows_of_one_person_no_text_is_written_over(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, js=False) as first, opened(chrome, js=False) as second:
        for page in (first, second):
            await site.sign_in(page, PAT)
            await page.goto(site.url + TEXT)
        await retitled(second, "From the second window")
        await second.click("button[value=keep]")
        await retitled(first, "From the first window")
        await first.click("button[value=keep]")
        await expect(first.locator("#error-summary")).to_be_visible()
        assert "From the first window" in await first.input_value("#text")
        assert await subject_in(second, site) == "Subject: From the second window"


async def test_what_the_checker_finds_names_the_line_and_keeps_what_was_typed(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome) as page:
        await site.sign_in(page, PAT)
        await page.goto(site.url + OWN_RULES)
        wrong = "playbook: ours\nversion: 1\nrules:\n  hello:\n    on: no-such-event\n"
        await page.fill("#text", wrong)
        await page.click("button[value=keep]")
        await expect(page.locator("#error-summary")).to_be_focused()
        await expect(page.locator("#text-error")).to_contain_text("ours.yaml:")
        assert await page.input_value("#text") == wrong
        assert (await findings(page), await fits(page)) == ([], True)


async def test_on_paper_a_text_stands_as_it_reads_without_what_is_to_be_pressed(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, width=1024) as page:
        await site.sign_in(page, PAT)
        await page.goto(site.url + TEXT)
        await page.emulate_media(media="print")
        await expect(page.locator("#reads-title")).to_be_visible()
        await expect(page.locator(".paper-head")).to_be_visible()
        for part in (".site-header", "#text", "button >> nth=0", "#look"):
            await expect(page.locator(part)).to_be_hidden()
