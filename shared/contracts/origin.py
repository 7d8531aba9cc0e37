"""Did a service of ours say this, where another system of the firm may say the same?

Some types are said by both (a consent, a restriction, a new client). The broker shows no consumer
who published, so a service puts a code under a key that all services share and nobody else has
into a header. From the instant on from which every replica does so, an event of such a type that
claims to be ours and has no right code is refused.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shared.contracts.catalogue import FOREIGN_TYPES

HEADER = "Clientele-Origin"
SIZE = 16


@dataclass(frozen=True, slots=True)
class OriginKey:
    """The key of all services of one installation, and since when each of them uses it."""

    key: bytes
    since: datetime

    def headers(self, subject: str, body: bytes) -> dict[str, str]:
        """What goes with an event of ours; nothing where nobody else may say its type."""
        if subject.split(".")[1] not in FOREIGN_TYPES:
            return {}
        return {HEADER: self._code(subject, body)}

    def proves(self, subject: str, headers: Mapping[str, str] | None, body: bytes) -> bool:
        """Whether a service of ours published exactly this."""
        code = (headers or {}).get(HEADER, "")
        return hmac.compare_digest(code.encode(), self._code(subject, body).encode())

    def _code(self, subject: str, body: bytes) -> str:
        content = subject.encode() + b"\n" + body
        return hashlib.blake2b(content, key=self.key, digest_size=SIZE).hexdigest()


def read_origin_key(path: Path) -> OriginKey:
    """From a file of two lines: 64 hex digits, and an instant. Raises ValueError for another."""
    key, since = path.read_text(encoding="ascii").split()
    instant = datetime.fromisoformat(since)
    if len(bytes.fromhex(key)) != 32 or instant.tzinfo is None:
        raise ValueError(f"{path.name} holds no key of 32 bytes and an instant with its offset")
    return OriginKey(bytes.fromhex(key), instant)
