"""What does a running service answer over HTTP, and what does it not?"""

import asyncio
import socket

import httpx
import pytest
from pydantic import ValidationError

from deploy.infra.ports import answers
from shared.process.settings import Settings
from shared.process.web import OpenPorts
from tests.core.conftest import Running, until
from tests.patience import PATIENCE


def ports_of(running: Running) -> tuple[int, int]:
    """Where its pages are, and where its figures."""
    settings = running.process._settings
    return settings.http_port, settings.ops_port


async def test_it_is_alive_ready_and_describes_itself(running: Running) -> None:
    for port in ports_of(running):
        async with httpx.AsyncClient(timeout=PATIENCE, base_url=f"http://127.0.0.1:{port}") as http:
            assert (await http.get("/livez")).json() == {"ok": True, "problems": []}
            assert (await http.get("/readyz")).status_code == 200
    async with httpx.AsyncClient(
        timeout=PATIENCE, base_url=f"http://127.0.0.1:{ports_of(running)[1]}"
    ) as http:
        assert (await http.get("/asyncapi.json")).json()["asyncapi"] == "3.0.0"
        assert (await http.get("/openapi.json")).json()["openapi"].startswith("3.")
        assert "events_received_total" in (await http.get("/metrics")).text


async def test_figures_and_descriptions_are_not_shown_where_everybody_may_look(
    running: Running,
) -> None:
    base = f"http://127.0.0.1:{ports_of(running)[0]}"
    async with httpx.AsyncClient(timeout=PATIENCE, base_url=base) as http:
        for path in ("/metrics", "/asyncapi.json", "/openapi.json", "/docs", "/redoc"):
            assert (await http.get(path)).status_code == 404


def test_figures_have_a_port_of_their_own_or_none(settings: Settings) -> None:
    shown = settings.model_dump(include={"http_port"}) | {"ops_port": settings.http_port}
    with pytest.raises(ValidationError, match="CLIENTELE_OPS_PORT must be another port"):
        Settings(**shown)
    assert Settings().ops_port == 0


async def test_nothing_can_be_tried_out_against_the_real_broker(running: Running) -> None:
    base = f"http://127.0.0.1:{ports_of(running)[1]}"
    body = {"options": {"sendToRealBroker": True}, "channelName": "x", "message": {}}
    async with httpx.AsyncClient(timeout=PATIENCE, base_url=base) as http:
        for path in ("/asyncapi/try", "/asyncapi.json/try", "/try"):
            assert (await http.post(path, json=body)).status_code == 404


async def test_a_request_of_two_lengths_is_refused_and_nothing_behind_it_is_read(
    running: Running,
) -> None:
    port = running.runtime.settings.http_port

    async def listening() -> bool:
        return answers(port)

    await until(listening)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
        b"\r\n0\r\n\r\nGET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    answered = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    assert answered.startswith(b"HTTP/1.1 400 ")
    assert answered.count(b"HTTP/1.1 ") == 1


def test_an_answer_is_not_held_back_until_its_head_is_acknowledged(port_base: int) -> None:
    """Forty milliseconds of every answer on a connection that is kept, on most machines."""
    ports = OpenPorts()
    with ports.at("127.0.0.1", port_base) as door:
        with socket.create_connection(door.getsockname(), timeout=PATIENCE):
            answering, _ = door.accept()
        with answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    ports.close()
