"""Can this release and the one before it share an installation, up and back down, under load?

Nothing is lost, nothing done twice, fields that only one of them knows survive the other, and the
state is one that either would have made of the same events.
"""

import asyncio
import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from services.feedback.app import build
from shared.clock import monotonic
from tests.bench.against.checkout import Checkout, checked_out
from tests.faults.comparing import as_added, as_neither, check_rebuilt_by_either
from tests.faults.conftest import not_run
from tests.faults.invariants import hold
from tests.faults.load import under_load
from tests.faults.releases import (
    NEWER,
    OLDER,
    NoHistoryError,
    TwoReleases,
    release_before,
)

Record = Callable[[str, object], None]
SIDE_BY_SIDE_SECONDS = 10.0
PLACE = ("intake", "clients", "c-1.name")


@pytest.fixture
def older(request: pytest.FixtureRequest) -> Iterator[Checkout]:
    """The release before, ready to run; where there is none, the run says so."""
    try:
        revision = request.config.getoption("before") or release_before()
    except NoHistoryError as missing:
        not_run(request.node, str(missing))
    with checked_out(revision, print) as checkout:
        yield checkout


@pytest.mark.whole
async def test_two_releases_side_by_side_up_and_back_down(
    older: Checkout, tmp_path: Path, chance: random.Random, record_property: Record
) -> None:
    async with TwoReleases(tmp_path, older) as system:
        async with under_load(system, chance) as load:
            await asyncio.sleep(SIDE_BY_SIDE_SECONDS)  # the release before, alone
            planted = await system.plant()
            for joins, leaves in ((NEWER, OLDER), (OLDER, NEWER), (NEWER, OLDER)):
                await system.join(joins)
                await asyncio.sleep(SIDE_BY_SIDE_SECONDS)
                since = await system.leave(leaves)
                await asyncio.sleep(SIDE_BY_SIDE_SECONDS)
        changed = await system.harvest(planted)
        assert changed > 0, "no document was changed, so nothing was tried"
        recovered = await hold(
            system, load.story, healed=max(since, monotonic()), rebuilt=check_rebuilt_by_either
        )
        record_property("slowest recovery s", recovered)
        record_property("number of documents changed by another release", changed)


def test_the_release_before_is_the_newest_tag_or_else_the_commit_before(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b",
                   *arguments]  # fmt: skip
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "one")
    with pytest.raises(NoHistoryError):
        release_before(tmp_path)
    first = git("rev-parse", "HEAD")
    git("commit", "-q", "--allow-empty", "-m", "two")
    assert release_before(tmp_path) == first
    git("tag", "v1", first)
    git("tag", "v2")  # this very release
    git("commit", "-q", "--allow-empty", "-m", "three")
    assert release_before(tmp_path) == "v2"
    git("checkout", "-q", "v2")
    assert release_before(tmp_path) == "v1"


def test_where_there_is_no_repository_there_is_no_release_before(tmp_path: Path) -> None:
    with pytest.raises(NoHistoryError):
        release_before(tmp_path)


@pytest.mark.parametrize(("older", "wrong"), [(set(), set()), ({PLACE}, {PLACE})])
def test_a_place_as_neither_release_makes_it_is_wrong(
    older: set[tuple[str, str, str]], wrong: set[tuple[str, str, str]]
) -> None:
    assert as_neither({PLACE}, older) == wrong


@pytest.mark.parametrize(
    ("path", "live", "added"),
    [
        ("m-1.closed_stamp", "", True),
        ("m-1.closed_stamp", "2026-03-02T09:30:00Z else e-1", False),
        ("m-1.no_such_field", "", False),
        ("m-1", None, False),
    ],
)
def test_what_this_release_has_added_may_be_empty_where_the_one_before_wrote(
    path: str, live: str | None, *, added: bool
) -> None:
    """Only that: whatever else neither of them makes is wrong."""
    system: Any = SimpleNamespace(apps={"feedback": build()})
    different = ("feedback", "matters", path, "live:", live, "rebuilt:", "2026-03-02T09:30:00Z s e")
    assert as_added(system, ("feedback", "matters", path), different) == added
