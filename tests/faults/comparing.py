"""Is the state that two releases left together one that either of them would have made?

A fresh installation told the same events must end in it. Where the rules of the two differ, each
place of a document may be as one of them makes it, and as no other. What this release has added may
also be as it reads what the one before wrote: empty, for the event came before anybody kept that.
"""

import asyncio
import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from shared.process.run import mappings_of
from tests.bench.against.checkout import CannotPrepareError, Checkout
from tests.faults.invariants import LOOKS, quiet
from tests.faults.reading import Stored, stored_events
from tests.faults.rebuilding import differences
from tests.faults.releases import TwoReleases

BY_OLDER = Path(__file__).with_name("by_older.py")
Place = tuple[str, str, str]
Places = set[Place]


async def check_rebuilt_by_either(system: TwoReleases) -> int:
    """How many places are as only the release before makes them.

    Raises AssertionError where one is as neither would make it.
    """
    for _ in range(LOOKS):  # something may have come between reading the stream and the databases
        stream = await stored_events(system)
        different = {tuple(each[:3]): each for each in await differences(system, stream)}
        if not different:
            return 0
        older, unknown = await by_older(system, system.older, stream)
        added = {place for place in unknown if as_added(system, place, different.get(place))}
        neither = as_neither(set(different), older) - added
        if not neither:
            return len(different)
        await quiet(system)
    raise AssertionError([different[each] for each in sorted(neither)][:5])


def as_neither(newer: Places, older: Places) -> Places:
    """The places that differ from what either release makes."""
    return newer & older


def as_added(system: TwoReleases, place: Place, different: Sequence[Any] | None) -> bool:
    """Whether a field the release before does not know is what it is in a document without it."""
    service, collection, path = place
    kinds = {each.collection: each.kind.entity for each in mappings_of(system.apps[service])}
    known = {each.name: each.default for each in fields(kinds[collection])}
    _, _, name = path.rpartition(".")
    return different is not None and name in known and different[4] == known[name]


async def by_older(
    system: TwoReleases, older: Checkout, stream: Sequence[Stored]
) -> tuple[Places, Places]:
    """The places that differ from what the release before makes of these events; and of these,
    which it makes nothing of.
    """
    file = system.folder / "stream.jsonl"
    file.write_text("\n".join(json.dumps(_line(each)) for each in stream), encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(BY_OLDER), system.mongo_server.url(), str(file),
        env=older.environment(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complaints = await process.communicate()
    if process.returncode:
        raise CannotPrepareError(f"{older.name} cannot be compared with: {complaints[-1000:]!r}")
    found = [(tuple(place), nothing) for *place, nothing in json.loads(said)]
    return {place for place, _ in found}, {place for place, nothing in found if nothing}


def _line(event: Stored) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "type": event.type,
        "key": event.key,
        "stored_at": event.stored_at.isoformat(),
        "headers": dict(event.headers),
        "subject": event.subject,
        "body": base64.b64encode(event.body).decode(),
    }
