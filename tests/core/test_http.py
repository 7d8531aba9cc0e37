"""What does a running service answer over HTTP, and what does it not?"""

import asyncio

import httpx

from deploy.infra.ports import answers
from tests.core.conftest import Running, until


async def test_it_is_alive_ready_and_describes_itself(running: Running) -> None:
    base = f"http://127.0.0.1:{running.runtime.settings.http_port}"
    async with httpx.AsyncClient(base_url=base) as http:
        assert (await http.get("/livez")).json() == {"ok": True, "problems": []}
        assert (await http.get("/readyz")).status_code == 200
        assert (await http.get("/asyncapi.json")).json()["asyncapi"] == "3.0.0"
        assert "events_received_total" in (await http.get("/metrics")).text


async def test_nothing_can_be_tried_out_against_the_real_broker(running: Running) -> None:
    base = f"http://127.0.0.1:{running.runtime.settings.http_port}"
    body = {"options": {"sendToRealBroker": True}, "channelName": "x", "message": {}}
    async with httpx.AsyncClient(base_url=base) as http:
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
