"""A real Chromium that notes whatever a page must not do, and axe to judge what it shows."""

import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from tests.patience import PATIENCE_MS
from tests.programs import program

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = (  # what passes is not written up: that takes as long again
    "async rules => (await axe.run(document, {runOnly: {type: 'tag', values: rules},"
    " resultTypes: ['violations']})).violations"
)
GRAVE = {"serious", "critical"}
expect.set_options(timeout=PATIENCE_MS)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser that is installed on this machine; its headless shell needs half the time."""
    async with async_playwright() as playwright:
        installed = program("chromium-headless-shell", "chromium")
        browser = await playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser, *, width: int = 320, height: int = 640, js: bool = True,
    scheme: str = "light", locale: str = "en-GB",
) -> AsyncIterator[Page]:  # fmt: skip
    """A fresh window; afterwards the page must have stayed at home and broken no policy."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=js,
        color_scheme=scheme, locale=locale,  # type: ignore[arg-type]
    )  # fmt: skip
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    places: set[str] = set()
    broken: list[str] = []
    page.on("request", lambda request: places.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: _note(message, broken))
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    assert len(places) <= 1, f"it asked other places: {places}"
    assert broken == [], broken
    await context.close()


async def findings(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it is."""
    await page.evaluate(_axe())
    violations: list[dict[str, Any]] = await page.evaluate(RUN, RULES)
    return [
        f"{each['id']}: {node['html']}"
        for each in violations
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


async def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    shown: bool = await page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return shown


def _note(message: ConsoleMessage, broken: list[str]) -> None:
    if message.type == "error" and "the server responded with a status of" not in message.text:
        broken.append(message.text)


@cache
def _axe() -> str:
    package = importlib.util.find_spec("axe_playwright_python")
    assert package is not None
    assert package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0])
    return (folder / "axe.min.js").read_text("utf-8")
