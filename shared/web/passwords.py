"""How is a password kept, and how is one compared without telling whether somebody exists?

As an argon2id hash. Where there is nothing to compare with, the same work is done for nothing, so
that an unknown name takes as long as a wrong password. The work is done in threads of its own, so
that many who sign in at once hold up nothing but one another, and only so many may wait for it.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.errors import TemporaryError

R = TypeVar("R")
_HASHER = PasswordHasher()
THREADS = max(1, (os.cpu_count() or 1) // 2)  # each is busy on several cores, for tens of ms
MOST_WAITING = 100  # the last of them waits for some seconds


class TooManyPasswordsError(TemporaryError):
    """Too many people are signing in at this moment. Try again in some seconds."""


class HashingThreads:
    """Threads that do nothing else, and a queue that ends; used from one loop."""

    def __init__(self, threads: int = THREADS, most_waiting: int = MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._room = threads + most_waiting

    async def run(self, work: Callable[[], R]) -> R:
        """Do this beside the loop; TooManyPasswordsError when the queue is full."""
        if self._room == 0:
            raise TooManyPasswordsError
        self._room -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._room += 1


_THREADS = HashingThreads()


async def hash_password(password: str) -> str:
    """What is kept of a password; TooManyPasswordsError when too many are waiting."""
    return await _THREADS.run(lambda: _HASHER.hash(password))


async def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password that was kept; TooManyPasswordsError when too many wait."""
    same = await _THREADS.run(lambda: _matches(password, kept))
    return same and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with less work than is asked for today."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """What is compared with where nothing is kept."""
    return _HASHER.hash("nobody has this password")


def _matches(password: str, kept: str | None) -> bool:
    nobodys = _nobodys()  # made by the first to come, known or not: it tells nothing of them
    try:
        return _HASHER.verify(kept or nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
