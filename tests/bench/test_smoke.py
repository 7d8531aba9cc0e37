"""Does the benchmark itself work? Tiny sizes, and no word about the figures."""

import io
import json
import math
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench.__main__ import main
from tests.bench.bench import Bench
from tests.bench.figures import Figure, Findings
from tests.bench.filing import Course
from tests.bench.measuring import check, quantile
from tests.bench.sampling import place_of

RULES, REST = "the service's own rules and steps", "asyncio and the rest"
FOUND = {
    "through": {"publishing", "bare limit", "end to end", "delay"},
    "sending": {"sending"},
    "desk": {"desk"},
    "filing": {"filing"},
    "conflicts": {"conflicts"},
    "drivers": {"drivers"},
    "doors": {"doors"},
    "card": {"card"},
    "reports": {"reports"},
}


LONG = {*FOUND} - {"drivers"}  # long even so


@pytest.mark.parametrize(
    "part",
    [pytest.param(each, marks=pytest.mark.whole if each in LONG else ()) for each in FOUND],
)
def test_a_part_measures_on_real_servers_and_writes_what_it_found(
    part: str, tmp_path: Path
) -> None:
    out = tmp_path / "bench.json"
    found = main(["--only", part, "--sync", "always", "--scale", "0.001", "--out", str(out)])
    written = json.loads(out.read_text())
    figures = written["figures"]
    assert {each["part"] for each in figures} == FOUND[part]
    assert all(math.isfinite(each["value"]) for each in figures)
    assert {each["sync"] for each in figures} == {"always"}
    assert found.sound, found.void


@pytest.mark.parametrize(
    ("value", "met"), [(0.4, False), (0.5, True), (0.6, True)], ids=["below", "at", "above"]
)
def test_a_goal_is_met_from_its_own_value_on(value: float, met: bool) -> None:
    assert Figure(part="p", name="n", value=value, at_least=0.5).met is met


def test_a_goal_that_is_missed_is_told_and_does_not_fail_the_run() -> None:
    findings = Findings(1.0, [Figure(part="p", name="too slow", value=0.4, at_least=0.5)])
    assert findings.sound
    assert "0 of 1 goals met" in shown(findings)
    assert "not met  p: too slow" in shown(findings)


def test_a_message_sent_twice_fails_the_run() -> None:
    findings = Findings(1.0, [Figure(part="p", name="twice", value=1, at_most=0, must=True)])
    assert not findings.sound


def test_a_part_that_cannot_be_measured_fails_the_run_and_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(bench: Bench) -> None:
        check(not bench.syncs, "what was done is not what should have been")

    async def measures(bench: Bench) -> None:
        bench.found("fine", "n", 1.0)

    monkeypatch.setattr("tests.bench.__main__.PARTS", {"desk": breaks, "timers": measures})
    out = tmp_path / "bench.json"
    findings = main(["--out", str(out)])
    assert not findings.sound
    written = json.loads(out.read_text())
    assert written["void"] == {"desk": "VoidError: what was done is not what should have been"}
    assert [each["part"] for each in written["figures"]] == ["fine"]


def test_what_is_measured_says_on_what_and_beside_which_load(tmp_path: Path) -> None:
    findings = Findings(1.0, parts={"desk": {"load_before": 1.5, "seconds": 2.0}})
    findings.write(tmp_path / "bench.json")
    written = json.loads((tmp_path / "bench.json").read_text())
    assert written["machine"]["cores"]
    assert written["parts"] == findings.parts
    assert "desk 1.5" in shown(findings)


def test_what_was_written_down_can_be_shown_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bench.json"
    Findings(1.0, [Figure(part="p", name="n", value=2, unit="ms", at_most=3)]).write(out)
    main(["--markdown", str(out)])
    assert "| p | always | n | 2 ms | ≤ 3 | yes |" in capsys.readouterr().out


def test_time_spent_below_the_wiring_is_not_counted_as_the_rules() -> None:
    assert place_of(["/x/services/intake/app.py", "/x/asyncio/events.py"]) == REST
    assert place_of(["/x/services/intake/app.py", "/x/services/intake/domain/names.py"]) == RULES
    assert place_of(["/x/services/intake/app.py", "/x/pymongo/pool.py"]) == "BSON and the driver"


def test_of_a_hundred_delays_the_99th_percentile_is_the_second_worst_or_worse() -> None:
    assert quantile([float(number) for number in range(100)], 0.99) == 99.0
    assert quantile([7.0], 0.99) == 7.0


def test_the_slowest_window_is_found_however_often_one_looked() -> None:
    course = Course([(0.0, 0), (1.0, 50), (5.0, 500), (6.0, 505), (10.0, 520), (11.0, 620)], 0)
    assert course.rates(5.0) == [100.0, 4.0]
    assert Course([(0.0, 0), (2.0, 100)], 0).rates(5.0) == [50.0]


def shown(findings: Findings) -> str:
    """What a person reads at the end."""
    console = Console(file=io.StringIO(), width=120)
    findings.show(console)
    return str(console.file.getvalue())  # type: ignore[attr-defined]  # a StringIO, from above
