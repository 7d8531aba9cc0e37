"""What does a running service answer over HTTP, and what does it not?"""

import httpx

from tests.core.conftest import Running


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
