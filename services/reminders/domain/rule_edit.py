"""A person moves a rule or switches it off in a form: what does the firm's file say then?

Only what is otherwise than shipped is written, into the file that changes the rule's playbook
already, or a new one. Of a file that people wrote, everything else stays as it is, comments too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from services.reminders.domain.edition_files import Files
from services.reminders.domain.playbook import Rule
from services.reminders.domain.playbook_changes import CHANGES, STEP, read_changes
from services.reminders.domain.schedule import Offset
from services.reminders.domain.yaml_places import Place, PlaybookError, read_yaml
from shared.errors import RuleError
from shared.yaml_text import composed

FOLDER = "playbooks"
PARTS = ("offset", "time", "valid-until", "valid-for", "message")
INSIDE = {"offset": ("at",), "time": ("at",), "message": ("then", "send")}  # else the rule itself
VERSION, OFF = "version", "off"
Said = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEdit:
    """What a form says of one rule; a part that is empty is one the rule does without."""

    rule_id: str
    off: bool = False
    parts: Mapping[str, str] | None = None  # None: they stay as they are


def parts_of(rule: Rule) -> dict[str, str]:
    """The parts of a rule that a form shows, as they are written in a playbook."""
    moment, found = rule.moment, dict[str, str]()
    if moment is not None:
        found |= {"offset": written(moment.offset), "time": moment.time or ""}
    found["valid-until"] = written(rule.valid_until) if rule.valid_until else ""
    found["valid-for"] = written(rule.valid_for).lstrip("+") if rule.valid_for else ""
    if rule.send is not None and rule.tell is None:
        found["message"] = rule.send.template
    return found


def written(offset: Offset) -> str:
    """An offset as it stands in a playbook: ``+7d``."""
    return f"{offset.amount:+d}{offset.span.value}"


def with_edit(files: Files, shipped: Rule, edit: RuleEdit, version: int) -> dict[str, str]:
    """The files with this rule as the form says; RuleError where a file has to be mended first.

    ``version``: of the firm's change, where there is one to be made.
    """
    place = _place_for(files, shipped)
    text = files.get(place)
    before = _said_of(place, text, edit.rule_id)
    after: Said | None
    if edit.off:
        after = None
    else:
        kept = before if isinstance(before, dict) else {}
        after = kept if edit.parts is None else _with_parts(kept, shipped, edit.parts)
        after = {VERSION: version, **{k: v for k, v in after.items() if k != VERSION}}
    lines = _block(edit.rule_id, after) if after is None or set(after) - {VERSION} else []
    return _with_text(files, place, _written_into(place, text, shipped.playbook, edit, lines))


def as_shipped(files: Files, shipped: Rule) -> dict[str, str]:
    """The files without any change of this rule."""
    place = _place_for(files, shipped)
    edit = RuleEdit(rule_id=shipped.rule_id)
    if place not in files or _said_of(place, files[place], edit.rule_id) is _NOTHING:
        return dict(files)
    text = _written_into(place, files[place], shipped.playbook, edit, [])
    return _with_text(files, place, text)


def changed_in(files: Files, playbook: str, rule_id: str) -> tuple[str, int] | None:
    """The file and line where the firm changes this rule; None where it is as shipped."""
    for place, changes in _changes(files):
        if changes.playbook.word() != playbook:
            continue
        if changes.rules is None:
            return place, 1
        if rule_id in changes.rules:
            return place, changes.rules[rule_id].line
    return None


def next_version(rule: Rule, published: Mapping[str, str], fingerprint: str | None = None) -> int:
    """The version of the firm's change: the one that said so already, or the first free one.

    ``published``: the fingerprint of every version there is, by ``rule@version``.
    """
    mine = {
        int(version) % STEP: known
        for key, known in published.items()
        for rule_id, _, version in [key.rpartition("@")]
        if rule_id == rule.rule_id and int(version) // STEP == rule.version
    }
    said = [version for version, known in mine.items() if known == fingerprint]
    return said[0] if said else max(mine, default=0) + 1


class _Nothing:
    """A file says nothing of a rule."""


_NOTHING = _Nothing()


def _changes(files: Files) -> Iterator[tuple[str, Any]]:
    for place, text in files.items():
        if place.startswith(f"{FOLDER}/"):
            try:
                found = read_changes(read_yaml(place, text))
            except PlaybookError:
                continue  # said by whoever checks it
            if found is not None:
                yield place, found


def _place_for(files: Files, rule: Rule) -> str:
    """The file to write into: the one that names the rule, else one for its playbook, else new."""
    there = changed_in(files, rule.playbook, rule.rule_id)
    if there is not None:
        return there[0]
    for place, changes in _changes(files):
        if changes.playbook.word() == rule.playbook:
            return place
    name, number = f"{FOLDER}/{rule.playbook}.yaml", 2
    while name in files:
        name, number = f"{FOLDER}/{rule.playbook}-{number}.yaml", number + 1
    return name


def _said_of(place: str, text: str | None, rule_id: str) -> Said | _Nothing | None:
    if text is None:
        return _NOTHING
    changes = read_changes(read_yaml(place, text))
    if changes is None or changes.rules is None:
        raise RuleError(
            f"{place} switches the whole playbook off: take that file away, or change it by hand.",
            code="playbook-off",
            field="rule_id",
        )
    found: Place | None = changes.rules.get(rule_id)
    if found is None:
        return _NOTHING
    return found.plain() if isinstance(found.value, dict) else None


def _with_parts(kept: Said, shipped: Rule, parts: Mapping[str, str]) -> Said:
    usual, said = parts_of(shipped), {**kept}
    for name, value in parts.items():
        if name not in PARTS:
            raise RuleError(f"A rule has no {name} to change here.", code="no-part", field=name)
        wanted = value.strip()
        if name in usual or wanted:
            _set(said, (*INSIDE.get(name, ()), name), wanted, wanted == usual.get(name, ""))
    return said


def _set(said: Said, path: tuple[str, ...], value: str, as_usual: bool) -> None:
    *above, last = path
    inner: list[tuple[Said, str]] = []
    at = said
    for name in above:
        inner.append((at, name))
        at[name] = dict(at[name]) if isinstance(at.get(name), dict) else {}
        at = at[name]
    if as_usual:
        at.pop(last, None)
    else:
        at[last] = value or None
    for outer, name in reversed(inner):
        if not outer[name]:
            del outer[name]


def _block(rule_id: str, said: Said | None) -> list[str]:
    if said is None:
        return [f"  {rule_id}: {OFF}"]
    dumped = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1000)
    return [f"  {rule_id}:", *(f"    {line}" for line in dumped.splitlines())]


def _written_into(
    place: str, text: str | None, playbook: str, edit: RuleEdit, lines: list[str]
) -> str | None:
    """The file with these lines for the rule; None where it says nothing any more."""
    if text is None:
        return "\n".join([f"{CHANGES}: {playbook}", "rules:", *lines, ""]) if lines else None
    node: Any = composed(text)
    rules = next(value for key, value in node.value if key.value == "rules")
    spans = {key.value: (key.start_mark, value) for key, value in rules.value}
    if rules.flow_style:
        raise RuleError(f"Write the rules of {place} on lines of their own first.",
                        code="one-line", field="rule_id")  # fmt: skip
    whole = text.splitlines()
    indent = " " * (rules.start_mark.column - 2)
    fresh = [f"{indent}{line}" for line in lines]
    if edit.rule_id in spans:
        start, value = spans[edit.rule_id]
        whole[start.line : _end(value, whole)] = fresh
        if not lines and len(spans) == 1:
            return None
    else:
        last = rules.value[-1][1]
        at = _end(last, whole)
        whole[at:at] = fresh
    return "\n".join(whole) + "\n"


def _end(value: yaml.Node, lines: list[str]) -> int:
    """The line after a value; blank lines and comments before what comes next belong to that."""
    in_block = isinstance(value, yaml.CollectionNode) and not value.flow_style
    end: int = value.end_mark.line + (0 if in_block else 1)
    while end > value.start_mark.line + 1 and _is_bare(lines[end - 1]):
        end -= 1
    return end


def _is_bare(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _with_text(files: Files, place: str, text: str | None) -> dict[str, str]:
    rest = {name: said for name, said in files.items() if name != place}
    return rest if text is None else {**rest, place: text}
