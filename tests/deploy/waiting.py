"""How does a test wait for something outside its process?"""

import time
from collections.abc import Callable

from shared.clock import monotonic


def until(true: Callable[[], bool], what: str, seconds: float = 20.0) -> None:
    """Come back once it is true; fail the test, saying what was awaited, when it stays false."""
    deadline = monotonic() + seconds
    while not true():
        assert monotonic() < deadline, f"{what} did not happen within {seconds:.0f} seconds"
        time.sleep(0.02)
