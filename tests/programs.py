"""Where is a program that only some tests need?

Everything else runs wherever Python runs. ``.ci/run`` installs these programs and sets
``CLIENTELE_TEST_PROGRAMS=required``: then a missing one is a failure, not a skipped test.
"""

import os
import shutil

import pytest


def program(*names: str) -> str:
    """The path of the first that is installed; the test is skipped where none of them is."""
    found = next((path for each in names if (path := shutil.which(each))), None)
    if found is None:
        name = names[-1]
        assert os.environ.get("CLIENTELE_TEST_PROGRAMS") != "required", f"{name} is not installed"
        pytest.skip(f"{name} is not installed; .ci/run installs it")
    return found
