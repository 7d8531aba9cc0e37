"""Do the glossary and the code mean the same things by the same words?"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| \*\*([^*]+)\*\* \| .+ \| `(\w+)` in `([^`]+)` \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))
GONE = {"Office", "Shelf", "Kind", "Unit", "Letter", "KeptEvents", "House", "Post", "Asking"}
OURS = ("services", "shared", "deploy")


@pytest.mark.parametrize(("word", "name", "path"), ROWS, ids=[row[0] for row in ROWS])
def test_a_word_stands_where_the_glossary_says(word: str, name: str, path: str) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    defined = {each.name for each in ast.walk(tree)
               if isinstance(each, ast.ClassDef | ast.FunctionDef)}  # fmt: skip
    assert name in defined, word


def test_the_table_is_read() -> None:
    assert len(ROWS) >= 15


def test_no_class_goes_by_a_word_of_our_own_that_was_given_up() -> None:
    classes = {
        (path.relative_to(ROOT).as_posix(), node.name)
        for folder in OURS
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert sorted(place for place, name in classes if name in GONE) == []
