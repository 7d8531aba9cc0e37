"""What does a service hold of one person, told for the file they asked for?

A part at a time, in one order, so that whoever gathers it goes on where they were. What the firm's
duty of secrecy, or somebody else's right, keeps back is named with its reason and nothing of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shared.engine.records import Order, Part, Records
from shared.engine.records_rows import rows_of
from shared.engine.runtime import Runtime

AT_ONCE = 50
NOT_TOLD = frozenset({"stamps", "stamp", "said", "correlation_id", "traceparent", "html"})
"""Marks of our own about when what was heard."""

Told = dict[str, Any]


async def told_of(
    runtime: Runtime, records: Records, order: Order, after: str
) -> tuple[list[Told], str | None]:
    """Some of it, and where the next begins; None: that was all."""
    number, _, key = after.partition(":") if after else ("0", "", "")
    for at in range(int(number), len(records.parts)):
        part = records.parts[at]
        if part.told is None and part.withheld is None:
            continue
        start = key if at == int(number) else ""
        rows = await rows_of(runtime.store, part, order, start, AT_ONCE)
        if rows:
            mapping = runtime.store.mappings[part.kind.collection]
            items = [_told(part, row["_id"], mapping.to_value(row, runtime.keys)) for row in rows]
            last = rows[-1]["_id"]
            return [each for each in items if each is not None], f"{at}:{last}"
    return [], None


def plainly(value: Any) -> Told:
    """Every field that has a value, but marks of our own."""
    names = [*type(value).__dataclass_fields__]
    return as_told({name: getattr(value, name) for name in names if name not in NOT_TOLD})


def as_told(said: Mapping[str, Any]) -> Told:
    """What there is of it, in words, numbers and instants as ISO 8601."""
    found = {name: _plain(value) for name, value in said.items()}
    return {name: each for name, each in found.items() if each not in (None, "", [], {}, False)}


def _told(part: Part[Any], key: str, value: Any) -> Told | None:
    about: Told = {"class": part.data_class, "kind": part.kind.collection, "key": key}
    reason = part.withheld(value) if part.withheld is not None else ""
    if reason:
        return {**about, "withheld": reason}
    said = part.told(value) if part.told is not None else None
    return {**about, "told": dict(said)} if said else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if hasattr(type(value), "__dataclass_fields__"):
        return plainly(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
