"""Which values can a firm say in a form, and what does its draft say of each?

Those of ``firm.toml``, with who decides which kind of task and which single decision. Tables with
reasons of their own, as how long records are kept, are written in the file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.reminders.domain.edition_files import Files
from shared.contracts import firm_decisions
from shared.contracts.firm_decisions import name_of, shipped_roles
from shared.contracts.firm_roles import settable
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import RuleError
from shared.firm.firm_file import Key, keys, who_decides, who_makes
from shared.firm.folder import FILE, lines_of
from shared.firm.said_values import as_said, values_said, with_value


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSaid:
    """One value: what it is for, and what the firm says of it; empty: as shipped."""

    key: Key
    said: str
    in_force: str
    shipped: str


def every_key() -> Iterator[Key]:
    """Every value a form can say."""
    yield from keys()
    yield from (who_decides(kind, TASK_KINDS[kind].label) for kind in settable())
    for kind, name, label in firm_decisions.decisions():
        yield who_makes(name_of(kind, name), label)


def values_in(draft: Files, in_force: Files, shipped: Mapping[str, str]) -> list[ValueSaid]:
    """Each as the draft has it, as it is in force, and as shipped."""
    mine, now = _said(draft), _said(in_force)
    return [
        ValueSaid(
            key=each, said=mine.get(each.place, ""), in_force=now.get(each.place, ""),
            shipped=_shipped(each, shipped),
        )
        for each in every_key()
    ]  # fmt: skip


def with_values(files: Files, wanted: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, str]:
    """The files with these values; RuleError at the value that cannot be so.

    ``seen``: each as it was shown; another one by now is not written over.
    """
    known, before = {each.place: each for each in every_key()}, _said(files)
    text = files.get(FILE, "")
    for place, typed in wanted.items():
        if place not in known:
            raise RuleError(f"There is no value {place}.", code="unknown", field=place)
        if place in seen and before.get(place, "") not in (seen[place], typed.strip()):
            raise RuleError(
                "This was changed meanwhile, in another window: look at it, and change it again.",
                code="changed-meanwhile", field=place,
            )  # fmt: skip
        if typed.strip() != before.get(place, ""):
            text = with_value(text, known[place], typed)
    rest = {place: said for place, said in files.items() if place != FILE}
    return {**rest, FILE: text} if text.strip() else rest


def merged_values(ours: str, base: str, other: str) -> tuple[str, bool]:
    """The file of values with what others changed since ``base``, and our changes over it.

    And whether both changed one value, or the file is such that ours has to stay as a whole.
    """
    known = {each.place: each for each in every_key()}
    try:
        mine, was, now = (values_said(text) for text in (ours, base, other))
        text, both = other, False
        for place in sorted({*mine, *was}):
            wanted, before = mine.get(place, ""), was.get(place, "")
            if wanted != before:
                both = both or now.get(place, "") not in (before, wanted)
                text = with_value(text, known[place], wanted)
    except (KeyError, ValueError, RuleError):
        return ours, True
    return text, both


def field_of(files: Files, complaints: Iterable[str]) -> str | None:
    """The value a complaint is about, by the line it names."""
    by_line = {line: place for place, line in lines_of(files.get(FILE, "")).items() if "." in place}
    for each in complaints:
        named = each.removeprefix(f"{FILE}:").partition(":")[0]
        if each.startswith(f"{FILE}:") and named.isdecimal() and int(named) in by_line:
            return by_line[int(named)]
    return None


def _said(files: Files) -> dict[str, str]:
    try:
        return values_said(files.get(FILE, ""))
    except ValueError as wrong:
        raise RuleError(f"{FILE} is not TOML: {wrong}", code="mistakes", field="files") from None


def _shipped(key: Key, shipped: Mapping[str, str]) -> str:
    if key.section == "roles":
        return as_said(TASK_KINDS[key.name].roles)
    if key.section == "decisions":
        kind, _, decision = key.name.partition(".")
        return as_said(shipped_roles(kind, decision))
    return shipped.get(key.setting, "")
