"""The desk's pages for each test."""

import pytest

from tests.desk.browsing import Site, site_at
from tests.desk.facts import NOON


@pytest.fixture
async def site() -> Site:
    """Pages over memory at which everybody of the tests can sign in."""
    return await site_at(NOON)
