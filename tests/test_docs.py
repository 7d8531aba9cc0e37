"""Is what the documents say about the code true?

Every link, path, command, option, setting, figure and make target they name must exist; every
setting, request and layer of the code must stand where its reader looks for it.
"""

import importlib
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic_settings import BaseSettings

from deploy.cli.main import app
from deploy.infra.grants import EVERYBODY_ANSWERS
from deploy.infra.services import SERVICES, SPECS
from shared.yaml_text import loaded
from tests.expressions import figures_in

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
FILE = re.compile(
    r"(?<![\w/<>{}~…:-])[\w.*-]+(?:/[\w.*-]+)*\.(?:py|ya?ml|md|html|css|js|txt|conf|lock|toml)\b"
)
MADE_BY_THE_READER = {"first.py"}
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


@cache
def sources() -> str:
    """All of the code, and what configures it."""
    folders = ("services", "shared", "deploy")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return "\n".join(path.read_text("utf-8") for path in [*files, ROOT / "docker-compose.yml"])


@cache
def files() -> list[str]:
    """Every file of the project, as it is named from its root."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [each for each in below if each not in (".venv", ".git", ".mypy_cache")]
        found += [name_of(Path(folder) / name) for name in names]
    return found


def is_there(named: str) -> bool:
    """Whether a file ends so; documents may leave out the folders that are plain from the text."""
    pattern = re.compile(rf"(?:^|/){re.escape(named).replace(re.escape('*'), '[^/]*')}$")
    return any(pattern.search(name) for name in files())


def settings_classes() -> Iterator[type[BaseSettings]]:
    """What is read from the environment by all services, and by each."""
    for name in ("shared.process.settings", *(f"services.{each}.settings" for each in SERVICES)):
        for found in vars(importlib.import_module(name)).values():
            if isinstance(found, type) and issubclass(found, BaseSettings):
                yield found


def settings() -> set[str]:
    """The settings of all services, as the environment names them."""
    return {
        str(field.validation_alias or f"{prefix}{name.upper()}")
        for each in settings_classes()
        if (prefix := each.model_config.get("env_prefix"))
        for name, field in each.model_fields.items()
    }


@cache
def known_settings() -> frozenset[str]:
    """Those, and whatever else the code reads or hands on."""
    return frozenset(settings() | set(SETTING.findall(sources())))


def layers() -> set[str]:
    """The parts of services, shared and deploy, as the import contracts list them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    lines = [line for each in contracts for line in each.get("layers", ())]
    return {part.strip("() ") for line in lines for part in line.split("|")}


def used_commands(code: str) -> Iterator[list[str]]:
    """Each use of the program, as its words."""
    for line in code.splitlines():
        for found in COMMAND.finditer(line.split(" #")[0]):
            yield found[1].split()


def commands(command: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the program, as its words."""
    if not hasattr(command, "commands"):
        yield before
        return
    for name, below in command.commands.items():
        yield from commands(below, (*before, name))


@cache
def the_program() -> Any:
    """The command line as it is wired."""
    return typer.main.get_command(app)


def missing_in(words: list[str]) -> str | None:
    """What of a command line does not exist: a command, or an option of it."""
    command: Any = the_program()
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
def test_every_file_named_without_its_folders_exists(document: Path) -> None:
    named = set(FILE.findall(code_in(document.read_text("utf-8")))) - MADE_BY_THE_READER
    assert [file for file in sorted(named) if not is_there(file)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_setting_named_exists(document: Path) -> None:
    assert set(SETTING.findall(document.read_text("utf-8"))) - known_settings() == set()


def test_every_setting_stands_in_operations() -> None:
    named = set(SETTING.findall((ROOT / "docs" / "operations.md").read_text("utf-8")))
    assert len(settings()) > 60
    assert settings() - named == set()


def test_every_request_stands_on_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    verbs = {f"`{verb}.<service>`" for verb in EVERYBODY_ANSWERS}
    own = {f"`{verb}.{each.name}`" for each in SPECS for verb in each.answers}
    assert [verb for verb in sorted(verbs | own) if verb not in text] == []


def test_every_layer_stands_in_the_import_rule() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rule = text[text.index("## The import rule") : text.index("## How a document is kept")]
    assert layers() - set(re.findall(r"\w+", rule)) == set()


def test_every_figure_named_for_ops_exists() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    table = text[text.index("## Metrics and alerts") : text.index("## Logs")]
    named = {figure.removesuffix("_total") for figure in FIGURE.findall(table)}
    assert len(named) > 10
    assert [figure for figure in sorted(named) if f'"{figure}"' not in sources()] == []


def test_every_figure_an_alert_looks_at_stands_in_operations() -> None:
    alerts = (ROOT / "deploy" / "infra" / "prometheus" / "alerts.yml").read_text("utf-8")
    rules = [rule for group in loaded(alerts)["groups"] for rule in group["rules"]]
    looked_at = {name for rule in rules for name in figures_in(rule["expr"])}
    ours = {name for name in looked_at if f'"{name.removesuffix("_total")}"' in sources()}
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert len(ours) > 15
    assert [name for name in sorted(ours) if f"`{name}" not in operations] == []


def test_every_command_stands_in_a_document() -> None:
    told = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    names = [" ".join(("clientele", *words)) for words in commands(the_program())]
    assert len(names) > 25
    assert [name for name in names if name not in told] == []


def test_every_make_target_named_exists() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for document in DOCUMENTS
        for target in TARGET.findall(code_in(document.read_text("utf-8")))
    }
    assert named - made == set()


def test_every_test_the_proof_names_is_there() -> None:
    proof = (ROOT / "docs" / "proof.md").read_text("utf-8")
    named = re.findall(r"`([\w/]+/test_\w+\.py)`(?:: ([^|`]+))?", proof)
    assert len(named) > 20
    missing = []
    for file, says in named:
        path = ROOT / "tests" / file.removeprefix("tests/")
        words = re.sub(r"[^a-z0-9]+", "_", says.lower()).strip("_")
        if not path.exists() or words not in path.read_text("utf-8"):
            missing.append(f"{file}: {says}")
    assert missing == []
