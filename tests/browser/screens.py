"""``python -m tests.browser.screens [FOLDER]``: the main screens of the desk, as pictures.

Made from the day in ``desk_day.py``, so that they are the same whoever makes them.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser

from services.desk.domain.staff import StaffMember
from tests.browser.chromium import chromium, opened
from tests.browser.desk_day import DeskSite, desk_site
from tests.desk.facts import CLARA, LEO, PAT

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
WIDE, PHONE = 1280, 320
SCREENS: tuple[tuple[str, StaffMember | None, str, int, str], ...] = (
    ("sign-in", None, "/login", WIDE, "light"),
    ("inbox", PAT, "/inbox?view=team", WIDE, "light"),
    ("inbox-dark", PAT, "/inbox?view=team", WIDE, "dark"),
    ("inbox-phone", PAT, "/inbox?view=team", PHONE, "light"),
    ("task", LEO, "/tasks/t-call", WIDE, "light"),
    ("task-phone", LEO, "/tasks/t-call", PHONE, "dark"),
    ("conflict", CLARA, "/tasks/t-check", WIDE, "light"),
    ("review", PAT, "/tasks/t-review", WIDE, "light"),
    ("recovery", PAT, "/tasks/t-recovery", WIDE, "dark"),
)


async def take(browser: Browser, site: DeskSite, folder: Path) -> None:
    """One picture of each screen."""
    for name, person, place, width, scheme in SCREENS:
        async with opened(browser, width=width, height=800, scheme=scheme) as page:
            if person is None:
                await page.goto(f"{site.url}{place}")
            else:
                await site.sign_in(page, person, place)
            await page.evaluate("document.fonts.ready")
            await page.screenshot(path=folder / f"{name}.png", full_page=width == WIDE)


async def _main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    async with chromium() as browser, desk_site() as site:
        await take(browser, site, folder)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
