"""Would this change to an event's schema break somebody who was built against it?

Inside a version only additive change is allowed: a new optional field. Anything else needs a new
version and an upcaster.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shared.contracts.fields import KEY_PATTERN, LINE_PATTERN, MOST_OF_A_FOREIGN_ID

Schema = Mapping[str, Any]

SCHEMA_OF_KEY = {"type": "string", "pattern": KEY_PATTERN, "minLength": None, "maxLength": None}
SCHEMA_OF_FOREIGN_ID = {
    "type": "string", "pattern": LINE_PATTERN, "minLength": 1, "maxLength": MOST_OF_A_FOREIGN_ID
}  # fmt: skip
NEEDLESS = re.compile(r"\\([^\w\s^$\\.*+?()\[\]{}|/-])")
SAID_IN_WORDS = ("description", "title", "default", "examples")


def breaking_changes(before: Schema, after: Schema) -> list[str]:
    """Each change that is not additive, as a sentence."""
    return list(_changes(before, after, before, after, ""))


def _changes(before: Any, after: Any, old: Schema, new: Schema, path: str) -> Iterator[str]:
    before, after = _resolved(before, old), _resolved(after, new)
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        if before != after:
            yield f"{path} was changed"
        return
    had, has = before.get("properties", {}), after.get("properties", {})
    for name in had.keys() - has.keys():
        yield f"{path}{name} was removed"
    for name in sorted(set(after.get("required", ())) - set(before.get("required", ()))):
        yield f"{path}{name} became required"
    for name in sorted(set(before.get("required", ())) - set(after.get("required", ()))):
        yield f"{path}{name} is no longer always there"
    for name in had.keys() & has.keys():
        yield from _changes(had[name], has[name], old, new, f"{path}{name}.")
    yield from _other_changes(before, after, old, new, path)


def _is_wider_id(before: Schema, after: Schema) -> bool:
    """A key may become an id of another system: every id there was is still its own key."""
    told = {"type", "pattern", "minLength", "maxLength"}
    return {name: before.get(name) for name in told} == SCHEMA_OF_KEY and {
        name: after.get(name) for name in told
    } == SCHEMA_OF_FOREIGN_ID


def _bare(pattern: str) -> str:
    """A pattern without needless backslashes, which say nothing and ECMAScript refuses."""
    return NEEDLESS.sub(r"\1", pattern)


def _other_changes(
    before: Schema, after: Schema, old: Schema, new: Schema, path: str
) -> Iterator[str]:
    if _is_wider_id(before, after):
        return
    known = {"properties", "required", "$defs", "$id", *SAID_IN_WORDS}
    for name in (before.keys() | after.keys()) - known:
        was, is_now = before.get(name), after.get(name)
        if name == "anyOf" and isinstance(was, list) and isinstance(is_now, list):
            yield from _alternatives(was, is_now, old, new, path)
        elif name == "items":
            yield from _changes(was, is_now, old, new, path)
        elif name == "pattern" and _bare(str(was)) == _bare(str(is_now)):
            continue
        elif was != is_now:
            yield f"{path}{name} was changed"


def _alternatives(
    before: list[Any], after: list[Any], old: Schema, new: Schema, path: str
) -> Iterator[str]:
    if len(before) != len(after):
        yield f"{path}anyOf was changed"
        return
    for was, is_now in zip(before, after, strict=True):
        yield from _changes(was, is_now, old, new, path)


def _resolved(schema: Any, root: Schema) -> Any:
    if isinstance(schema, Mapping) and "$ref" in schema:
        return root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return schema
