"""Do passwords wait for one another only, and is nothing told by how long it takes?"""

import asyncio
import threading
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pytest
from argon2 import PasswordHasher

from shared.web import passwords
from shared.web.passwords import (
    HashingThreads,
    TooManyPasswordsError,
    hash_password,
    is_password,
)


def as_shipped() -> PasswordHasher:
    """The hasher of the module as it stands; the suite has everybody else use a cheap one."""
    spec = spec_from_file_location("passwords_as_shipped", passwords.__file__)
    assert spec is not None
    assert spec.loader is not None
    shipped: Any = module_from_spec(spec)
    spec.loader.exec_module(shipped)
    hasher: PasswordHasher = shipped._HASHER
    return hasher


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here passwords cost what they cost."""
    monkeypatch.setattr(passwords, "_HASHER", as_shipped())


def test_as_shipped_a_password_costs_no_less_than_the_library_advises() -> None:
    shipped, advised = as_shipped(), PasswordHasher()
    assert shipped.time_cost >= advised.time_cost
    assert shipped.memory_cost >= advised.memory_cost


class Gate:
    """Work that takes until it is let through."""

    def __init__(self) -> None:
        self._open, self.began = threading.Event(), threading.Semaphore(0)

    def work(self) -> bool:
        self.began.release()
        return self._open.wait(timeout=30)

    def open(self) -> None:
        self._open.set()


async def test_however_many_sign_in_the_threads_of_the_database_stay_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = Gate()
    monkeypatch.setattr(passwords, "_matches", lambda *_: gate.work())
    tries = [asyncio.create_task(is_password("a password", "kept")) for _ in range(60)]
    await asyncio.to_thread(gate.began.acquire)
    async with asyncio.timeout(10):
        assert [await asyncio.to_thread(lambda: "read") for _ in range(60)] == ["read"] * 60
    assert not any(each.done() for each in tries)
    gate.open()
    assert await asyncio.gather(*tries) == [True] * 60


async def test_whoever_finds_the_queue_full_is_told_so_at_once() -> None:
    gate, threads = Gate(), HashingThreads(threads=1, most_waiting=2)
    waiting = [asyncio.create_task(threads.run(gate.work)) for _ in range(3)]
    await asyncio.to_thread(gate.began.acquire)
    with pytest.raises(TooManyPasswordsError):
        await threads.run(gate.work)
    gate.open()
    assert await asyncio.gather(*waiting) == [True] * 3
    assert await threads.run(gate.work)  # there is room again


async def test_work_that_fails_gives_its_place_back() -> None:
    threads = HashingThreads(threads=1, most_waiting=0)

    def fail() -> None:
        raise ValueError("failed")

    for _ in range(3):
        with pytest.raises(ValueError, match="failed"):
            await threads.run(fail)


async def test_only_the_password_that_was_kept_fits() -> None:
    kept = await hash_password("correct horse battery")
    assert await is_password("correct horse battery", kept)
    assert not await is_password("correct horse batterx", kept)
    assert not await is_password("nobody has this password", None)
    assert not await is_password("anything", "no hash at all")
