"""Has each message one outcome, the right one, at whichever stage the mail server fails?"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable

import pytest

from shared.clock import monotonic
from tests.faults.invariants import hold, look
from tests.faults.mailbox import HANG, RESET_AFTER, RESET_BEFORE
from tests.faults.story import Story
from tests.faults.system import System, until_seconds

pytestmark = pytest.mark.asyncio(loop_scope="session")

Record = Callable[[str, object], None]
RETRIED_SECONDS = 240.0  # the first retry comes after a minute, a second one two minutes later
HUNG_SECONDS = 90.0  # longer than ``ack_wait``, than a lease and than a batch's time to begin
SENT, REFUSED, RESENT = "sent", "refused", "sent-or-held"
STAGES = {  # what the server does the first time, and what must become of the message
    ("MAIL", "451 later"): SENT,
    ("MAIL", "550 who"): SENT,  # says something of us, not of the recipient
    ("MAIL", RESET_BEFORE): SENT,
    ("RCPT", "450 greylisted"): SENT,
    ("RCPT", "550 unknown"): REFUSED,
    ("RCPT", RESET_BEFORE): SENT,
    ("DATA", "451 later"): SENT,
    ("DATA", "554 no"): SENT,
    ("DATA", RESET_BEFORE): SENT,
    (".", "451 later"): SENT,
    (".", "550 spam"): REFUSED,
    (".", RESET_BEFORE): RESENT,
    (".", RESET_AFTER): RESENT,
}


class Moody:
    """Fails once for each recipient, then takes everything."""

    def __init__(self, system: System, failures: list[tuple[str, str]]) -> None:
        self._left = list(failures)
        self._given: dict[str, tuple[str, str]] = {}
        self._had: set[str] = set()
        system.mailbox.choose = self

    def __call__(self, stage: str, to: str) -> str | None:
        """The failure meant for this recipient, once."""
        if stage == "MAIL":
            return None  # who it is for is not known yet
        if to not in self._given and self._left:
            self._given[to] = self._left.pop()
        wanted = self._given.get(to)
        if wanted is None or to in self._had or wanted[0] != stage:
            return None
        self._had.add(to)
        return wanted[1]


@pytest.mark.whole
@pytest.mark.parametrize("retried", [False, True])
async def test_the_server_fails_once_at_every_stage(
    system: System, retried: bool, chance: random.Random, record_property: Record
) -> None:
    failures = [each for each in STAGES if each[0] != "MAIL"] * 2
    chance.shuffle(failures)
    Moody(system, failures)
    story = Story(chance, clients=len(failures) + 8, reminders_after=(2.0, 5.0))
    await story.tell(system.nats.jetstream(), 2.0)
    record_property("slowest recovery s", await hold(system, story, healed=monotonic()))
    if retried:
        await nothing_is_left_to_retry(system)
        await hold(system, story)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("stage", "answer"), [pytest.param(*each, id="-".join(each)) for each in STAGES]
)
async def test_the_server_fails_everybody_for_a_while(
    system: System, stage: str, answer: str, chance: random.Random, record_property: Record
) -> None:
    system.mailbox.answers[stage] = answer
    story = Story(chance, clients=6, reminders_after=(2.0, 4.0))
    await story.tell(system.nats.jetstream(), 1.0)
    await asyncio.sleep(6.0)
    system.mailbox.heal()
    since = monotonic()
    recovered = await hold(system, story, healed=since)
    await ops_let_messages_go_again(system)
    await hold(system, story)
    record_property("slowest recovery s", recovered)
    await check_stage(system, story, STAGES[stage, answer])


@pytest.mark.whole
async def test_the_server_says_nothing_after_the_dot(
    system: System, chance: random.Random, record_property: Record
) -> None:
    """It took the message and never says so; then the connection goes."""
    system.mailbox.answers["."] = HANG
    story = Story(chance, clients=6, reminders_after=(2.0, 4.0))
    await story.tell(system.nats.jetstream(), 1.0)
    await asyncio.sleep(HUNG_SECONDS)
    system.mailbox.heal()
    since = monotonic()
    record_property("slowest recovery s", await hold(system, story, healed=since))
    await check_stage(system, story, RESENT)


@pytest.mark.whole
async def test_a_service_is_killed_while_the_server_says_nothing(
    system: System, chance: random.Random, record_property: Record
) -> None:
    system.forgive()
    system.mailbox.answers["."] = HANG
    story = Story(chance, clients=6, reminders_after=(2.0, 4.0))
    await story.tell(system.nats.jetstream(), 1.0)
    await asyncio.sleep(3.0)
    system.kill("reminders-0")
    system.mailbox.heal()
    since = monotonic()
    record_property("slowest recovery s", await hold(system, story, healed=since))
    await check_stage(system, story, RESENT)


async def ops_let_messages_go_again(system: System) -> None:
    """Refusals in a row that speak against the firm's own sending hold everything until then."""
    answer = await system.firm.services.ask("reminders", {"ask": "outbound", "do": "release"})
    assert not answer["held"]


async def nothing_is_left_to_retry(system: System) -> None:
    """Every message that was to be tried again has been."""

    async def none() -> bool:
        contacts = system.database("reminders").collection("contacts")
        return bool(await contacts.count_documents({"d.state": "retry"}) == 0)

    await until_seconds(none, "every retry", RETRIED_SECONDS)


async def check_stage(system: System, story: Story, expected: str) -> None:
    """What became of the messages of this story."""
    seen = await look(system)
    states = Counter(
        contact["d"]["state"] for contact in seen.contacts if story.run in contact["d"]["client_id"]
    )
    unknown = sum(e.type == "contact-unknown" and story.run in e.key for e in seen.stream)
    if expected == REFUSED:
        assert states["refused"], states
        assert not unknown
    elif expected == RESENT:
        assert unknown, states
    else:
        assert not unknown, "the dot was never reached, so nothing may be unknown"
        assert states["refused"] == 0, states
