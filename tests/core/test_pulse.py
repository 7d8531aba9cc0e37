"""Does a process notice that NATS does not answer, before its connection says so?"""

import asyncio

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from deploy.trial.embedded_nats import EmbeddedNats
from shared.bus import given_to_one, pulse
from shared.bus.pulse import Pulse
from shared.bus.requests import NatsConnection
from shared.clock import monotonic
from shared.errors import NobodyAnswersError
from tests.core.conftest import until
from tests.faults.proxy import Proxy
from tests.questions_put import questions_put


async def _ignored(_: Exception) -> None:
    return None


async def test_a_network_that_swallows_everything_counts_as_nats_being_away(
    nats_url: str, nats_server: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(pulse, "SILENT_SECONDS", 0.5)
    async with Proxy(nats_server.port) as way:
        client = await nats.connect(
            nats_url.replace(f":{nats_server.port}", f":{way.port}"), error_cb=_ignored
        )
        beating = Pulse(client)
        keeping = asyncio.create_task(beating.keep())
        assert beating.answers
        way.to_server.silence()

        async def silent() -> bool:
            return not beating.answers

        await until(silent)
        assert client.is_connected  # as far as the client knows
        way.heal()

        async def answers() -> bool:
            return beating.answers

        await until(answers)
        keeping.cancel()
        await asyncio.wait({keeping})
        await client.close()


async def test_who_waits_for_an_answer_is_told_once_nats_is_silent(
    nats_url: str, nats_server: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(pulse, "SILENT_SECONDS", 0.5)
    async with Proxy(nats_server.port) as way:
        client = await nats.connect(
            nats_url.replace(f":{nats_server.port}", f":{way.port}"), error_cb=_ignored
        )
        beating = Pulse(client)
        keeping = asyncio.create_task(beating.keep())
        connection = NatsConnection(client, lambda: beating.answers)
        way.to_server.silence()
        began = monotonic()
        with pytest.raises(NobodyAnswersError):
            await connection.ask("decisions.intake", {"n": 1}, 60.0)
        assert monotonic() - began < 30.0  # half a second, on a quiet machine
        way.heal()
        keeping.cancel()
        await asyncio.wait({keeping})
        await client.close()


async def test_what_is_asked_while_nats_is_away_is_not_asked_afterwards(
    nats_url: str, nats_server: EmbeddedNats
) -> None:
    """A decision that was answered with "try again" must not be made minutes later."""
    heard: list[bytes] = []
    admin = await nats.connect(nats_url)

    async def hear(message: Msg) -> None:
        heard.append(message.data)
        await message.respond(b"{}")

    await admin.subscribe("decisions.intake", cb=hear)
    async with Proxy(nats_server.port) as way:
        client = await nats.connect(
            nats_url.replace(f":{nats_server.port}", f":{way.port}"),
            max_reconnect_attempts=-1, reconnect_time_wait=0.1, error_cb=_ignored,
        )  # fmt: skip
        connection = NatsConnection(client)
        way.refuse()

        async def away() -> bool:
            return not client.is_connected

        await until(away)
        with pytest.raises(NobodyAnswersError):
            await connection.ask("decisions.intake", {"n": 1}, 0.3)
        way.heal()
        assert await connection.ask("decisions.intake", {"n": 2}, 10.0) == {}
        assert heard == [b'{"n": 2}']
        await client.close()
    await admin.close()


async def test_who_begins_anew_is_waited_for_and_given_it_once(nats_url: str) -> None:
    """Other values of the firm came into force: for a moment the service was nobody."""
    heard: list[bytes] = []
    client = await nats.connect(nats_url)

    async def hear(message: Msg) -> None:
        heard.append(message.data)
        await message.respond(b"{}")

    asking = asyncio.create_task(NatsConnection(client).ask("decisions.intake", {"n": 1}, 10.0))
    await asyncio.wait({asking}, timeout=0.3)  # long enough to be told that nobody is there
    assert not asking.done()
    await client.subscribe("decisions.intake", cb=hear)
    assert await asking == {}
    assert heard == [b'{"n": 1}']
    await client.close()


async def answer(message: Msg) -> None:
    """Somebody who is there."""
    await message.respond(b"{}")


async def is_waited_for(client: Client, connection: NatsConnection, subject: str) -> bool:
    """Whether what nobody takes is asked again before they are said to be away."""
    with questions_put(client) as put, pytest.raises(NobodyAnswersError):
        await connection.ask(subject, {}, 30.0)
    return len(put) > 1


async def test_who_stays_away_is_waited_for_by_the_first_alone_whatever_is_asked(
    nats_url: str,
) -> None:
    client = await nats.connect(nats_url)
    connection = NatsConnection(client)
    assert await is_waited_for(client, connection, "views.intake")
    for subject in ("views.intake", "cards.intake", "finds.intake"):
        assert not await is_waited_for(client, connection, subject)
    assert await is_waited_for(client, connection, "views.feedback")
    await client.close()


async def test_who_stays_away_is_not_waited_for_again_before_they_were_heard_of(
    nats_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await nats.connect(nats_url)
    connection = NatsConnection(client)
    assert await is_waited_for(client, connection, "views.intake")
    hours_later = monotonic() + 10_000
    monkeypatch.setattr(given_to_one, "monotonic", lambda: hours_later)
    assert not await is_waited_for(client, connection, "views.intake")
    monkeypatch.undo()
    listening = await client.subscribe("views.intake", cb=answer)
    assert await connection.ask("views.intake", {}, 10.0) == {}
    await listening.unsubscribe()
    assert await is_waited_for(client, connection, "views.intake")
    await client.close()


async def test_what_a_service_of_another_release_does_not_know_is_waited_for_once(
    nats_url: str,
) -> None:
    client = await nats.connect(nats_url)
    connection = NatsConnection(client)
    await client.subscribe("views.intake", cb=answer)
    assert await is_waited_for(client, connection, "previews.intake")
    assert await connection.ask("views.intake", {}, 10.0) == {}
    assert not await is_waited_for(client, connection, "previews.intake")
    await client.close()
