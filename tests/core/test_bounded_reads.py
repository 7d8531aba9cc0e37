"""Does every read of the database that sorts say how much it reads at most?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = [
    *ROOT.glob("services/*/storage.py"),
    *ROOT.glob("services/*/storage/*.py"),
    *ROOT.glob("shared/**/*.py"),
]


def calls(function: ast.AST, name: str) -> list[ast.Call]:
    """Every call of a method of this name."""
    return [
        node for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    ]  # fmt: skip


def unbounded(source: str) -> Iterator[str]:
    """Functions that sort what they read from the database, and read without a limit."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            of_a_cursor = [call for call in calls(node, "sort") if call.args]  # lists take a key
            if of_a_cursor and not calls(node, "limit"):
                yield node.name


@pytest.mark.parametrize("path", PLACES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_sorted_without_a_limit(path: Path) -> None:
    assert list(unbounded(path.read_text(encoding="utf-8"))) == []


def test_a_sort_without_a_limit_would_be_seen() -> None:
    assert list(unbounded("async def f(c): return await c.find({}).sort('a', 1).to_list(9)")) == [
        "f"
    ]
