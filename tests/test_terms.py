"""Does everything that docs/terms.md names exist: every event, page, kind of task and test?"""

import ast
import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fastapi import APIRouter
from starlette.routing import Route

import services.desk.api
import services.desk.pages
from services.desk.pages.report_words import REPORTS
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.task_kinds import TASK_KINDS

ROOT = Path(__file__).parents[1]
TERMS = 38
SECTION = re.compile(r"^### (\d+) (.+)\n\n((?:(?!^#).*\n)*)", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
PROOF = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")
PARAMETER = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Term:
    """One section of the document."""

    number: int
    name: str
    text: str

    def line(self, label: str) -> str:
        """What stands behind a label, over all its lines."""
        found = re.search(rf"^- \*\*{label}\*\* (.*(?:\n  .*)*)", self.text, re.MULTILINE)
        return found[1] if found else ""


EVERY = [
    Term(int(number), name, text)
    for number, name, text in SECTION.findall((ROOT / "docs" / "terms.md").read_text("utf-8"))
]


@cache
def places() -> set[str]:
    """Every address of the desk, without the names of what varies in it."""
    found = {f"/reports/{name}" for name in REPORTS}
    for package in (services.desk.pages, services.desk.api):
        prefix = "/api/v1" if package is services.desk.api else ""
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            router = getattr(importlib.import_module(module.name), "router", None)
            if isinstance(router, APIRouter):
                found |= {
                    PARAMETER.sub("{}", prefix + route.path)
                    for route in router.routes
                    if isinstance(route, Route)
                }
    return found


@cache
def tests_in(path: str) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return {each.name for each in ast.walk(tree) if isinstance(each, kinds)}


def test_every_term_stands_there_once() -> None:
    assert sorted(each.number for each in EVERY) == list(range(1, TERMS + 1))
    assert len({each.name for each in EVERY}) == TERMS


@pytest.mark.parametrize("term", EVERY, ids=lambda term: term.name)
def test_its_events_are_in_the_catalogue(term: Term) -> None:
    named = CODE.findall(term.line("Events"))
    assert named
    assert [each for each in named if each not in CATALOGUE] == []


@pytest.mark.parametrize("term", EVERY, ids=lambda term: term.name)
def test_staff_see_it_at_a_page_or_as_a_task(term: Term) -> None:
    named = CODE.findall(term.line("Staff see"))
    assert named
    addresses = {PARAMETER.sub("{}", each) for each in named if each.startswith("/")}
    addresses |= {each.split()[1] for each in CODE.findall(term.text) if each.startswith("GET /")}
    assert {PARAMETER.sub("{}", each) for each in addresses} - places() == set()
    words = {each for each in named if not each.startswith(("/", "clientele "))}
    assert words - set(TASK_KINDS) == set()


@pytest.mark.parametrize("term", EVERY, ids=lambda term: term.name)
def test_a_test_from_outside_proves_it(term: Term) -> None:
    named = PROOF.findall(term.line("Proof"))
    assert named
    missing = [f"{path}::{name}" for path, name in named if name not in tests_in(path)]
    assert missing == []
    assert any(path.startswith(("tests/journeys/", "tests/deploy/cli/")) for path, _ in named)
