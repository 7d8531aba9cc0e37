"""Does the real NATS server let each user do what it needs, and nothing else?"""

import json
from collections.abc import AsyncIterator
from typing import Any, Protocol

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from deploy.infra.grants import STREAM
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.services import SERVICES
from deploy.infra.stream import consumer, stream
from deploy.trial.embedded_nats import EmbeddedNats
from shared.contracts.catalogue import CATALOGUE, FOREIGN_TYPES, PUBLISHED_BY
from tests.barrier import settled
from tests.patience import PATIENCE

MIB = 1024**2


class Guest:
    """A user's connection that remembers what it was refused."""

    def __init__(self, client: Client, refusals: list[str]) -> None:
        self.client = client
        self.refusals = refusals

    async def may_publish(self, subject: str) -> bool:
        self.refusals.clear()
        await self.client.publish(subject, b"{}")
        await settled(self.client)
        return not self.refusals

    async def may_subscribe(self, subject: str) -> bool:
        self.refusals.clear()
        subscription = await self.client.subscribe(subject)
        await settled(self.client)
        await subscription.unsubscribe()
        return not self.refusals


class Connect(Protocol):
    """Connects as a user, by default with the inbox reserved for that user."""

    async def __call__(self, user: str, inbox: str | None = None) -> Guest: ...


@pytest.fixture
async def connect(nats_server: EmbeddedNats, nats_url: str) -> AsyncIterator[Connect]:
    """Connects as a user; the stream and the durables exist."""
    guests: list[Guest] = []

    async def connect(user: str, inbox: str | None = None) -> Guest:
        refusals: list[str] = []

        async def note(error: Exception) -> None:
            refusals.append(str(error))

        prefix = (inbox or f"inbox.{user}").encode()
        client = await nats.connect(nats_server.url(user), error_cb=note, inbox_prefix=prefix)
        guests.append(Guest(client, refusals))
        return guests[-1]

    admin = await nats.connect(nats_url)
    streams = admin.jetstream(timeout=PATIENCE)
    await streams.add_stream(stream(64 * MIB))
    for service in SERVICES:
        await streams.add_consumer(STREAM, consumer(service, None))
    await admin.close()
    yield connect
    for guest in guests:
        await guest.client.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_publishes_its_own_event_types_only(connect: Connect, service: str) -> None:
    guest = await connect(service)
    allowed = {kind for kind in CATALOGUE if await guest.may_publish(f"events.{kind}.c-1")}
    assert allowed == PUBLISHED_BY[service]


async def test_a_firm_system_publishes_foreign_event_types_only(connect: Connect) -> None:
    guest = await connect("firm", "_INBOX")
    allowed = {kind for kind in CATALOGUE if await guest.may_publish(f"events.{kind}.c-1")}
    assert allowed == FOREIGN_TYPES


async def test_the_gateway_says_what_others_say_under_its_own_name_only(connect: Connect) -> None:
    guest = await connect("gateway")
    said = {kind for kind in CATALOGUE if await guest.may_publish(f"events.{kind}.c-1.gateway")}
    assert said == FOREIGN_TYPES
    assert not await guest.may_publish("events.matter-opened.m-1.dms")


async def test_plain_nats_py_publishes_with_an_acknowledgement(
    connect: Connect, nats_server: EmbeddedNats
) -> None:
    del connect
    client = await nats.connect(nats_server.url("firm"))
    streams = client.jetstream(timeout=PATIENCE)
    acknowledgement = await streams.publish("events.matter-opened.m-1", b"{}")
    await client.close()
    assert acknowledgement.stream == STREAM


async def test_a_firm_system_hears_no_answer_meant_for_others(connect: Connect) -> None:
    firm, admin = await connect("firm", "_INBOX"), await connect("admin")
    heard: list[str] = []

    async def hear(message: Msg) -> None:
        heard.append(message.subject)

    await firm.client.subscribe("_INBOX.>", cb=hear)
    await settled(firm.client)
    for subject in ("_INBOX.desk.x", "_INBOX.cli.x", "_INBOX.own.x"):
        await admin.client.publish(subject, b"{}")
    await settled(admin.client)
    await settled(firm.client)
    assert heard == ["_INBOX.own.x"]


@pytest.mark.parametrize("user", [*SERVICES, "cli", "firm"])
async def test_whoever_listens_to_all_it_may_hears_nothing_of_others(
    connect: Connect, user: str
) -> None:
    guest, firm = await connect(user), await connect("firm", "_INBOX")
    heard: list[str] = []

    async def hear(message: Msg) -> None:
        heard.append(message.subject)

    for subject in grants_in_use()[user].subscribe:
        await guest.client.subscribe(subject, cb=hear)
    await settled(guest.client)
    await firm.client.jetstream(timeout=PATIENCE).publish("events.matter-opened.m-1", b"{}")
    await settled(guest.client)
    heard.clear()  # the firm's own acknowledgement is the firm's to hear
    for service in [each for each in SERVICES if each != user]:
        other = await connect(service)
        own = await other.client.jetstream(timeout=PATIENCE).pull_subscribe_bind(service, STREAM)
        (message,) = await own.fetch(1, timeout=PATIENCE)
        assert message.subject == "events.matter-opened.m-1"
    await settled(guest.client)
    assert heard == []


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_reads_and_acknowledges_its_own_consumer(
    connect: Connect, service: str
) -> None:
    guest, firm = await connect(service), await connect("firm", "_INBOX")
    await firm.client.jetstream(timeout=PATIENCE).publish("events.matter-opened.m-1", b"{}")
    own = await guest.client.jetstream(timeout=PATIENCE).pull_subscribe_bind(service, STREAM)
    (message,) = await own.fetch(1, timeout=PATIENCE)
    await message.ack_sync(timeout=PATIENCE)
    info = await own.consumer_info()
    assert (info.num_ack_pending, info.num_pending, guest.refusals) == (0, 0, [])


async def test_a_service_cannot_take_the_events_of_another(connect: Connect) -> None:
    guest = await connect("feedback")
    assert not await guest.may_publish(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.reminders")
    assert not await guest.may_publish(f"$JS.ACK.{STREAM}.reminders.1.1.1.1.0")
    assert not await guest.may_publish(f"$JS.ACK._.acct.{STREAM}.reminders.1.1.1.1.0")


@pytest.mark.parametrize("user", [*SERVICES, "firm", "cli"])
@pytest.mark.parametrize(
    "subject",
    [
        f"$JS.API.STREAM.DELETE.{STREAM}",
        f"$JS.API.STREAM.PURGE.{STREAM}",
        f"$JS.API.STREAM.UPDATE.{STREAM}",
        f"$JS.API.STREAM.MSG.DELETE.{STREAM}",
        "$JS.API.STREAM.CREATE.OTHER",
        f"$JS.API.CONSUMER.DELETE.{STREAM}.reminders",
        f"$JS.API.CONSUMER.CREATE.{STREAM}.mine",
        f"$JS.API.CONSUMER.DURABLE.CREATE.{STREAM}.mine",
        "$JS.API.INFO",
    ],
)
async def test_only_the_administrator_changes_streams_and_consumers(
    connect: Connect, user: str, subject: str
) -> None:
    if user == "intake" and ".MSG.DELETE." in subject:
        return  # single events of erased persons: see test_intake_alone_takes_single_events_out
    guest = await connect(user)
    assert not await guest.may_publish(subject)


async def test_intake_alone_takes_single_events_out(connect: Connect) -> None:
    subject = f"$JS.API.STREAM.MSG.DELETE.{STREAM}"
    allowed = [user for user in SERVICES if await (await connect(user)).may_publish(subject)]
    assert allowed == ["intake"]


@pytest.mark.parametrize(
    ("user", "verb"),
    [
        ("desk", "decisions"),
        ("desk", "views"),
        ("desk", "figures"),
        ("desk", "settlements"),
        ("reminders", "links"),
        ("cli", "ops"),
    ],
)
async def test_those_who_may_ask_get_an_answer(connect: Connect, user: str, verb: str) -> None:
    owner, asker = await connect("feedback"), await connect(user)

    async def answer(message: Msg) -> None:
        await message.respond(b"answer")

    await owner.client.subscribe(f"{verb}.feedback", cb=answer)
    await settled(owner.client)
    reply = await asker.client.request(f"{verb}.feedback", b"{}", timeout=PATIENCE)
    assert reply.data == b"answer"


@pytest.mark.parametrize(("user", "owner"), [("desk", "reminders"), ("reminders", "desk")])
async def test_digests_are_asked_for_between_two_services(
    connect: Connect, user: str, owner: str
) -> None:
    answering, asker = await connect(owner), await connect(user)

    async def answer(message: Msg) -> None:
        await message.respond(b"answer")

    await answering.client.subscribe(f"digests.{owner}", cb=answer)
    await settled(answering.client)
    reply = await asker.client.request(f"digests.{owner}", b"{}", timeout=PATIENCE)
    assert reply.data == b"answer"


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        ("intake", "digests.desk"),
        ("cli", "digests.desk"),
        ("firm", "digests.reminders"),
        ("reminders", "decisions.feedback"),
        ("intake", "views.feedback"),
        ("desk", "links.feedback"),
        ("desk", "ops.feedback"),
        ("reminders", "figures.feedback"),
        ("intake", "settlements.feedback"),
        ("firm", "figures.feedback"),
        ("firm", "settlements.feedback"),
        ("cli", "settlements.feedback"),
        ("firm", "decisions.feedback"),
        ("cli", "decisions.feedback"),
    ],
)
async def test_nobody_else_may_ask(connect: Connect, user: str, subject: str) -> None:
    guest = await connect(user)
    assert not await guest.may_publish(subject)


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        ("reminders", "decisions.feedback"),
        ("feedback", "events.>"),
        ("feedback", "inbox.desk.>"),
        ("feedback", "inbox.>"),
        ("firm", "inbox.>"),
        ("feedback", ">"),
        ("firm", "events.>"),
        ("cli", "events.>"),
        ("cli", "_INBOX.>"),
    ],
)
async def test_nobody_listens_to_what_is_for_others(
    connect: Connect, user: str, subject: str
) -> None:
    guest = await connect(user)
    assert not await guest.may_subscribe(subject)


async def test_a_service_answers_once_and_only_who_asked(connect: Connect) -> None:
    owner = await connect("feedback")
    assert not await owner.may_publish("inbox.desk.somebody")


async def test_the_command_line_reads_stored_events(connect: Connect) -> None:
    firm, cli = await connect("firm", "_INBOX"), await connect("cli")
    await firm.client.jetstream(timeout=PATIENCE).publish("events.matter-opened.m-1", b"content")
    question: dict[str, Any] = {"seq": 1, "next_by_subj": "events.>"}
    subject = f"$JS.API.DIRECT.GET.{STREAM}"
    reply = await cli.client.request(subject, json.dumps(question).encode(), timeout=PATIENCE)
    assert reply.data == b"content"


async def test_a_wrong_password_is_refused(nats_server: EmbeddedNats) -> None:
    with pytest.raises(Error, match=r"(?i)authorization"):
        await nats.connect(f"nats://desk:wrong@127.0.0.1:{nats_server.port}", allow_reconnect=False)
