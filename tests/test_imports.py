"""Do the import contracts hold, and does each of them bite when it is broken?

A contract whose wildcard matches nothing is kept in silence, so every contract has violations
planted here, in a copy of the code.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("services", "shared", "deploy")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]

PLANTED = [
    ("service-shape", "services/feedback/helpers.py", ""),
    ("service-shape", "services/feedback/domain/planted.py", "from services.feedback import ports"),
    ("service-shape", "services/intake/listeners.py", "from services.intake import storage"),
    ("service-shape", "services/reminders/settings.py", "from services.reminders import app"),
    (
        "service-shape",
        "services/reminders/app.py",
        "import services.reminders.simulation",
    ),
    ("service-shape", "services/desk/api/problems.py", "import services.desk.pages.words"),
    ("service-shape", "services/desk/listeners.py", "import services.desk.api.desk"),
    ("services-apart", "services/feedback/app.py", "import services.intake.domain"),
    ("services-apart", "services/desk/domain/planted.py", "import services.reputation.domain"),
    ("shared-below", "shared/state/planted.py", "import services.intake.domain"),
    ("shared-below", "services/intake/app.py", "import deploy.infra.grants"),
    ("deploy-is-three", "deploy/planted.py", ""),
    ("deploy-is-three", "deploy/infra/planted.py", "import deploy.trial.connection"),
    ("deploy-is-three", "deploy/trial/planted.py", "import deploy.cli.screen"),
    ("deploy-is-three", "deploy/infra/access/planted.py", "import deploy.cli.addresses"),
    ("shared-is-plumbing", "shared/utils.py", ""),
    ("shared-is-plumbing", "shared/contracts/planted.py", "import shared.state.unit_of_work"),
    ("shared-is-plumbing", "shared/errors.py", "import shared.clock"),
    ("shared-is-plumbing", "shared/telemetry/planted.py", "import shared.engine.outgoing"),
    ("shared-is-plumbing", "shared/state/planted.py", "import shared.engine.outgoing"),
    ("shared-is-plumbing", "shared/engine/planted.py", "import shared.bus.publisher"),
    ("shared-is-plumbing", "shared/bus/planted.py", "import shared.requests.tokens"),
    ("shared-is-plumbing", "shared/requests/planted.py", "import shared.process.app"),
    ("pure-core", "services/feedback/domain/planted.py", "import pymongo"),
    ("pure-core", "services/reputation/ports.py", "import shared.mongo"),
    ("pure-core", "services/desk/ports/tasks.py", "import shared.mongo"),
    ("pure-core", "services/intake/domain/planted.py", "import shared.clock"),
    ("pure-core", "shared/contracts/planted.py", "import nats"),
    ("pure-core", "shared/state/document_types.py", "import shared.state.store"),  # indirectly
    ("pure-core", "shared/tasks.py", "import cryptography"),
    ("pure-core", "shared/calendar.py", "import shared.clock"),
    ("plain-steps", "services/desk/domain/planted.py", "import random"),
    ("plain-steps", "services/intake/ports.py", "import asyncio"),
    ("one-door-to-mongo", "services/feedback/app.py", "import motor.motor_asyncio"),
    ("one-door-to-mongo", "shared/engine/planted.py", "import pymongo"),
    ("one-door-to-mongo", "deploy/infra/grants.py", "import bson"),
    ("storage-is-the-store", "services/intake/listeners.py", "import shared.mongo"),
    ("storage-is-the-store", "services/desk/app.py", "import shared.state.store"),
    ("one-door-to-nats", "services/reminders/listeners.py", "import faststream.nats"),
    ("one-door-to-nats", "services/intake/storage.py", "import nats"),
    ("one-door-to-nats", "shared/engine/planted.py", "import nats"),
    ("one-door-to-nats", "shared/requests/planted.py", "import faststream.nats"),
    ("one-door-to-traces", "shared/engine/planted.py", "import opentelemetry.trace"),
    ("gateways-are-the-way-out", "services/reminders/app.py", "import aiosmtplib"),
    ("gateways-are-the-way-out", "services/feedback/workflow/planted.py", "import httpx"),
]


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Check the contracts (all, or these) on the code in a folder."""
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", *chosen],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code, for copies with a violation."""
    folder = tmp_path_factory.mktemp("pristine")
    _copy(ROOT, folder)
    return folder


@pytest.fixture
def plant(pristine: Path, tmp_path: Path) -> Callable[[str, str], Path]:
    """Add a line to a module (made if need be) in a copy of the code."""

    def planted(module: str, line: str) -> Path:
        _copy(pristine, tmp_path)
        path = tmp_path / module
        before = path.read_text("utf-8") if path.exists() else '"""Planted."""\n'
        path.write_text(f"{before}\n{line}\n", "utf-8")
        return tmp_path

    return planted


def test_every_import_contract_holds() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED)
def test_a_planted_violation_breaks_its_contract(
    plant: Callable[[str, str], Path], contract: str, module: str, line: str
) -> None:
    result = lint(plant(module, line), contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "0 kept, 1 broken" in result.stdout, result.stdout + result.stderr


def test_every_contract_has_a_planted_violation() -> None:
    contracts = {contract["id"] for contract in SETTINGS["contracts"]}
    assert contracts == {contract for contract, _, _ in PLANTED}


def test_every_source_of_a_contract_names_something() -> None:
    graph = grimp.build_graph(*PACKAGES)
    sources = {name for each in SETTINGS["contracts"] for name in each.get("source_modules", ())}
    silent = {name for name in sources if not graph.find_matching_modules(name)}
    assert silent == set()


def test_no_module_is_part_of_a_cycle_of_imports() -> None:
    graph = grimp.build_graph(*PACKAGES)
    TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    ).prepare()


def _copy(source: Path, target: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(source / package, target / package,
                        ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    shutil.copy(source / "pyproject.toml", target / "pyproject.toml")
