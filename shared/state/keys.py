"""How is what a person entrusted to the firm kept unreadable without their key?

Each person (a client, a party, an inquirer) has a data key per service, wrapped by the service's
master key and kept in a database of its own. Destroying the data key erases the person: what it
sealed reads as erased from then on, never as an error. Look-ups go through keyed hashes, under the
master key of the first start for good (the root): after a rotation it is kept wrapped by the new.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from shared.clock import monotonic, real_now
from shared.mongo import (
    Database,
    Document,
    InsertOne,
    Operation,
    Query,
    RepeatError,
    UpdateOne,
    answering,
    lost_race,
)
from shared.state.key_files import readable

NONCE, KEY = 12, 32
FIRST_PURPOSES = frozenset({"wrap", "blind", "handled", "letters"})
CACHED_SECONDS, CACHED_KEYS = 60.0, 50_000  # how long a destroyed key may still open documents
BLINDED_TOGETHER = 20  # look-ups by the same values follow each other
QUARANTINE, BRIEF = "quarantine:", "brief:"  # a month's; of what goes by itself within a day
PASSING = {QUARANTINE: 31 + 90, BRIEF: 3}  # days after which such a key goes, too
RETAINED = "retained"  # what the firm must keep for conflict checks, whoever is erased
KEPT = "kept:"  # what outlives an erasure: opened for nothing but the request that kept it
ROOT = "root"  # after a rotation: the key behind hashes and ids, which must stay what they are
WRAPPED_AT_ONCE = 1000
_kept_ready = lru_cache(maxsize=1)(AESGCM)  # opens every entry of the conflict index
MASTER = "master"  # belongs to nobody: tells whether the master key is the one known here


class WrongKeyError(SystemExit):
    """The database was written under another master key: nothing in it could be read."""


@dataclass(slots=True)
class NewKeys:
    """Data keys made while a batch is prepared; they count once the batch has committed."""

    secrets: dict[str, bytes] = field(default_factory=dict)
    operations: list[Operation] = field(default_factory=list)


class KeyRing:
    """The data keys of one service, read in bulk and held for at most a minute; bare, for a cipher
    ready for use takes 2.5 KiB, and 2 µs to make. Only one stays ready.
    """

    def __init__(self, database: Database, master_key: bytes) -> None:
        self._database = database
        self._masters = tuple(readable(master_key, real_now()))  # the one in use first
        self._wrappers = [AESGCM(derive(each, "wrap")) for each in self._masters]
        self._outgoing = [AESGCM(derive(each, "letters")) for each in self._masters]
        self._blinded: dict[tuple[str, tuple[str, ...]], list[bytes]] = {}
        self._grow_from(master_key)
        self._secrets: dict[str, tuple[bytes | None, float]] = {}  # None: destroyed

    def _grow_from(self, root: bytes) -> None:
        """What is found again by its hash or its id stays so, whatever wraps the data keys."""
        self._blind = _hasher(derive(root, "blind"), 12)
        self._begun: dict[str, Any] = {}
        handled = derive(root, "handled")
        self._marks = {size: _hasher(handled, size) for size in (8, 16)}
        self.id_key = derive(root, "announced-ids")

    async def check(self) -> None:
        """Once at start: is this the master key the database was written under?

        Raises WrongKeyError before anything is consumed: under another key every event that meets
        a known person would end as a dead letter.
        """
        rows = self._database.collection("keys")
        with answering():
            known = await rows.find_one({"_id": MASTER}) or await rows.find_one({"w": {"$gt": b""}})
            root = await rows.find_one({"_id": ROOT})
        try:
            under = self._opened(known or {})[1]
            if root is not None:
                self._grow_from(self._opened(root)[0] or b"")
        except InvalidTag:
            raise WrongKeyError(
                f"CLIENTELE_MASTER_KEY_FILE holds another key than the one under which the database"
                f" {self._database.name} was written. Name the file with the old key."
            ) from None
        if root is None and under:
            self._grow_from(self._masters[under])
            with answering(), lost_race():
                await rows.insert_one(self.wrapped(ROOT, self._masters[under]))
        if known is None or known["_id"] != MASTER:
            with answering(), lost_race():
                await rows.insert_one(self.wrapped(MASTER, AESGCM.generate_key(256)))

    async def wrap_anew(self) -> int:
        """Wrap every data key with the master key in use; how many were under an older one."""
        rows, last, count = self._database.collection("keys"), "", 0
        while len(self._wrappers) > 1:
            with answering():
                found = rows.find({"_id": {"$gt": last}}).sort("_id", 1).limit(WRAPPED_AT_ONCE)
                batch = await found.to_list(WRAPPED_AT_ONCE)
            if not batch:
                break
            changes = [change for row in batch for change in self._change_of(row)]
            if changes:
                with answering():
                    await rows.bulk_write(changes, ordered=False)
            last, count = batch[-1]["_id"], count + len(changes)
        return count

    def _change_of(self, row: Document) -> list[Operation]:
        secret, under = self._opened(row)
        if secret is None or under == 0:
            return []
        fresh = self.wrapped(row["_id"], secret)["w"]
        return [UpdateOne({"_id": row["_id"], "w": row["w"]}, {"$set": {"w": fresh}})]

    async def fetch(self, owners: Iterable[str]) -> None:
        """Have the data keys of these owners at hand, reading all missing ones at once."""
        fresh = monotonic() - CACHED_SECONDS
        missing = [o for o in set(owners) if self._secrets.get(o, (None, 0.0))[1] <= fresh]
        if not missing:
            return
        self._make_room(len(missing))
        read = monotonic()
        self.forget(missing)
        [found] = await self._database.read([Query("keys", {"_id": {"$in": missing}})])
        for row in found:
            secret = None if row["_id"].startswith(KEPT) else self.unwrapped(row)
            self._secrets[row["_id"]] = (secret, read)

    def has(self, owner: str) -> bool:
        """Whether this owner's data key exists (call ``fetch`` first)."""
        return self._secrets.get(owner, (None, 0.0))[0] is not None

    def prepare(self, owners: Iterable[str]) -> NewKeys:
        """Make the data keys that do not exist yet (call ``fetch`` first); nothing is kept yet."""
        new = NewKeys()
        for owner in set(owners) - self._secrets.keys():
            secret = AESGCM.generate_key(256)
            row = self.wrapped(owner, secret)
            if days := PASSING.get(owner.partition(":")[0] + ":"):
                row["until"] = real_now() + timedelta(days=days)
            new.secrets[owner] = secret
            new.operations.append(InsertOne(row))
        return new

    def adopt(self, new: NewKeys) -> None:
        """The batch that made these keys has committed."""
        read = monotonic()
        self._secrets.update((owner, (secret, read)) for owner, secret in new.secrets.items())

    def forget(self, owners: Iterable[str]) -> None:
        """Drop cached keys, so that the next look reads them anew."""
        for owner in owners:
            self._secrets.pop(owner, None)

    def seal(self, owner: str, place: str, content: Any, new: NewKeys | None = None) -> bytes:
        """Encrypt for one owner; ``place`` (collection and id) is bound to it. Empty if erased."""
        fresh = new.secrets.get(owner) if new else None
        secret = fresh or self._secret(owner)
        if secret is None:
            return b""
        nonce = os.urandom(NONCE)
        plain = msgspec.msgpack.encode(content)
        return nonce + _cipher(owner)(secret).encrypt(nonce, plain, f"{place}|{owner}".encode())

    def open(self, owner: str, place: str, sealed: bytes) -> Any | None:
        """What was sealed, or None when the owner's key is gone: the person has been erased."""
        secret = self._secret(owner)
        if secret is None or not sealed:
            return None
        bound = f"{place}|{owner}".encode()
        try:
            plain = _cipher(owner)(secret).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
        except InvalidTag:  # sealed under a key that was destroyed and made anew
            return None
        return msgspec.msgpack.decode(plain)

    def seal_outgoing(self, msg_id: str, body: bytes) -> bytes:
        """Encrypt an announced event for the days its outbox row is kept."""
        nonce = os.urandom(NONCE)
        return nonce + self._outgoing[0].encrypt(nonce, body, msg_id.encode())

    def open_outgoing(self, msg_id: str, sealed: bytes) -> bytes:
        """What ``seal_outgoing`` encrypted."""
        return _decrypted(self._outgoing, sealed, msg_id.encode())[0]

    def blind(self, place: str, value: str) -> bytes:
        """The value as a keyed hash: equal values can be found, none can be read."""
        return self._hashed(place, (value,))[0]

    def blind_all(self, place: str, values: Sequence[str], *, again: bool = True) -> list[bytes]:
        """Many values as keyed hashes; ``again``: they are asked for soon by another look-up."""
        if not again:
            return self._hashed(place, values)
        asked = place, tuple(values)
        found = self._blinded.get(asked)
        if found is None:
            if len(self._blinded) >= BLINDED_TOGETHER:
                self._blinded.clear()
            found = self._blinded[asked] = self._hashed(place, values)
        return found

    def _hashed(self, place: str, values: Sequence[str]) -> list[bytes]:
        """A hash of place and value each, begun once for a place: most of it is the same."""
        if place not in self._begun:
            self._begun[place] = self._blind.copy()
            self._begun[place].update(f"{place}|".encode())
        begin, found = self._begun[place].copy, list[bytes]()
        for value in values:
            hashing = begin()
            hashing.update(value.encode())
            found.append(hashing.digest())
        return found

    def mark(self, content: bytes, size: int = 16) -> bytes:
        """A keyed hash for ids and contents of handled events."""
        return _hash(self._marks[size], content)

    def _secret(self, owner: str) -> bytes | None:
        if owner not in self._secrets:  # made room for others meanwhile: never mistake for erased
            raise RepeatError("a data key has to be read again")
        return self._secrets[owner][0]

    def _make_room(self, wanted: int) -> None:
        surplus = len(self._secrets) + wanted - CACHED_KEYS
        for owner in list(islice(self._secrets, max(surplus, 0))):
            del self._secrets[owner]

    def wrapped(self, owner: str, secret: bytes) -> Document:
        """A data key as it is kept."""
        nonce = os.urandom(NONCE)
        wrapped = nonce + self._wrappers[0].encrypt(nonce, secret, owner.encode())
        return {"_id": owner, "w": wrapped, "at": real_now()}

    def unwrapped(self, row: Document) -> bytes | None:
        """The data key of a kept row; None where it was destroyed."""
        return self._opened(row)[0]

    def _opened(self, row: Document) -> tuple[bytes | None, int]:
        """The data key, None where it was destroyed, and which master key it is wrapped by."""
        if not row.get("w"):
            return None, 0
        return _decrypted(self._wrappers, bytes(row["w"]), row["_id"].encode())


def _decrypted(ciphers: Sequence[AESGCM], sealed: bytes, bound: bytes) -> tuple[bytes, int]:
    """What was sealed, and by which of these; InvalidTag: by none."""
    for number, cipher in enumerate(ciphers):
        try:
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound), number
        except InvalidTag:
            continue
    raise InvalidTag


def derive(master_key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, from which the master key cannot be found.

    By HKDF; the first purposes keep the form under which data lies in the databases.
    """
    label = f"clientele:{purpose}".encode()
    if purpose in FIRST_PURPOSES:
        return hmac.new(master_key, label, hashlib.sha256).digest()
    return HKDFExpand(algorithm=SHA256(), length=KEY, info=label).derive(master_key)


def _hasher(key: bytes, size: int) -> Any:
    """A hash prepared with its key, to be copied for each use."""
    return hashlib.blake2b(key=key, digest_size=size)


def _cipher(owner: str) -> Callable[[bytes], AESGCM]:
    return _kept_ready if owner == RETAINED else AESGCM


def _hash(prepared: Any, content: bytes) -> bytes:
    hashing = prepared.copy()
    hashing.update(content)
    return bytes(hashing.digest())
