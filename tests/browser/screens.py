"""``python -m tests.browser.screens [FOLDER]``: the main screens, as pictures.

Made from the day in ``desk_day.py``, the clients in ``client_site.py`` and the mails in
``mails.py``, so that they are the same whoever makes them.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser

from services.desk.domain.staff import StaffMember
from tests.browser.chromium import chromium, opened
from tests.browser.client_site import client_site, survey_place
from tests.browser.desk_day import DeskSite, desk_site
from tests.browser.desk_history import bring_trouble, tell_history
from tests.browser.mails import SAMPLES, show
from tests.desk.facts import CLARA, LEO, OSKAR, PAT

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
WIDE, PHONE = (1180, 800), (320, 800)
Screen = tuple[str, StaffMember | None, str, tuple[int, int], str]
SCREENS: tuple[Screen, ...] = (
    ("sign-in", None, "/login", (1180, 480), "light"),
    ("inbox", PAT, "/inbox?view=team", WIDE, "light"),
    ("inbox-dark", PAT, "/inbox?view=team", WIDE, "dark"),
    ("inbox-phone", PAT, "/inbox?view=team", PHONE, "light"),
    ("task", LEO, "/tasks/t-call", (1180, 980), "light"),
    ("task-phone", LEO, "/tasks/t-call", PHONE, "dark"),
    ("conflict", CLARA, "/tasks/t-check", (1180, 1180), "light"),
    ("review", PAT, "/tasks/t-review", (1180, 1180), "light"),
    ("recovery", PAT, "/tasks/t-recovery", (1180, 1000), "dark"),
)
IN_TROUBLE: tuple[Screen, ...] = (
    ("timeline", PAT, "/clients/c-1", (1180, 980), "light"),
    ("ops", OSKAR, "/ops", (1180, 1180), "light"),
)


async def take(browser: Browser, site: DeskSite, screens: Sequence[Screen], folder: Path) -> None:
    """One picture of each screen."""
    for name, person, place, (width, height), scheme in screens:
        async with opened(browser, width=width, height=height, scheme=scheme) as page:
            if person is None:
                await page.goto(f"{site.url}{place}")
            else:
                await site.sign_in(page, person, place)
            await page.evaluate("document.fonts.ready")
            assert await page.locator("#refusal").count() == 0, place
            await page.screenshot(path=folder / f"{name}.png")


async def take_clients(browser: Browser, folder: Path) -> None:
    """What clients see on a phone."""
    async with client_site() as site, survey_place("en-GB") as place:
        seen = {"form": site.form(), "preferences": site.preferences(), "survey": place.survey()}
        for name, url in seen.items():
            scheme = "dark" if name == "preferences" else "light"
            async with opened(browser, width=PHONE[0], height=PHONE[1], scheme=scheme) as page:
                await page.goto(url)
                await page.evaluate("document.fonts.ready")
                await page.screenshot(path=folder / f"{name}-phone.png")


async def take_mails(browser: Browser, folder: Path) -> None:
    """What clients read in their mail program, on a phone."""
    for name, mail in SAMPLES.items():
        async with opened(browser, width=PHONE[0], height=100) as page:
            await show(page, mail)
            await page.screenshot(path=folder / f"mail-{name}.png", full_page=True)


async def _main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    async with chromium() as browser, desk_site() as site:
        await take(browser, site, SCREENS, folder)
        tell_history(site)
        bring_trouble(site)
        await take(browser, site, IN_TROUBLE, folder)
        await take_clients(browser, folder)
        await take_mails(browser, folder)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
