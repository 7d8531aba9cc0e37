"""What tests of the doors ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway.doors import DoorsOpen, open_doors


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[DoorsOpen]:
    """The doors, open, over memory."""
    async with open_doors(tmp_path) as opened:
        yield opened
