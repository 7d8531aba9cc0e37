"""One browser per test, or one for a whole file; and a fresh desk."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import chromium
from tests.browser.desk_day import DeskSite, desk_site
from tests.browser.readers import is_another_readers_turn


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The suite reads each page as one of its readers."""
    left_out = [item for item in items if is_another_readers_turn(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chrome() -> AsyncIterator[Browser]:
    """A browser started once, for files whose tests share one loop."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[DeskSite]:
    """The desk in the middle of a working day."""
    async with desk_site() as served:
        yield served
