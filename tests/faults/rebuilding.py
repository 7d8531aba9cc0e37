"""In which state does a fresh installation end that is told the same events?

The services' own listeners, over memory, told the whole stream in order. What depends on the moment
(instants, and what timers have done since) is left out of the comparison.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from deploy.infra.services import SERVICES
from shared.process.app import App
from shared.process.run import mappings_of
from shared.state.mappings import NATIVE, DocumentMapping
from tests.fakes.memory import MemoryService
from tests.faults.reading import Stored, decoded

if TYPE_CHECKING:
    from tests.faults.system import System

COMPARED: dict[str, tuple[str, ...]] = {
    "intake": ("clients", "matters", "parties", "inquiries", "consents", "checks", "settled",
               "conflict_index", "corpus", "tasks"),
    "reminders": ("cards", "subjects", "timers"),
    "feedback": ("matters", "clients", "surveys", "recoveries", "facts", "tallies"),
    "reputation": ("reviews", "responses", "asks", "tasks"),
    "desk": ("listed", "entries", "cards"),
    "gateway": ("known_clients",),
}  # fmt: skip
ONLY: dict[str, tuple[str, ...]] = {  # the rest of a timer is what became of it meanwhile
    "timers": ("occurrence_id", "rule_id", "rule_version", "thread", "client_id", "purpose"),
}


SAID_AT_TASKS = frozenset({"client-contact-logged"})
"""What a person says at a task is heard like this event, and the stream has no such event."""
TELLS = frozenset({"appointment-confirmation", "hearing-confirmation"})


async def differences(system: "System", stream: Sequence["Stored"]) -> list[Any]:
    """Documents that differ, are missing or are too many, with both sides."""
    events = [(event, each) for each in stream if (event := decoded(each)) is not None]
    found: list[Any] = []
    for service in SERVICES:
        app = system.apps[service]
        office = MemoryService(service, listeners=app.listeners)
        for number, (event, each) in enumerate(events):
            office.now = each.stored_at
            office.hear_event(event)
            if number % 50 == 0:
                await asyncio.sleep(0)
        for mapping in _compared(app):
            rows = (
                await system.database(service).collection(mapping.collection).find({}).to_list(None)
            )
            live = {row["_id"]: _essence(row["d"], mapping) for row in rows if not _told(row["d"])}
            rebuilt = {mapping.kind.key(value): _essence(_public(value, mapping), mapping)
                       for value in office.all(mapping.kind)
                       if not _told(_public(value, mapping))}  # fmt: skip
            found += [(service, mapping.collection, *each) for each in _differing(live, rebuilt)]
    return found


def _told(document: Mapping[str, Any]) -> bool:
    """Whether it is a timer of a rule that tells what stands: it goes by what the client was told
    last, and no event says that.
    """
    return document.get("rule_id") in TELLS


def _compared(app: App) -> Iterator[DocumentMapping[Any]]:
    for mapping in mappings_of(app):
        if mapping.collection in COMPARED[app.name]:
            yield mapping


def _public(value: Any, mapping: DocumentMapping[Any]) -> dict[str, Any]:
    public: dict[str, Any] = msgspec.to_builtins(value, builtin_types=NATIVE)
    return {name: each for name, each in public.items() if name not in mapping.sealed}


def _essence(document: Mapping[str, Any], mapping: DocumentMapping[Any]) -> Any:
    only = ONLY.get(mapping.collection)
    chosen = {name: document.get(name) for name in only} if only else dict(document)
    if mapping.collection == "subjects":
        facts: Mapping[str, Any] = chosen.get("facts") or {}
        chosen["facts"] = {name: facts[name] for name in facts if name not in SAID_AT_TASKS}
        ends: Mapping[str, Any] = chosen.get("ends") or {}
        chosen["ends"] = {
            name: each for name, each in ends.items() if each["type"] not in SAID_AT_TASKS
        }
    return _timeless(chosen)


def _timeless(value: Any) -> Any:
    """The value with every instant blotted out."""
    if isinstance(value, datetime):
        return "…"
    if isinstance(value, Mapping):
        return {name: _timeless(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_timeless(each) for each in value]
    return value


def _differing(live: Mapping[str, Any], rebuilt: Mapping[str, Any]) -> Iterator[Any]:
    for key in sorted(live.keys() | rebuilt.keys(), key=str):
        yield from _paths(str(key), live.get(key), rebuilt.get(key))


def _paths(path: str, live: Any, rebuilt: Any) -> Iterator[Any]:
    """Where exactly two documents differ."""
    if isinstance(live, Mapping) and isinstance(rebuilt, Mapping):
        for name in sorted(live.keys() | rebuilt.keys()):
            yield from _paths(f"{path}.{name}", live.get(name), rebuilt.get(name))
    elif live != rebuilt:
        yield path, "live:", live, "rebuilt:", rebuilt
