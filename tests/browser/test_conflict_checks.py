"""Can the conflicts officer decide, search, print and reopen, by keyboard, on any screen?"""

from datetime import timedelta

from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import HITS, DeskSite
from tests.browser.hands import Hands
from tests.browser.readers import LOOKS, READERS, Look, Reader
from tests.browser.site_menu import by_keys
from tests.desk.facts import CLARA, NOON
from tests.desk.pages.test_conflicts import ROUND, row, told

MATTER = {
    "matter_id": "m-2044", "area": "commercial", "lawyer": "lena", "state": "open",
    "opened_on": "2025-02-01", "closed_on": "", "others": ["Harbour Trading Ltd (client)"],
    "more": 0,
}  # fmt: skip


def checks_of(site: DeskSite) -> None:
    """A register with a decided check, one that waits, and a search."""
    checks = site.behind.memory.checks
    made = (NOON - timedelta(days=3)).isoformat()
    hits = [
        {**HITS[0], "verdict": "Another person: Born in 1950."},
        {**HITS[1], "matters": [MATTER]},
    ]
    checks.rows = [
        row(1, state="cleared", decided_by="pat", decided_at=made, reopened=1),
        row(2, incomplete=["more known parties are called alike than a check lists"]),
        row(3, trigger="search", state="found", asked_by="clara"),
    ]
    checks.records = {
        "chk-1": told(hits=hits, earlier=[ROUND], reopened=1, may_reopen=True, claimed=["X (y)"]),
        "chk-2": told(check_id="chk-2", state="pending", decided_by=None, task_id="t-check"),
        "chk-3": told(check_id="chk-3", trigger="search", state="found", asked_by="clara",
                      purpose="A call this morning", decided_by=None, same_side=hits),
    }  # fmt: skip


async def choose(hands: Hands, where: str) -> None:
    """Type the beginning of a choice in its list."""
    await hands.to(where)
    await hands.page.keyboard.type("Another person")
    await expect(hands.page.locator(where)).to_have_value("another-person")


async def on_paper(page: Page) -> None:
    """What comes out of the printer is the record, and nothing to press."""
    await page.emulate_media(media="print")
    await expect(page.locator(".paper-head")).to_contain_text("Record of conflict check")
    await expect(page.locator(".paper-head")).to_contain_text("Printed Mon 2 Mar 2026")
    for part in ("#record-title", "#decision-title", ".hit >> nth=0", "#earlier-title"):
        await expect(page.locator(part)).to_be_visible()
    for part in ("#reopen-title", ".site-nav", "button >> nth=0"):
        await expect(page.locator(part)).to_be_hidden()
    await page.emulate_media(media="screen")


@READERS
async def test_the_officer_decides_searches_prints_and_reopens(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    checks_of(site)
    asked = site.behind.memory.checks.asked
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = Hands(page)
        await site.sign_in(page, CLARA, "/tasks/t-check")
        await choose(hands, "#grounds")
        await hands.type("#reason", "Two other people.")
        await choose(hands, '[id="verdicts.party:m-2019.p-1.grounds"]')
        await hands.type('[id="verdicts.party:m-2019.p-1.words"]', "Born in 1950.")
        await hands.press("#for_the_rest", "Space")
        await hands.press("button[value=clear]")
        await expect(page.locator(".flash")).to_contain_text("Clear: not the same party.")
        ((_, decision),) = site.behind.memory.owners.decided
        assert decision["fields"]["verdicts"] == {
            "party:m-2019.p-1": {"grounds": "another-person", "words": "Born in 1950."}
        }
        await by_keys(hands, "Checks")
        await expect(page.locator("h1")).to_have_text("Register of checks")
        await hands.press("a[href='/conflicts/search']")
        await hands.type("#names", "Jon Smyth")
        await hands.type("#purpose", "A call this morning")
        site.behind.memory.checks.records = dict(
            sorted(site.behind.memory.checks.records.items(), reverse=True)
        )
        await hands.press("main button[type=submit]")
        await expect(page.locator("main")).to_contain_text("A call this morning")
        assert (asked[-2].ask, asked[-2].names) == ("search", ["Jon Smyth"])
        await hands.press(".back a")
        await hands.press("a[href='/conflicts/chk-1']")
        await on_paper(page)
        await hands.press("#reopen-title ~ form button")
        await hands.type("#why", "The mother's name is the same.")
        await hands.press("#reopen-title ~ form button")
        await expect(page.locator(".flash")).to_contain_text("Reopened.")
        assert await fits(page)
    assert [each.why for each in asked if each.ask == "reopen"][-1] == (
        "The mother's name is the same."
    )


@LOOKS
async def test_the_pages_of_checks_fit_and_nothing_grave_is_found_on_them(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    checks_of(site)
    site.behind.memory.checks.incomplete = ["events wait to be applied"]
    places = ("", "?show=pending", "/search", "/chk-1", "/chk-2", "/chk-3", "/chk-none")
    async with opened(chrome, **look) as page:
        await site.sign_in(page, CLARA)
        for place in places:
            await page.goto(f"{site.url}/conflicts{place}")
            assert (await findings(page), await fits(page)) == ([], True), place
