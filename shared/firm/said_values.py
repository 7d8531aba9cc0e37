"""How does a value of the firm stand in a form, and how is what was typed written in its file?

Lists stand with commas, tables as ``high = 1, low = 5``; an empty field is as shipped. Of a file
that people wrote everything else stays as it is, comments too.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import time
from typing import Any

from shared.errors import RuleError
from shared.firm.firm_file import NESTED, Key
from shared.firm.folder import lines_of
from shared.yaml_text import quoted

PLAIN = re.compile(r"[A-Za-z0-9_-]+")
NAME = r'(?:[\w-]+|"[^"=]*")'  # in a table, as it is typed
PAIR = re.compile(rf"({NAME})\s*=\s*([^=]*?)(?=,\s*{NAME}\s*=|$)")


def as_said(value: Any) -> str:
    """A value as a form shows it; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return ", ".join(f"{_name(name)} = {_part(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(as_said(each) for each in value)
    return str(value)


def values_said(text: str) -> dict[str, str]:
    """What a ``firm.toml`` says, by place (``office.zone``), as a form shows it."""
    return {
        f"{section}.{name}": as_said(value)
        for section, part in tomllib.loads(text or "").items()
        if isinstance(part, dict)
        for name, value in _flat(section, part).items()
    }


def _flat(section: str, part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a section by the name of their key, which has a dot in some."""
    if section not in NESTED:
        return part
    return {
        f"{name}.{inner}": value
        for name, within in part.items()
        if isinstance(within, dict)
        for inner, value in within.items()
    }


def with_value(text: str, key: Key, typed: str) -> str:
    """The file with this value, or without it where nothing was typed.

    RuleError where the file does not have the value on a line of its own.
    """
    wanted = _toml(key, typed.strip())
    lines, places = text.splitlines(), lines_of(text)
    at, section = places.get(key.place), places.get(key.section)
    name = _short(key, lines, at)
    if at is not None:
        lines[at - 1 : at] = [] if wanted is None else [f"{name} = {wanted}"]
    elif wanted is not None and section is not None:
        lines.insert(section, f"{key.name} = {wanted}")
    elif wanted is not None:
        lines += ([""] if lines else []) + [f"[{key.section}]", f"{key.name} = {wanted}"]
    if wanted is None:
        _drop_where_empty(lines, section)
    changed = "\n".join(lines) + "\n" if lines else ""
    _check(text, changed, key)
    return changed


def _short(key: Key, lines: list[str], at: int | None) -> str:
    """The key as its line says it: by less of its name below ``[decisions.conflict-check]``."""
    if at is None or key.section not in NESTED:
        return key.name
    return lines[at - 1].partition("=")[0].strip()


def _drop_where_empty(lines: list[str], section: int | None) -> None:
    """A section that says nothing any more goes with the blank lines below it."""
    if section is None:
        return
    end = section
    while end < len(lines) and not lines[end].strip():
        end += 1
    if end == len(lines) or lines[end].lstrip().startswith("["):
        del lines[section - 1 : end]


def _check(before: str, after: str, key: Key) -> None:
    """Nothing but this value may be another one."""
    try:
        was, now = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        raise _by_hand(key) from None
    for said in (was, now):
        part = dict(_flat(key.section, said.get(key.section, {})))
        part.pop(key.name, None)
        said[key.section] = part
    if {k: v for k, v in was.items() if v} != {k: v for k, v in now.items() if v}:
        raise _by_hand(key)


def _by_hand(key: Key) -> RuleError:
    return RuleError(
        f"{key.place} stands over several lines of firm.toml: change it there.",
        code="several-lines", field=key.place,
    )  # fmt: skip


def _toml(key: Key, typed: str) -> str | None:
    if not typed:
        return None
    if key.kind == "yes-no":
        return "true" if typed.lower() in ("true", "yes", "ja") else "false"
    if key.kind == "number":
        if not re.fullmatch(r"-?\d{1,9}", typed):
            raise RuleError("Write a whole number.", code="no-number", field=key.place)
        return str(int(typed))
    if key.kind == "list":
        return _list(typed)
    if key.kind in ("table", "names"):
        return _table(key, typed)
    return _text(typed)


def _table(key: Key, typed: str) -> str:
    pairs = [(name.strip('"'), value.strip(" ,")) for name, value in PAIR.findall(typed)]
    if not pairs and key.kind == "names":
        raise RuleError(
            'Write it as: "accounts/1/locations/2" = Berlin.', code="no-table", field=key.place
        )
    if not pairs:
        raise RuleError("Write it as: high = 1, low = 5.", code="no-table", field=key.place)
    written = _named if key.kind == "names" else _of_table
    said = ", ".join(f"{_name(name)} = {written(value)}" for name, value in pairs)
    return f"{{ {said} }}"


def _named(value: str) -> str:
    return _text(value.strip('"'))


def _of_table(value: str) -> str:
    if re.fullmatch(r"-?\d{1,9}", value):
        return str(int(value))
    parts = value.strip("[]")
    return _list(parts)


def _list(typed: str) -> str:
    parts = (each.strip().strip('"') for each in typed.split(","))
    return "[" + ", ".join(_text(each) for each in parts if each) + "]"


def _name(name: str) -> str:
    return name if PLAIN.fullmatch(name) else _text(name)


def _text(said: str) -> str:
    return quoted(said)


def _part(value: Any) -> str:
    return f"[{as_said(value)}]" if isinstance(value, list | tuple) else as_said(value)
