"""Does an event reach exactly its receiver, and what is made of every way it can answer?"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from services.gateway.domain.attempts import Tried
from services.gateway.domain.signing import signed_headers
from services.gateway.domain.subscriptions import secret_of
from services.gateway.gateways.webhooks import AT_ONCE, SignedEvent, WebhookChannel
from services.gateway.ports import OutwardConfig
from shared.channels import NOT_TRIED, Result, Unknown
from shared.clock import real_now
from tests.gateway.receiver import HOST, Answer, Authority, Receiver, receiving

SECRET = secret_of(b"0123456789abcdef0123456789abcdef")
BODY = b'{"specversion": "1.0", "id": "e-1"}'


class Names:
    """A look-up that answers as told, and remembers what it was asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers) or [["127.0.0.1"]], list[str]()

    async def __call__(self, host: str, _: int) -> Sequence[str]:
        """The next answer, then always the last."""
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Sending:
    """A channel that may reach the receiver on this machine under the name it is given."""

    def __init__(self, authority: Authority, receiver: Receiver) -> None:
        self.authority, self.receiver = authority, receiver

    async def send(
        self, url: str = "", *, names: Names | None = None, hosts: Sequence[str] = (HOST,),
        seconds: float = 5.0, by_http: bool = False,
    ) -> Tried:  # fmt: skip
        """One event; what became of it."""
        config = OutwardConfig(by_http=by_http, hosts=frozenset(hosts))
        channel = WebhookChannel(
            config, names or Names(), real_now, authorities=self.authority.file, seconds=seconds
        )
        outcome = await channel.hand_over(
            event_to(url or f"https://{HOST}:{self.receiver.port}/in")
        )
        assert isinstance(outcome, Tried)
        return outcome

    async def answered(self, status: int, **headers: str) -> Tried:
        """What an answer comes to."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.receiver.answers = [Answer(status, named)]
        return await self.send()


def event_to(url: str, subscription: str = "crm") -> SignedEvent:
    """An event, signed now."""
    headers = signed_headers("msg-1", BODY, [SECRET], real_now())
    return SignedEvent(subscription, url, BODY, headers)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def sending(authority: Authority) -> AsyncIterator[Sending]:
    async with receiving(authority) as receiver:
        yield Sending(authority, receiver)


async def test_the_official_library_takes_what_arrives(sending: Sending) -> None:
    outcome = await sending.send()
    (got,) = sending.receiver.got
    assert Webhook(SECRET).verify(got.body, got.headers) == {"specversion": "1.0", "id": "e-1"}
    assert (outcome.result, outcome.status) == (Result.HANDED_OVER, 204)
    assert got.line == "POST /in HTTP/1.1"
    assert got.headers["host"] == f"{HOST}:{sending.receiver.port}"
    assert got.headers["content-type"] == "application/cloudevents+json"


@pytest.mark.parametrize(
    ("status", "result", "reason"),
    [
        (200, Result.HANDED_OVER, None),
        (302, Result.RETRY, "redirect"),
        (400, Result.RETRY, "status-400"),
        (410, Result.REFUSED, "gone"),
        (500, Result.RETRY, "status-500"),
    ],
)
async def test_each_answer_means_one_thing(
    sending: Sending, status: int, result: Result, reason: str | None
) -> None:
    outcome = await sending.answered(status)
    assert (outcome.result, outcome.reason, outcome.status) == (result, reason, status)


async def test_a_redirect_is_not_followed(sending: Sending) -> None:
    async with receiving() as inside:
        there = f"http://127.0.0.1:{inside.port}/metadata"
        assert (await sending.answered(307, Location=there)).reason == "redirect"
        assert inside.got == []


async def test_a_receiver_says_when_it_wants_to_be_asked_again(sending: Sending) -> None:
    assert (await sending.answered(429, Retry_After="120")).retry_after == timedelta(minutes=2)
    assert (await sending.answered(503, Retry_After="9999999999")).retry_after == timedelta(days=1)
    assert (await sending.answered(503, Retry_After="soon")).retry_after is None
    assert (await sending.answered(500, Retry_After="120")).retry_after is None


async def test_who_answers_nothing_is_waited_for_no_longer_than_so_long(sending: Sending) -> None:
    sending.receiver.answers = [Answer(never=True)]
    outcome = await sending.send(seconds=0.2)
    assert (outcome.result, outcome.reason) == (Result.UNKNOWN, "timeout")
    assert 0.2 <= outcome.seconds < 20  # far less than the receiver would take, on any machine


async def test_an_endless_answer_is_not_read(sending: Sending) -> None:
    sending.receiver.answers = [Answer(200, {"content-length": "900000000"}, b"x" * 100_000)]
    assert (await sending.send()).result is Result.HANDED_OVER


async def test_nobody_there_is_a_reason_to_try_again(sending: Sending) -> None:
    outcome = await sending.send(f"https://{HOST}:1/")
    assert (outcome.result, outcome.reason) == (Result.RETRY, "unreachable")


async def test_a_certificate_of_another_name_ends_it(authority: Authority) -> None:
    async with receiving(authority, host="other.example") as receiver:
        outcome = await Sending(authority, receiver).send()
        assert (outcome.result, outcome.reason) == (Result.RETRY, "certificate")
        assert receiver.got == []


async def test_this_machine_is_reached_only_under_a_name_the_firm_gives(sending: Sending) -> None:
    outcome = await sending.send(hosts=())
    assert (outcome.result, outcome.reason) == (Result.RETRY, "address-not-allowed")
    by_port = f"{HOST}:{sending.receiver.port}"
    assert (await sending.send(hosts=[by_port])).result is Result.HANDED_OVER
    assert (await sending.send(hosts=[f"{HOST}:1"])).reason == "address-not-allowed"


async def test_a_name_is_looked_up_once_and_what_was_judged_is_connected_to(
    sending: Sending,
) -> None:
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    assert (await sending.send(names=names)).result is Result.HANDED_OVER
    assert names.asked == [HOST]
    assert (await sending.send(names=names)).reason == "address-not-allowed"
    assert len(sending.receiver.got) == 1


async def test_one_bad_address_among_good_ones_is_enough_to_refuse(sending: Sending) -> None:
    names = Names(["93.184.215.14", "10.0.0.5"])
    assert (await sending.send(names=names, hosts=())).reason == "address-not-allowed"


async def test_plain_http_needs_the_setting(authority: Authority) -> None:
    async with receiving() as receiver:
        sending, url = Sending(authority, receiver), f"http://{HOST}:{receiver.port}/in"
        assert (await sending.send(url)).reason == "url"
        assert (await sending.send(url, by_http=True)).result is Result.HANDED_OVER


async def test_a_slow_receiver_keeps_no_other_waiting(sending: Sending) -> None:
    sending.receiver.answers = [Answer(never=True)]
    port = sending.receiver.port
    config = OutwardConfig(hosts=frozenset({HOST}))
    channel = WebhookChannel(config, Names(), real_now, authorities=sending.authority.file)
    slow = [
        asyncio.create_task(channel.hand_over(event_to(f"https://{HOST}:{port}/", "slow")))
        for _ in range(AT_ONCE + 3)
    ]
    await sending.receiver.has(AT_ONCE)
    sending.receiver.answers = [Answer()]
    other = await channel.hand_over(event_to(f"https://{HOST}:{port}/", "quick"))
    assert other.result is Result.HANDED_OVER
    assert sending.receiver.most_at_once == AT_ONCE + 1
    sending.receiver.opened.set()
    await asyncio.gather(*slow)


async def test_what_comes_too_late_is_not_begun(sending: Sending) -> None:
    channel = WebhookChannel(OutwardConfig(), Names(), real_now)
    url = f"https://{HOST}:{sending.receiver.port}/"
    assert await channel.hand_over(event_to(url), begin_until=0.0) == NOT_TRIED
    assert channel.settle_unknown(9, may_repeat=False) is Unknown.AGAIN


def test_an_instant_is_signed_in_whole_seconds() -> None:
    at = datetime(2026, 3, 2, 9, 0, 0, 999_000, tzinfo=UTC)
    headers = signed_headers("m", b"{}", [SECRET, SECRET], at)
    assert headers["webhook-timestamp"] == str(int(at.timestamp()))
    assert headers["webhook-signature"].count("v1,") == 2
