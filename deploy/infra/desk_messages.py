"""Which messages does the desk show, and does each of its languages say them all?

``make words`` reads the templates and the modules and brings every ``services/desk/languages/*.po``
up to date: what is new stands there without words, what is gone goes. English is what stands in
the code. Marked messages are found by Babel. Words of rules, of task kinds and of refusals carry
no mark, since what makes them knows no reader: of those, every sentence counts.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from deploy.infra.unmarked_sentences import is_prose, is_whole, saying, sentences, unread
from services.desk.domain.labels import said
from services.desk.pages.language import FOLDER, catalogue
from shared.contracts.task_kinds import TASK_KINDS
from shared.firm.firm_file import keys
from shared.yaml_text import loaded

ROOT = Path(__file__).parents[2]
DESK = ROOT / "services" / "desk"
MARKS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "NN_": (1, 2),
    "ngettext": (1, 2),
}
OPTIONS = {
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",  # a template that cannot be read is an error
}
MARKED = (DESK / "pages", ROOT / "shared" / "web" / "templates")
WHOLE = (  # of these, whatever reads like a sentence or a label
    *sorted((DESK / "domain").glob("*.py")),
    *sorted((ROOT / "shared" / "contracts").glob("*task_kind*.py")),
    ROOT / "shared" / "contracts" / "page_decisions.py",
    ROOT / "shared" / "requests" / "deciding.py",
    ROOT / "shared" / "tasks.py",
)
OTHERS = ("intake", "reminders", "feedback", "reputation")
SET_UP = frozenset({"services/desk/domain/incident_plans.py"})  # mistakes go to who set it up
LEFT_OUT = frozenset(
    {
        "services/desk/api/application.py",  # what programs are told
        "services/desk/api/problems.py",
        "services/intake/domain/firms_companies.py",  # these are told whoever wrote a file
        "services/intake/domain/firms_nicknames.py",
        "services/intake/domain/forms.py",
        "services/intake/domain/letter_texts.py",
        "services/reminders/domain/checked_texts.py",
        "services/reminders/domain/message_texts.py",
        "services/reminders/domain/yaml_places.py",
        "services/reminders/workflow/playbook_versions.py",
        "services/reminders/domain/message_preview.py",  # sample values in previews
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message, with its plural where it has one, and where it stands."""

    id: str | tuple[str, str]
    place: str


@cache
def messages() -> list[Message]:
    """Every message of the desk."""
    found: dict[str | tuple[str, str], Message] = {}
    for each in (*_marked(), *_of_rules(), *_of_others(), *_of_lists(), *_of_data()):
        found.setdefault(each.id, each)
    return [found[key] for key in sorted(found, key=str)]


def _marked() -> Iterator[Message]:
    for folder in MARKED:
        for path in sorted(folder.rglob("*")):
            method = {".html": "jinja2.ext:babel_extract", ".py": "python"}.get(path.suffix)
            if method is None:
                continue
            for _line, id, _comments, _context in extract_from_file(
                method, path, keywords=MARKS, options=OPTIONS
            ):
                yield Message(id if isinstance(id, str) else (id[0], id[1]), _name(path))


def _of_rules() -> Iterator[Message]:
    for path in WHOLE:
        if _name(path) in LEFT_OUT:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for text in sentences(tree, unread(tree)):
            if is_prose(text) and (_name(path) not in SET_UP or _is_told(text, path)):
                yield Message(text, _name(path))


def _of_others() -> Iterator[Message]:
    """What other parts of the house say: refusals, titles, reasons, and every whole sentence."""
    folders = [DESK / "workflow", DESK / "api"]
    folders += [ROOT / "services" / name / part for name in OTHERS for part in PARTS]
    for path in sorted(file for folder in folders for file in _modules(folder)):
        if _name(path) in LEFT_OUT:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for node in saying(tree):
            for text in sentences(node, unread(tree) - {id(node)}):
                if is_prose(text) and _is_told(text, path):
                    yield Message(text, _name(path))
        if not path.is_relative_to(DESK):
            for text in sentences(tree, unread(tree)):
                if is_whole(text) and _is_told(text, path):
                    yield Message(text, _name(path))


def _of_lists() -> Iterator[Message]:
    """What is said of the rows of a list: it begins with the column, so in small letters."""
    for name in OF_LISTS:
        path = ROOT / "services" / "gateway" / name
        tree = ast.parse(path.read_text("utf-8"))
        for text in sentences(tree, unread(tree)):
            if is_prose(text) and text != REASON:
                yield Message(text, _name(path))


def _is_told(text: str, path: Path) -> bool:
    """Whether staff read it at the desk: a mistake in a file is told to whoever wrote the file."""
    if _name(path).startswith(FINDING):
        return True
    whole = text[0].isupper() or (text[0] == "{" and text.endswith("."))
    return whole and not re.match(r"\{(file|place|name|language)\d?\}[:,]", text)


FINDING = (
    "services/reminders/domain/checks/",
    "services/reputation/domain/guard.py",
    "services/reputation/domain/repeated_facts.py",
    "services/reputation/workflow/tasks.py",
)
REASON = "why it was not imported"  # a heading by which a list of refused rows is known again
OF_LISTS = (
    "domain/imports/cells.py",
    "domain/imports/judging.py",
    "domain/imports/rows.py",
    "domain/imports/runs.py",
    "domain/imports/tables.py",
    "domain/imports/workbooks.py",
    "domain/imports/workbook_cells.py",
    "workflow/bringing_lists.py",
    "workflow/understanding_lists.py",
    "workflow/list_runs.py",
    "api/imports.py",
)
PARTS = (
    "domain",
    "workflow",
    "staff.py",
    "api",
    "gateways/client_messages.py",
    "gateways/links.py",
    "gateways/mail_reading.py",
    "gateways/simulations.py",
)


def _of_data() -> Iterator[Message]:
    """What shipped rules and plans ask of people, and the choices their forms offer."""
    for folder, names in DATA.items():
        for path in sorted((ROOT / folder).glob("*.yaml")):
            for text in _under(names, loaded(path.read_text("utf-8"))):
                yield Message(" ".join(text.split()), _name(path))
    for kind in TASK_KINDS.values():
        for field in kind.fields:
            for choice in field.choices:
                yield Message(said(choice), "shared/contracts/task_kinds.py")
    for key in keys():
        yield Message(key.means, "shared/firm/sections.py")


def _under(names: frozenset[str], data: Any) -> Iterator[str]:
    """Every text under one of these names, however deep."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name in names and isinstance(value, str):
                yield value
            else:
                yield from _under(names, value)
    elif isinstance(data, list):
        for each in data:
            yield from _under(names, each)


DATA = {
    "services/reminders/playbooks": frozenset({"title", "text"}),
    "services/desk/incidents": frozenset({"label", "do"}),
}


def _modules(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place] if place.is_file() else []


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def brought_up_to_date(code: str) -> Catalog:
    """The file of a language with every message that there is, and no other."""
    known = catalogue(code)
    fresh = Catalog(
        locale=code, project="Clientele", fuzzy=False, charset="utf-8", header_comment=HEAD
    )
    for each in messages():
        before = known.get(each.id)
        said = before.string if before is not None and before.id == each.id else None
        empty = ("",) * known.num_plurals if isinstance(each.id, tuple) else ""
        fresh.add(each.id, said or empty, locations=[(each.place, 1)])
    return fresh


UNSAID = re.compile(  # headers of other ways of working, and what changes by itself
    rb'^"(?:Project-Id|Report-|POT-|PO-Rev|Last-Tr|Language-Team|Generated-By).*\n', re.MULTILINE
)
HEAD = """\
# The desk in another language: what it says in English, and what it says here.
# `make words` adds what is new and drops what is gone; see CONTRIBUTING.md."""


def written(fresh: Catalog) -> bytes:
    """The file of a language: the same messages are the same bytes."""
    held = BytesIO()
    write_po(held, fresh, width=100, include_lineno=False)
    return UNSAID.sub(b"", held.getvalue())


def main() -> None:
    """Bring the file of every language up to date."""
    for path in sorted(FOLDER.glob("*.po")):
        path.write_bytes(written(brought_up_to_date(path.stem)))


if __name__ == "__main__":
    main()
