"""Where is a program that only some tests need?

Everything else runs wherever Python runs. ``.ci/run`` installs these programs and sets
``CLIENTELE_TEST_PROGRAMS=required``: then a missing one is a failure, not a skipped test.
"""

import os
import shutil

import pytest


def program(name: str) -> str:
    """The path of an installed program; the test is skipped where it is not installed."""
    found = shutil.which(name)
    if found is None:
        assert os.environ.get("CLIENTELE_TEST_PROGRAMS") != "required", f"{name} is not installed"
        pytest.skip(f"{name} is not installed; .ci/run installs it")
    return found
