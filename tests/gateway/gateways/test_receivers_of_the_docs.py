"""Do the receivers that docs/doors.md shows take what we send, once, and nothing else?"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import playwright
import pytest

from services.gateway.domain.attempts import Tried
from services.gateway.domain.signing import signed_headers
from services.gateway.domain.subscriptions import secret_of
from services.gateway.gateways.webhooks import SignedEvent, WebhookChannel
from services.gateway.ports import OutwardConfig
from shared.clock import real_now
from tests.core.conftest import until

DOCS = Path(__file__).parents[3] / "docs" / "doors.md"
NODE = Path(playwright.__file__).parent / "driver" / "node"  # the same on every machine
SECRET = secret_of(b"0123456789abcdef0123456789abcdef")
BODY = b'{"type":"matter-closed","subject":"c-1","data":{"matter_id":"m-1"}}'
RUN = {
    "python": [sys.executable, "-c"],
    "js": [str(NODE), "--input-type=module", "--eval"],
}


def shown(language: str) -> str:
    """The receiver as the page has it."""
    (block,) = re.findall(rf"```{language}\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    return str(block)


async def _this_machine(_: str, __: int) -> list[str]:
    return ["127.0.0.1"]


@asynccontextmanager
async def running(language: str, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """The receiver, once it listens."""
    process = await asyncio.create_subprocess_exec(
        *RUN[language], shown(language), env={"SECRET": SECRET, "PORT": str(port)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip

    async def listens() -> bool:
        assert process.returncode is None, "it ended by itself"
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    try:
        await until(listens)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("language", ["python", "js"])
async def test_a_receiver_of_the_docs_takes_an_event_once_and_no_other_s(
    language: str, port_base: int
) -> None:
    config = OutwardConfig(by_http=True, hosts=frozenset({"mine.example"}))
    channel = WebhookChannel(config, _this_machine, real_now)

    async def send(msg_id: str, secret: str = SECRET) -> int | None:
        headers = signed_headers(msg_id, BODY, [secret], real_now())
        url = f"http://mine.example:{port_base}/"
        outcome = await channel.hand_over(SignedEvent("mine", url, BODY, headers))
        assert isinstance(outcome, Tried)
        return outcome.status

    async with running(language, port_base) as process:
        assert await send("msg-0", secret_of(b"another key of 32 bytes, or more")) == 401
        assert [await send(each) for each in ("msg-1", "msg-1", "msg-2")] == [204, 204, 204]
        process.kill()
        assert process.stdout is not None
        lines = (await process.stdout.read()).decode().splitlines()
    assert [line.split(" ", 2)[:2] for line in lines] == [["matter-closed", "c-1"]] * 2
