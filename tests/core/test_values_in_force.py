"""Does a running process go by other values of the firm, with its port open all the while?"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import nats
import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.feedback.app import build
from shared.clock import monotonic, real_now
from shared.contracts.envelope import Event, encode
from shared.contracts.firm_editions import FirmEditionApproved, FirmFileSaid
from shared.mongo import connect
from shared.process.run import mappings_of
from tests.core.conftest import prepare_stream
from tests.empty_database import emptied
from tests.patience import PATIENCE

NOWHERE = "/s/nobody-has-this-link"
START_SECONDS = 240.0  # a loaded machine is not a defect
LATER = datetime(2100, 1, 1, tzinfo=UTC)


class Feedback:
    """The service as a program of its own, and its stream."""

    def __init__(self, port: int, streams: nats.js.JetStreamContext) -> None:
        self._address, self._figures = (f"http://127.0.0.1:{each}" for each in (port, port + 1))
        self._streams = streams
        self.refused = 0

    async def page(self) -> str:
        """What a client sees, on the one connection a browser makes for it."""
        async with httpx.AsyncClient(timeout=20) as browser:
            try:
                return (await browser.get(self._address + NOWHERE)).text
            except httpx.ConnectError:
                self.refused += 1
                return ""

    async def shows(self, words: str) -> None:
        """Wait until a client sees this."""
        deadline = monotonic() + START_SECONDS
        while words not in await self.page():
            assert monotonic() < deadline, f"nobody sees {words}"
            await asyncio.sleep(0.05)

    async def measures(self, figure: str) -> None:
        """Wait until it says this of itself."""
        deadline = monotonic() + START_SECONDS
        async with httpx.AsyncClient(timeout=20) as reader:
            while f"\n{figure}" not in (await reader.get(f"{self._figures}/metrics")).text:
                assert monotonic() < deadline, f"it never says {figure}"
                await asyncio.sleep(0.05)

    async def approved(self, number: int, text: str, at: datetime) -> None:
        """Two people brought these values into force."""
        data = FirmEditionApproved(
            edition_id=str(number), edition=number, content_hash="a" * 64, in_force_at=at,
            files=(FirmFileSaid(place="firm.toml", text=text),),
        )  # fmt: skip
        event = Event(
            id=f"e-{number}", source="urn:clientele:reminders", type=data.TYPE, version=1,
            time=real_now(), subject=data.key(), data=data, correlation_id="c",
            causation_id=None, traceparent=None,
        )  # fmt: skip
        await self._streams.publish(event.nats_subject, encode(event))


@asynccontextmanager
async def program(environment: dict[str, str], log: Path) -> AsyncIterator[None]:
    with log.open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.feedback.app", env={**os.environ, **environment},
            stdout=said, stderr=said,
        )  # fmt: skip
    yield
    if process.returncode is None:
        process.terminate()
    assert await process.wait() == 0


@pytest.fixture
async def feedback(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int,
) -> AsyncIterator[Feedback]:  # fmt: skip
    key = tmp_path / "key"
    key.write_text("ab" * 32)
    firm = tmp_path / "firm"
    firm.mkdir()
    (firm / "firm.toml").write_text('[firm]\nname = "By the folder"\n')
    connection = await nats.connect(nats_url)
    await prepare_stream(connection, "feedback")
    await emptied(connect(mongo_server.url(), "feedback"), mappings_of(build()))
    environment = {
        "CLIENTELE_NATS_URL": nats_server.url("feedback"),
        "CLIENTELE_MONGO_URL": mongo_server.url("feedback"),
        "CLIENTELE_HTTP_PORT": str(port_base),
        "CLIENTELE_OPS_PORT": str(port_base + 1),
        "CLIENTELE_MASTER_KEY_FILE": str(key),
        "CLIENTELE_LINK_KEY_FILE": str(key),
        "CLIENTELE_FIRM_DIR": str(firm),
    }
    async with program(environment, tmp_path / "log"):
        yield Feedback(port_base, connection.jetstream(timeout=PATIENCE))
    await connection.close()


async def test_it_goes_by_what_was_approved_and_refuses_nobody_meanwhile(
    feedback: Feedback,
) -> None:
    await feedback.shows("By the folder")
    feedback.refused = 0
    await feedback.approved(1, '[firm]\nname = "By the first edition"\n', real_now())
    await feedback.shows("By the first edition")
    await feedback.approved(2, "[surveys]\ntries = 0\n", real_now())  # it could not begin by this
    await feedback.measures("values_unreadable 1.0")
    await feedback.measures("values_edition 1.0")
    await feedback.approved(3, '[firm]\nname = "By the third"\n', real_now())
    await feedback.shows("By the third")
    await feedback.measures("values_edition 3.0")
    await feedback.measures("values_unreadable 0.0")
    assert feedback.refused == 0


async def test_nothing_holds_before_its_instant(feedback: Feedback) -> None:
    await feedback.shows("By the folder")
    await feedback.approved(1, '[firm]\nname = "Much later"\n', LATER)
    await feedback.shows("By the folder")
