"""Does the benchmark itself work? Tiny sizes, and no word about the figures."""

import json
import math
from pathlib import Path

import pytest

from tests.bench.__main__ import main
from tests.bench.figures import Figure
from tests.bench.measuring import quantile

FOUND = {
    "through": {"publishing", "bare limit", "end to end", "delay"},
    "sending": {"sending"},
    "desk": {"desk"},
}


@pytest.mark.parametrize("part", FOUND)
def test_a_part_measures_on_real_servers_and_writes_what_it_found(
    part: str, tmp_path: Path
) -> None:
    out = tmp_path / "bench.json"
    main(["--only", part, "--sync", "always", "--scale", "0.001", "--out", str(out)])
    written = json.loads(out.read_text())
    figures = written["figures"]
    assert {each["part"] for each in figures} == FOUND[part]
    assert all(math.isfinite(each["value"]) for each in figures)
    assert {each["sync"] for each in figures} == {"always"}


@pytest.mark.parametrize(
    ("value", "met"), [(0.4, False), (0.5, True), (0.6, True)], ids=["below", "at", "above"]
)
def test_a_goal_is_met_from_its_own_value_on(value: float, met: bool) -> None:
    assert Figure(part="p", name="n", value=value, at_least=0.5).met is met


def test_of_a_hundred_delays_the_99th_percentile_is_the_second_worst_or_worse() -> None:
    assert quantile([float(number) for number in range(100)], 0.99) == 99.0
    assert quantile([7.0], 0.99) == 7.0
