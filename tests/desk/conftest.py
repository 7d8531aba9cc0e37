"""A desk for each test."""

import pytest

from tests.desk.facts import NOON
from tests.desk.memory import MemoryDesk, memory_desk


@pytest.fixture
def desk() -> MemoryDesk:
    """A desk over memory at which everybody of the tests works."""
    return memory_desk(NOON)
