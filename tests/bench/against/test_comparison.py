"""Is another revision measured beside this one, and is a slower one named?"""

import io
import json
import subprocess
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench.against import __main__ as against
from tests.bench.against.checkout import HERE, CannotPrepareError, checked_out
from tests.bench.against.comparison import Comparison
from tests.bench.against.ratios import Better, Measure, Ratio, ratios


def delay(value: float, *, judged: bool = True) -> Measure:
    """A measure of which less is better."""
    return Measure("delay", value, "ms", judged=judged)


def one(*pairs: tuple[Measure, Measure]) -> Ratio:
    """The only ratio of these turns."""
    (found,) = ratios([([other], [own]) for other, own in pairs])
    return found


def test_a_ratio_above_one_says_that_this_checkout_is_better_whichever_way_is_better() -> None:
    assert one((delay(20.0), delay(10.0))).spread == (2.0, 2.0, 2.0)
    rates = (Measure("rate", 100.0, "/s", Better.MORE), Measure("rate", 150.0, "/s", Better.MORE))
    assert one(rates).spread == (1.5, 1.5, 1.5)


def test_the_spread_is_that_of_ratios_within_a_turn_and_never_across() -> None:
    found = one((delay(10.0), delay(10.0)), (delay(40.0), delay(20.0)), (delay(9.0), delay(10.0)))
    assert found.spread == (0.9, 1.0, 2.0)


@pytest.mark.parametrize(("own", "slower"), [(10.0, False), (10.5, False), (10.6, True)])
def test_this_checkout_is_slower_when_the_median_is_below_nineteen_in_twenty(
    own: float, slower: bool
) -> None:
    assert one(*[(delay(10.0), delay(own))] * 3).slower is slower


def test_what_is_only_shown_is_never_called_slower() -> None:
    assert not one((delay(10.0, judged=False), delay(99.0, judged=False))).slower


def test_what_only_one_revision_has_is_not_compared() -> None:
    assert ratios([([delay(1.0)], [Measure("new", 1.0, "ms")])]) == []


def test_a_slower_measure_is_named_and_makes_the_run_fail() -> None:
    console = Console(file=io.StringIO(), width=120)
    found = Comparison({"delays": [one((delay(10.0), delay(20.0)))]})
    assert found.show(console, "5bafde8") == 1
    assert "slower: delays: delay: 0.50" in console.file.getvalue()  # type: ignore[attr-defined]


def test_a_part_that_could_not_be_measured_makes_the_run_fail_in_its_own_way() -> None:
    console = Console(file=io.StringIO(), width=120)
    assert Comparison(void={"pages": "VoidError: nothing"}).show(console, "5bafde8") == 2
    assert "not measured: pages" in console.file.getvalue()  # type: ignore[attr-defined]


def test_a_revision_is_checked_out_and_taken_away_again() -> None:
    before = worktrees()
    with checked_out("HEAD", lambda _: None) as other:
        assert (other.folder / "services").is_dir()
        assert len(worktrees()) == len(before) + 1
    assert not other.folder.parent.exists()
    assert worktrees() == before


def test_what_git_does_not_know_is_told_before_anything_is_started() -> None:
    with pytest.raises(CannotPrepareError), checked_out("no-such-revision", lambda _: None):
        pass


@pytest.mark.whole
def test_this_checkout_is_compared_with_its_last_commit_on_real_servers(tmp_path: Path) -> None:
    out = tmp_path / "against.json"
    against.main(["HEAD", "--only", "delays", "--scale", "0.01", "--turns", "1", "--out", str(out)])
    written = json.loads(out.read_text())
    assert written["void"] == {}
    assert {each["name"] for each in written["parts"]["delays"]} == {
        f"publish to {effect}, {part}"
        for effect in ("cleared", "planned")
        for part in ("p50", "p99")
    } | {"processor time, services and servers"}


def worktrees() -> list[str]:
    """Those git knows of."""
    command = ["git", "-C", str(HERE), "worktree", "list", "--porcelain"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if line.startswith("worktree ")]
