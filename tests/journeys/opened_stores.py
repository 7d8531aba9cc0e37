"""What do the servers hold, whatever way they compress and seal their files?

Every document of every collection of every database, MongoDB's own log of changes among them, and
every message of every stream, read through the servers themselves.
"""

import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import nats
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.infra import secrets
from deploy.trial.embedded_mongo import EmbeddedMongo
from tests.conftest import free_base
from tests.patience import PATIENCE

OWN = ("admin", "config", "local")  # some of what the server keeps of itself nobody may read
UNAUTHORIZED = 13
Found = dict[str, set[str]]  # place → the words that stand there


def in_databases(url: str, words: Iterable[str]) -> Found:
    """Which of these words stand in which collection."""
    found: Found = {}
    with MongoClient[dict[str, Any]](url, directConnection=True) as client:
        for name in client.list_database_names():
            for collection in client[name].list_collection_names():
                batches: Any = client[name][collection].find_raw_batches()
                try:
                    _note(found, f"{name}.{collection}", batches, words)
                except OperationFailure as refused:
                    if name not in OWN or refused.code != UNAUTHORIZED:
                        raise
    return found


async def in_streams(url: str, words: Iterable[str]) -> Found:
    """Which of these words stand in which stream: in a subject, a header or a body."""
    found: Found = {}
    async for name, content in kept_in_streams(url):
        _note(found, name, [content], words)
    return found


async def kept_in_streams(url: str) -> AsyncIterator[tuple[str, bytes]]:
    """Every message of every stream: subject, headers and body, with the stream's name."""
    client = await nats.connect(url, inbox_prefix=b"inbox.admin")
    try:
        for info in await client.jetstream(timeout=PATIENCE).streams_info():
            name, sequence = str(info.config.name), 1
            while True:
                asked = json.dumps({"seq": sequence, "next_by_subj": ">"}).encode()
                place = f"$JS.API.DIRECT.GET.{name}"
                message = await client.request(place, asked, timeout=30.0)
                headers = message.headers or {}
                if "Nats-Sequence" not in headers:
                    break
                yield name, str(headers).encode() + message.data
                sequence = int(headers["Nats-Sequence"]) + 1
    finally:
        await client.close()


def in_copied_databases(copy: Path, words: Iterable[str]) -> Found:
    """The same of a copy of an installation's folder, opened by a server of its own."""
    server = EmbeddedMongo(copy / "mongo", free_base(), secrets=secrets.keep(copy))
    server.start()
    try:
        return in_databases(server.url(), words)
    finally:
        server.stop()


def _note(found: Found, place: str, contents: Iterable[bytes], words: Iterable[str]) -> None:
    wanted = [(word, word.encode()) for word in words]
    for content in contents:
        there = {word for word, raw in wanted if raw in content}
        if there:
            found.setdefault(place, set()).update(there)
