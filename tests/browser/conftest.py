"""One browser per test, or one for a whole file; and a fresh desk."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import chromium
from tests.browser.desk_day import DeskSite, desk_site


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
