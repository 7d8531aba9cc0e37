"""How is a person's key destroyed, and how does what must be kept outlive it?

A destroyed key leaves its name behind, so that none is made anew: what is said of the person later
is sealed for nobody. What a rule has the firm keep is sealed anew beforehand, under a key of the
request's own that goes by itself on its day; nothing opens it meanwhile but that request.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.clock import real_now
from shared.mongo import Document, UpdateOne, answering, lost_race
from shared.state.keys import KEPT, NewKeys
from shared.state.mappings import DocumentMapping
from shared.state.store import Store


async def destroy(store: Store, owners: Iterable[str]) -> None:
    """Nothing sealed for these owners can be opened again; also where they have no key yet.

    Copies in the memory of other replicas live for a minute.
    """
    gone: Document = {"$unset": {"w": ""}, "$set": {"erased_at": real_now()}}
    wanted = sorted(set(owners))
    with answering():
        for owner in wanted:
            await store.database.collection("keys").update_one({"_id": owner}, gone, upsert=True)
    store.keys.forget(wanted)


async def keep_apart(
    store: Store, mapping: DocumentMapping[Any], row: Document, name: str, until: datetime | None
) -> bool:
    """Seal a document's private fields under the key ``name`` instead; whether there were any.

    RepeatError when somebody changed it meanwhile.
    """
    if "p" not in row or row["p"].startswith(KEPT):
        return False
    with answering():
        await store.keys.fetch([row["p"]])
    place = f"{mapping.collection}/{row['_id']}"
    content = store.keys.open(row["p"], place, bytes(row["s"]))
    if content is None:
        return False
    owner = f"{KEPT}{name}"
    secret = await _secret_of(store, owner, until)
    sealed = store.keys.seal(owner, place, content, NewKeys(secrets={owner: secret}))
    change: Document = {"$set": {"p": owner, "s": sealed}, "$inc": {"v": 1}}
    if mapping.blind:  # nobody finds them by their name or number any more
        change["$unset"] = {f"x.{lookup}": "" for lookup in mapping.blind}
    await store.database.transaction(
        {mapping.collection: [UpdateOne({"_id": row["_id"], "v": row["v"]}, change)]}
    )
    return True


async def _secret_of(store: Store, owner: str, until: datetime | None) -> bytes:
    """The key of what is kept for one request until one day; made where there is none."""
    rows = store.database.collection("keys")
    with answering():
        row: Document | None = await rows.find_one({"_id": owner})
    if row is None:
        row = store.keys.wrapped(owner, AESGCM.generate_key(256))
        if until is not None:
            row["until"] = until
        with lost_race(), answering():
            await rows.insert_one(row)
        with answering():
            row = await rows.find_one({"_id": owner})
    secret = store.keys.unwrapped(row or {})
    if secret is None:
        raise LookupError(f"the key {owner} has no content")
    return secret
