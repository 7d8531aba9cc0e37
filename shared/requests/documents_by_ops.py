"""After an upgrade, how does ops have a service bring its documents up to date?

The service does it itself, a part at each question: only it has the keys. How far it has come is
kept in its database, so that whoever asks again goes on there.
"""

import zlib
from typing import Literal

from shared.clock import real_now
from shared.contracts.answers import DocumentsTold
from shared.contracts.requests import Asked
from shared.engine.runtime import Runtime
from shared.mongo import Document, answering
from shared.state.rewriting import rewrite_some

PLACE = "documents"  # in `settings`: how far we are
AT_ONCE = 500


class DocumentsAsked(Asked):
    """Bring some more documents up to date; ``begin``: anew, or where it was broken off."""

    ask: Literal["documents"]
    begin: bool = False


async def bring_up_to_date(run: Runtime, asked: DocumentsAsked) -> DocumentsTold:
    """Check some documents and write those anew that an earlier release wrote.

    Finished when every collection has been gone through once.
    """
    place = await _place(run, begin=asked.begin)
    names = sorted(run.store.mappings)
    name = place["collection"]
    if name is not None:
        part = await rewrite_some(run.store, run.store.mappings[name], place["after"], AT_ONCE)
        following = names[names.index(name) + 1 :]
        place["checked"] += part.checked
        place["rewritten"] += part.rewritten
        place["after"] = part.last
        if part.last is None:
            place["collection"] = following[0] if following else None
        await _keep(run, place)
    return DocumentsTold(
        finished=place["collection"] is None,
        collection=place["collection"],
        checked=place["checked"],
        rewritten=place["rewritten"],
        total=place["total"],
    )


async def _place(run: Runtime, *, begin: bool) -> Document:
    """Where we are: begun anew where that was finished, or was meant for other documents."""
    with answering():
        row: Document | None = await run.db.collection("settings").find_one({"_id": PLACE})
    mark = _mark(run)
    if row is not None and row["mark"] == mark and not (begin and row["collection"] is None):
        return row
    names = sorted(run.store.mappings)
    with answering():
        counts = [await run.db.collection(name).estimated_document_count() for name in names]
    return {"_id": PLACE, "mark": mark, "collection": names[0], "after": None,
            "checked": 0, "rewritten": 0, "total": sum(counts)}  # fmt: skip


async def _keep(run: Runtime, place: Document) -> None:
    row = {**place, "at": real_now()}
    with answering():
        await run.db.collection("settings").replace_one({"_id": PLACE}, row, upsert=True)


def _mark(run: Runtime) -> int:
    """Tells the schemas and look-ups of this release from those of another."""
    said = [
        (name, mapping.version, mapping.lookups_mark)
        for name, mapping in sorted(run.store.mappings.items())
    ]
    return zlib.crc32(repr(said).encode())
