"""An office with one client, and its pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.memory import MemoryService
from tests.intake.office import intake, onboarded
from tests.intake.pages.site import IntakeSite


@pytest.fixture
def office() -> MemoryService:
    """Intake knows one client, who reads English and has a telephone."""
    office = intake()
    office.hear(onboarded(locale="en-GB", phone="+49 30 1234"))
    return office


@pytest.fixture
async def site(office: MemoryService, tmp_path: Path) -> AsyncIterator[IntakeSite]:
    """The pages over that office."""
    site = IntakeSite(office, tmp_path)
    async with site.browser:
        yield site
