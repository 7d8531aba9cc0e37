"""Does every channel keep what the port promises, and does a new one need no more than one file?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from services.reminders.domain.card import Card
from services.reminders.domain.contact import State
from services.reminders.domain.wording import Occasion
from services.reminders.gateways.client_messages import ClientMessages
from services.reminders.gateways.email import EmailChannel
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import CONTACTS, Draft, MessageChannel
from services.reminders.workflow.messages_due import MessageSteps
from shared.channels import Outcome, Result, Unknown
from shared.contracts.envelope import Cause
from shared.contracts.intake import ConflictCleared
from shared.contracts.reminders import ContactSent, ContactSuppressed
from shared.engine.due_work import Due
from shared.engine.hand_over import HandOver
from tests.reminders.over_memory import OPENED, Reminders, client, new_config
from tests.reminders.sending import FakeMailer, MemoryRuntime
from tests.reminders.short_texts import ShortTexts
from tests.reminders.test_mail_format import message

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
CHANNELS = [EmailChannel(FakeMailer()), ShortTexts()]
EVERY = pytest.mark.parametrize("channel", CHANNELS, ids=lambda each: each.name)
REACHABLE = Card(client_id="c-1", name="Ada", email="ada@muster.example", phone="+49 30 1234")


@EVERY
def test_it_has_a_name_that_events_can_carry(channel: MessageChannel) -> None:
    assert channel.name.isascii()
    assert channel.name == channel.name.lower().strip()


@EVERY
def test_it_reaches_whoever_has_an_address_and_nobody_else(channel: MessageChannel) -> None:
    assert channel.can_reach(REACHABLE)
    assert channel.can_reach(Card(client_id="c-1", name="Ada")) is None


@EVERY
def test_it_words_a_message_the_same_way_each_time(channel: MessageChannel) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    occasion = Occasion(locale="en", zone=ZoneInfo("Europe/London"), now=now)
    words = {"name": "Ada", "firm": "Firm", "preferences": ""}
    draft = Draft(wording=new_config().wording, template="welcome", words=words, occasion=occasion)
    assert channel.word(draft) == channel.word(draft)
    assert channel.word(draft).text


@EVERY
async def test_it_says_what_became_of_a_hand_over(channel: MessageChannel) -> None:
    assert (await channel.hand_over(message(), float("inf"))).result is Result.HANDED_OVER


@given(channel=st.sampled_from(CHANNELS), may_repeat=st.booleans())
def test_a_message_of_unknown_fate_ends_with_a_person(
    channel: MessageChannel, may_repeat: bool
) -> None:
    last = channel.settle_unknown(100, may_repeat=may_repeat)
    assert last is Unknown.PERSON


class Texting:
    """A firm that writes to its clients by an invented channel."""

    def __init__(self, *events: Any) -> None:
        self.channel = ShortTexts()
        config = replace(new_config(), channels={"sms": self.channel}, sender="0:first")
        self.reminders = Reminders(config)
        steps = MessageSteps(config)
        self.reminders.due = [self.reminders.due[0], Due(CONTACTS, steps.step, steps.needs)]
        runtime: Any = MemoryRuntime(self.reminders)
        work = ClientMessages(config, NoLinks(), SendMetrics(CollectorRegistry()))
        self.runtime, self.hand_over = runtime, HandOver(work)
        self.reminders.tell(*events)
        self._look_once(steps)

    async def run(self) -> Sequence[Any]:
        """Hand over; the messages as they are then."""
        await self.hand_over(self.runtime, list(self.reminders.all(CONTACTS)))
        return self.reminders.all(CONTACTS)

    def _look_once(self, steps: MessageSteps) -> None:
        timers, messages = self.reminders.due
        self.reminders.due = [timers]
        self.reminders.work_due()
        for contact in self.reminders.all(CONTACTS):
            cause = Cause("urn:test", contact.contact_id, "due", "x", None, self.reminders.now)
            self.reminders.act(
                lambda unit, c=contact: steps.step(c, unit),  # type: ignore[misc]
                lambda unit, c=contact: [  # type: ignore[misc]
                    CONTACTS.one(c.contact_id), *steps.needs(c, unit),
                ],
                cause,
            )  # fmt: skip
        self.reminders.due = [timers, messages]


class NoLinks:
    """Every page is there."""

    async def link(self, name: str, link_id: str) -> str:
        return f"https://{name}.example/{link_id}"


async def test_a_message_goes_by_the_invented_channel_from_its_rule_to_its_event() -> None:
    texting = Texting(client(email=None), OPENED, CLEARED)
    (contact,) = await texting.run()
    (text,) = texting.channel.sent
    assert (text.address, contact.state) == ("+49 30 1234", State.HANDED_OVER)
    (sent,) = texting.reminders.announced_of(ContactSent)
    assert sent.channel == "sms"


async def test_the_invented_channel_settles_what_became_unknown_its_own_way() -> None:
    texting = Texting(client(), OPENED, CLEARED)
    texting.channel.outcome = Outcome(Result.UNKNOWN, "no-answer")
    (contact,) = await texting.run()
    assert contact.state is State.UNKNOWN
    assert len(texting.reminders.tasks("unknown-message")) == 1


async def test_whom_the_invented_channel_cannot_reach_is_not_written_to() -> None:
    texting = Texting(client(phone=None), OPENED, CLEARED)
    assert [each.reason for each in texting.reminders.announced_of(ContactSuppressed)] == [
        "no-channel"
    ]
    assert texting.channel.sent == []
