"""Which real servers and shared things can a test ask for?

One NATS server and one MongoDB serve the whole run; each test gets streams and databases of its
own. A test that kills servers starts its own (see tests/deploy).
"""

import os
import secrets as randomness
from collections.abc import AsyncIterator, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import hypothesis
import nats
import pytest
from argon2 import PasswordHasher
from pymongo import MongoClient
from xdist.scheduler import LoadFileScheduling

from deploy.infra import secrets
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.ports import OFFSETS, is_free
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from shared.web import passwords
from tests.browser.readers import WHOLE
from tests.packing import Packing, turn_of

hypothesis.settings.register_profile("real", deadline=None)  # a loaded machine is not a defect
hypothesis.settings.load_profile("real")

# A thousand tests sign somebody in, at a tenth of a processor second each as shipped; those of
# passwords themselves take the shipped one (tests/web/test_passwords.py).
passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)

# The process under test and whoever asks it stand still together where the machine is busy: in use
# that is four seconds of silence and a new connection, here it would be an answer that got lost.
PING_SECONDS = 30

LOWEST, BEYOND, STEP = 9000, 32000, 50
# workers of one run share none, and runs side by side begin elsewhere
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_every = range(LOWEST, BEYOND, STEP)[_worker :: int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))]
_bases = islice(cycle(_every), randomness.randbelow(len(_every)), None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """The suite's workers take units of files; where a folder runs whole, file by file."""
    whole = WHOLE or config.getoption("whole", default=False)
    config.option.loadscopereorder = whole
    return None if whole or config.getoption("dist") != "loadfile" else Packing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest stands first."""
    items.sort(key=lambda item: turn_of(item.nodeid.partition("::")[0]))


def free_base() -> int:
    """A port base below the ephemeral range on which every part of an installation is free."""
    return next(
        base for base in _bases if all(is_free(base + offset) for offset in OFFSETS.values())
    )


@pytest.fixture
def port_base() -> int:
    """A free port base for a test that starts its own servers."""
    return free_base()


@pytest.fixture(scope="session")
def installation_secrets(tmp_path_factory: pytest.TempPathFactory) -> secrets.Secrets:
    """The passwords of the servers the whole test run shares."""
    return secrets.keep(tmp_path_factory.mktemp("installation"))


@pytest.fixture(scope="session")
def nats_server(
    tmp_path_factory: pytest.TempPathFactory, installation_secrets: secrets.Secrets
) -> Iterator[EmbeddedNats]:
    """One NATS server with JetStream for the whole run; ``.url(user)`` for each user."""
    folder = tmp_path_factory.mktemp("nats")
    server = EmbeddedNats(
        folder, free_base(), secrets=installation_secrets, grants=grants_in_use(),
        ping_seconds=PING_SECONDS,
    )  # fmt: skip
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mongo_server(
    tmp_path_factory: pytest.TempPathFactory, installation_secrets: secrets.Secrets
) -> Iterator[EmbeddedMongo]:
    """One MongoDB for the whole run; ``.url(user)`` for each user."""
    folder = tmp_path_factory.mktemp("mongo")
    server = EmbeddedMongo(folder, free_base(), secrets=installation_secrets)
    server.start()
    yield server
    server.kill()  # its data is thrown away


@pytest.fixture
async def nats_url(nats_server: EmbeddedNats) -> AsyncIterator[str]:
    """The administrator's address of a NATS server without streams."""
    await _without_streams(nats_server.url())
    yield nats_server.url()
    await _without_streams(nats_server.url())


async def _without_streams(url: str) -> None:
    connection = await nats.connect(url)
    streams = connection.jetstream(timeout=30)
    for stream in await streams.streams_info():
        await streams.delete_stream(str(stream.config.name))
    await connection.close()


@pytest.fixture
def mongo_url(mongo_server: EmbeddedMongo) -> str:
    """The administrator's address of a MongoDB; use ``database_name`` on it."""
    return mongo_server.url()


@pytest.fixture
def database_name(mongo_server: EmbeddedMongo) -> Iterator[str]:
    """A database of this test's own; it and its ``_keys`` are gone afterwards."""
    name = f"test_{randomness.token_hex(6)}"
    yield name
    with MongoClient[dict[str, object]](mongo_server.url()) as client:
        client.drop_database(name)
        client.drop_database(f"{name}_keys")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory as ``clientele up`` uses one."""
    return tmp_path / "data"
