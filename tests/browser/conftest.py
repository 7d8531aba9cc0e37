"""One browser for all of them, on one loop; and a fresh desk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import chromium
from tests.browser.desk_day import DeskSite, desk_site
from tests.browser.readers import is_another_readers_turn

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The suite reads each page as one of its readers; the tests share the browser's loop."""
    left_out = [item for item in items if is_another_readers_turn(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not is_another_readers_turn(item)]
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chrome() -> AsyncIterator[Browser]:
    """A browser started once for every test here; each opens windows of its own in it."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[DeskSite]:
    """The desk in the middle of a working day."""
    async with desk_site() as served:
        yield served
