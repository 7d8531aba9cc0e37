"""Is what the documents say about the code true?

Every link, path, command, option, setting, figure and make target they name must exist.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from deploy.cli.main import app

ROOT = Path(__file__).parents[1]
GENERATED = ROOT / "docs" / "events"
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if GENERATED not in path.parents),
]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
PATH = re.compile(r"(?:services|shared|deploy|docs|tests|examples)/[\w./*-]+")
COMMAND = re.compile(
    r"(?:^|[\s|/])clientele((?: [a-z][a-z-]*| --?[a-z-]+| [^\s`|;]+)+)", re.MULTILINE
)
SETTING = re.compile(r"\b(?:CLIENTELE|DESK)_[A-Z_]+[A-Z]\b")
FIGURE = re.compile(r"`([a-z]+(?:_[a-z]+)+)(?:\{[^}]*\})?`")
TARGET = re.compile(r"\bmake ([a-z]+)\b")


def name_of(path: Path) -> str:
    """How a document is called in the project."""
    return path.relative_to(ROOT).as_posix()


def code_in(text: str) -> str:
    """Everything set as code, in blocks and in lines."""
    return "\n".join([*FENCE.findall(text), *CODE.findall(FENCE.sub("", text))])


def anchors(text: str) -> set[str]:
    """The headings of a document, as links name them."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def sources() -> str:
    """All of the code, and what configures it."""
    folders = ("services", "shared", "deploy")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return "\n".join(path.read_text("utf-8") for path in [*files, ROOT / "docker-compose.yml"])


def used_commands(code: str) -> Iterator[list[str]]:
    """Each use of the program, as its words."""
    for line in code.splitlines():
        for found in COMMAND.finditer(line.split(" #")[0]):
            yield found[1].split()


def missing_in(words: list[str]) -> str | None:
    """What of a command line does not exist: a command, or an option of it."""
    command: Any = typer.main.get_command(app)
    given = list(words)
    while hasattr(command, "commands") and given:
        name = given.pop(0)
        if name not in command.commands:
            return name
        command = command.commands[name]
    known = {option for each in command.params for option in each.opts + each.secondary_opts}
    options = [word.split("=")[0] for word in given if word.startswith("-") and len(word) > 1]
    return next((option for option in options if option not in known), None)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", document.read_text("utf-8"))):
        if target.startswith("http"):
            continue
        file, _, anchor = target.partition("#")
        there = Path(os.path.normpath(document.parent / file)) if file else document
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_named_exists(document: Path) -> None:
    named = {path.rstrip("./") for path in PATH.findall(code_in(document.read_text("utf-8")))}
    assert [path for path in sorted(named) if "<" not in path and not list(ROOT.glob(path))] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_named_exists(document: Path) -> None:
    used = used_commands(code_in(document.read_text("utf-8")))
    assert [words for words in used if missing_in(words)] == []


@pytest.mark.parametrize(
    ("line", "missing"),
    [("outbound stop", "stop"), ("dead-letters list --all", "--all"), ("time advance 7d", None)],
)
def test_a_command_that_does_not_exist_is_noticed(line: str, missing: str | None) -> None:
    assert missing_in(line.split()) == missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_setting_named_exists(document: Path) -> None:
    code = sources()
    named = {name for name in SETTING.findall(document.read_text("utf-8"))}
    unknown = [
        name
        for name in sorted(named)
        if name not in code and f"    {name.partition('_')[2].lower()}: " not in code
    ]
    assert unknown == []


def test_every_figure_named_for_ops_exists() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    table = text[text.index("## Metrics and alerts") : text.index("## Logs")]
    named = {figure.removesuffix("_total") for figure in FIGURE.findall(table)}
    assert len(named) > 10
    assert [figure for figure in sorted(named) if f'"{figure}"' not in sources()] == []


def test_every_make_target_named_exists() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for document in DOCUMENTS
        for target in TARGET.findall(code_in(document.read_text("utf-8")))
    }
    assert named - made == set()
