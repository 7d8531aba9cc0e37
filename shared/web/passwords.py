"""How is a password kept, and how is one compared without telling whether somebody exists?

As an argon2id hash. Where there is nothing to compare with, the same work is done for nothing, so
that an unknown name takes as long as a wrong password. Both run beside the loop.
"""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash("nobody has this password")


async def hash_password(password: str) -> str:
    """What is kept of a password."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password that was kept."""
    same = await asyncio.to_thread(_matches, password, kept or _NOBODYS)
    return same and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with less work than is asked for today."""
    return _HASHER.check_needs_rehash(kept)


def _matches(password: str, kept: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
