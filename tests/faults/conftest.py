"""Which faults are tried, by which seed, and how is each told and repeated?

Without ``--whole`` only a few of every family run, by a fixed seed and without any privilege; with
it all of them do. Every scenario draws its chances from the seed and its own name, so that one
alone repeats exactly.
"""

import itertools
import os
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NoReturn

import pytest
import pytest_asyncio

from tests.faults.system import System

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RECOVERY = "slowest recovery s"  # the property by which a scenario tells it
_CONFIG: list[pytest.Config] = []  # of this run, for the hook that is not given it


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--whole``, ``--seed`` and ``--before``."""
    group = parser.getgroup("faults")
    group.addoption("--whole", action="store_true", help="every fault scenario, not a few of each")
    group.addoption("--seed", type=int, default=0, help="repeats the chances of an earlier run")
    group.addoption("--before", help="the release before this one, where it is another than git's")


def pytest_configure(config: pytest.Config) -> None:
    """Keep it for the hook that is not given it."""
    _CONFIG.append(config)


def pytest_report_header(config: pytest.Config) -> str:
    """Said before anything runs."""
    return f"faults: seed {seed_of(config)}; `make faults SEED={seed_of(config)}` repeats them"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the whole run has the scenarios marked so."""
    if config.getoption("whole", default=False):
        return
    left_out = [item for item in items if item.get_closest_marker("whole")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A scenario that fails says how it is repeated alone."""
    outcome: Any = yield
    report = outcome.get_result()
    item.failed = call.excinfo is not None  # type: ignore[attr-defined]
    if report.failed and HERE in item.path.parents:
        name = f"{item.path.relative_to(ROOT)}::{item.nodeid.partition('::')[2]}"
        again = f"make faults SEED={seed_of(item.config)} ONLY='{name}'"
        report.sections.append(("repeat this scenario alone", again))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In a whole run, what failed is said at once: the end may be an hour away."""
    if _CONFIG and _CONFIG[0].getoption("whole", default=False) and report.failed:
        lines = [line for line in report.longreprtext.splitlines() if line.startswith("E  ")]
        writer: Any = _CONFIG[0].pluginmanager.get_plugin("terminalreporter")
        if writer is not None:
            writer.write_line("\n" + "\n".join(line[:600] for line in lines[:3]))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The table: each family with its runs, what failed and how long recovery took."""
    if not config.getoption("whole", default=False):
        return
    families: dict[str, list[Any]] = defaultdict(list)
    for outcome in ("passed", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, ()):
            if "/faults/" in report.nodeid or report.nodeid.startswith("faults/"):
                family = Path(report.nodeid.partition("::")[0]).stem.removeprefix("test_")
                families[family].append(report)
    terminalreporter.section(f"faults, seed {seed_of(config)}")
    terminalreporter.write_line(f"{'family':<16}{'runs':>6}{'failed':>8}{'minutes':>9}  figures")
    for family, reports in sorted(families.items()):
        terminalreporter.write_line(_row(family, reports))
    for report in terminalreporter.stats.get("skipped", ()):
        if isinstance(report.longrepr, tuple):
            terminalreporter.write_line(f"NOT RUN: {report.nodeid}: {report.longrepr[2]}")
    terminalreporter.write_line(slowest_recovery(itertools.chain(*families.values())))


def slowest_recovery(reports: Iterable[Any]) -> str:
    """Which scenario took longest until everything went on, and how long."""
    found = [(value, report.nodeid) for report in reports
             for name, value in report.user_properties if name == RECOVERY]  # fmt: skip
    if not found:
        return "slowest recovery: no scenario measured one"
    seconds, scenario = max(found)
    return f"slowest recovery: {seconds:.1f} s, in {scenario}"


def not_run(item: Any, reason: str) -> NoReturn:
    """Leave a scenario out where this machine cannot try it, and say so at the end.

    Where everything is required to be there, as where changes are checked, it fails instead.
    """
    if os.environ.get("CLIENTELE_TEST_PROGRAMS") == "required":
        pytest.fail(f"{item.name} cannot be tried: {reason}")
    pytest.skip(reason)


def _row(family: str, reports: list[Any]) -> str:
    """One line of the table."""
    figures: dict[str, list[float]] = defaultdict(list)
    for report in reports:
        for name, value in report.user_properties:
            figures[name].append(value)
    runs = sum(figures.pop("runs", [])) + sum(
        not any(name == "runs" for name, _ in report.user_properties) for report in reports
    )
    failed = sum(report.outcome == "failed" for report in reports)
    minutes = sum(report.duration for report in reports) / 60
    said = ", ".join(
        f"{name}: {sum(values):.0f}" if name.startswith("number") else f"{name}: {max(values):.1f}"
        for name, values in sorted(figures.items())
    )
    return f"{family:<16}{runs:>6.0f}{failed:>8}{minutes:>9.1f}  {said}"


def seed_of(config: pytest.Config) -> int:
    """The seed of this run."""
    return int(config.getoption("seed", default=0))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The chances of this scenario: from the seed and its name, so that it repeats alone."""
    return random.Random(f"{seed_of(request.config)}/{request.node.nodeid.rpartition('/')[2]}")


class Standing:
    """The installation of scenarios; one that a scenario left broken is not used again."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._factory = factory
        self._system: System | None = None

    async def given(self) -> System:
        """The installation, started if there is none."""
        if self._system is None:
            self._system = await System(self._factory.mktemp("system")).__aenter__()
        return self._system

    async def leave(self) -> None:
        """End it."""
        system, self._system = self._system, None
        if system is not None:
            await system.__aexit__()


def as_long_as_needed(fixture_name: str, config: pytest.Config) -> Literal["module", "package"]:
    """A few scenarios of each file share one; all of them would fill it."""
    del fixture_name
    return "module" if config.getoption("whole", default=False) else "package"


@pytest_asyncio.fixture(scope=as_long_as_needed, loop_scope="session")
async def standing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standing]:
    """One installation for the scenarios of a file, or of all files in brief."""
    standing = Standing(tmp_path_factory)
    yield standing
    await standing.leave()


@pytest_asyncio.fixture(loop_scope="session")
async def system(standing: Standing, request: pytest.FixtureRequest) -> AsyncIterator[System]:
    """A running installation in which everything holds."""
    yield await standing.given()
    if getattr(request.node, "failed", True):
        await standing.leave()
