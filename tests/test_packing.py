"""Do files that share an installation go to one worker, and do the longest begin first?"""

from pathlib import Path

import pytest

from tests.packing import EARLY, TOGETHER, turn_of, unit_of

ROOT = Path(__file__).parents[1]
PLACES = [*EARLY, *(place for places in TOGETHER.values() for place in places)]
SHARED = {  # fixtures of a package, which nobody outside it sees
    ("tests/journeys/", "installation"): "one installation",
    ("tests/faults/", "standing"): "others",
}


@pytest.mark.parametrize("place", PLACES)
def test_what_begins_early_is_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_a_unit_stands_together_and_before_all_others() -> None:
    files = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("tests/**/test_*.py"))
    units = [unit_of(file) for file in sorted(files, key=turn_of)]
    begun = list(dict.fromkeys(units))
    assert begun[: len(TOGETHER)] == list(TOGETHER)
    assert units == sorted(units, key=begun.index)


def test_who_needs_no_part_of_an_installation_of_others_begins_it_elsewhere() -> None:
    assert unit_of("tests/journeys/test_any.py") == "one installation"
    assert unit_of("tests/journeys/test_demo.py") == "others"
    assert unit_of("tests/feedback/test_any.py") == "tests/feedback/test_any.py"


def test_whoever_shares_an_installation_is_of_its_unit(request: pytest.FixtureRequest) -> None:
    """As far as they are collected: all of them in a run of the suite."""
    astray = {
        (item.nodeid, name)
        for item in request.session.items
        for (package, name), unit in SHARED.items()
        if item.nodeid.startswith(package) and name in getattr(item, "fixturenames", ())
        if unit_of(item.nodeid.split("::")[0]) != unit
    }
    assert astray == set()
