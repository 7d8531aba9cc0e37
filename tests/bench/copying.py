"""What exactly did the real services write, and in how many messages' wake?

The bare limit has to do the same durable work, so the documents themselves are copied: the same
counts, sizes and values, into collections with the same indexes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bson
from bson.codec_options import CodecOptions

from deploy.infra.grants import STREAM
from shared.process.run import mappings_of
from shared.state import indexes
from tests.bench.rig import Rig

LEFT_OUT = {"leases", "settings", "ledger", "rules", "conflict_corpus"}  # not written per event
RAW: CodecOptions[Any] = CodecOptions(document_class=bson.raw_bson.RawBSONDocument)


async def copy_documents(rig: Rig, service: str, folder: Path) -> int:
    """Write every document of a service to ``<folder>/<collection>.bson``; how many there were."""
    folder.mkdir(parents=True, exist_ok=True)
    database = rig.database(service)
    names = {*indexes.PLUMBING, *(mapping.collection for mapping in mappings_of(rig.apps[service]))}
    total = 0
    for name in sorted(names - LEFT_OUT):
        collection = database.collection(name).with_options(codec_options=RAW)
        documents = await collection.find({}).sort("$natural", 1).to_list(None)
        if documents:
            content = b"".join(document.raw for document in documents)
            (folder / f"{name}.bson").write_bytes(content)
            total += len(documents)
    return total


def read_copies(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each collection's documents, as plain dictionaries."""
    for path in sorted(folder.glob("*.bson")):
        yield path.stem, bson.decode_all(path.read_bytes())


async def empty(rig: Rig) -> None:
    """Drop what the services wrote; the collections and indexes are made anew."""
    for service, app in rig.apps.items():
        database = rig.database(service)
        for name in (*indexes.PLUMBING, *(mapping.collection for mapping in mappings_of(app))):
            await database.collection(name).drop()
        await indexes.ensure(database, mappings_of(app))


async def stored_events(rig: Rig) -> int:
    """How many events the stream holds."""
    return int((await rig.nats.jetstream().stream_info(STREAM)).state.messages)
