"""Is every client told once, whatever the provider of text messages does, and in whichever order?

The provider is a real HTTP server, the firm's door takes what it reports; in between the process
that hands over is killed, and the provider is away, silent, repeats itself, or reports before it
has answered.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from services.reminders.domain.contact import Contact, State
from services.reminders.gateways.text_provider import HttpTexts, Provider
from services.reminders.ports import CONTACTS
from services.reminders.workflow.hand_over_outcomes import (
    cause_of,
    needs_of_recording,
    record_outcome,
)
from shared.channels import Outcome, Result
from shared.contracts.mail import ContactBounced, ContactDelivered
from shared.contracts.reminders import ContactSent
from tests.reminders.imap_server import free_port
from tests.reminders.over_memory import SENT
from tests.reminders.provider_server import HANGS_UP, SILENT, ProviderServer, provider_server
from tests.reminders.test_mail_format import message
from tests.reminders.test_text_answers import REPORTS, RULE, Door
from tests.reminders.texting import NUMBER, texting, with_appointment

IN_HAND = "1:first"  # the process that hands it over
KNOWN = {  # what a provider says of a message in the end, as often as it likes
    "delivered": ("queued", "sent", "delivered", "delivered", "read"),
    "undelivered": ("sent", "undelivered", "failed", "undelivered"),
}

EVENTS = {"delivered": ContactDelivered.TYPE, "undelivered": ContactBounced.TYPE}


class Hurt:
    """Reminders over memory that hands a text message to a real provider, and hears of it."""

    def __init__(self, provider: ProviderServer) -> None:
        self.provider, self.reminders, self.number = provider, texting(), 0
        self.reminders.outcome = lambda each: SENT if each.channel != "sms" else IN_HAND
        with_appointment(self.reminders)
        self.door = Door(self.reminders)

    @property
    def contact(self) -> Contact:
        """The message of the scenario."""
        return self.reminders.contact(RULE)

    async def hand_over(self, **changes: Any) -> Outcome:
        """What the provider answers to the process that has it in hand."""
        assert self.contact.state is State.HANDING_OVER
        values = {
            "url": self.provider.url, "user": "AC1", "password": "x", "sender": "+15005550006",
            "answer_seconds": 0.3, **changes,
        }  # fmt: skip
        way = HttpTexts(Provider(**values), REPORTS)
        contact, self.number = self.contact, self.contact.resends
        text = replace(
            message(), contact_id=contact.contact_id, number=contact.resends, address=NUMBER,
            text=contact.text or "",
        )  # fmt: skip
        try:
            return await way.hand_over(text)
        finally:
            await way.close()

    def ends(self, outcome: Outcome) -> None:
        """The process keeps what it was answered."""
        before, config = self.contact, self.reminders.config

        def step(unit: Any) -> None:
            kept = unit.get(CONTACTS, before.contact_id)
            record_outcome(config, kept, outcome, unit)

        cause = cause_of(before, "reminders", self.reminders.now)
        self.reminders.act(step, lambda unit: needs_of_recording(config, before, unit), cause)

    async def reports(self, chance: random.Random, end: str) -> None:
        """The provider reports, each as often as it likes, in any order."""
        said = [each for each in KNOWN[end] for _ in range(chance.randint(1, 3))]
        chance.shuffle(said)
        number = self.number
        for each in said:
            heard = self.said
            assert (await self.door.report(each, number)).status_code == 204
            for event in self.said[len(heard) :]:
                self.reminders.tell(event)  # as the stream brings it

    @property
    def said(self) -> list[ContactBounced | ContactDelivered]:
        """What was announced of it."""
        announced = (each.data for each in self.reminders.announced)
        return [each for each in announced if isinstance(each, ContactBounced | ContactDelivered)]

    async def is_told(self, chance: random.Random, end: str) -> None:
        """The client was told once: by the text, or by e-mail where that did not arrive."""
        self.reminders.after(minutes=10)
        while self.contact.state is State.HANDING_OVER:  # sent again, as its rule says
            self.ends(await self.hand_over())
            await self.reports(chance, end)
            self.reminders.after(minutes=10)
        told = [each.channel for each in self.reminders.announced_of(ContactSent)]
        assert told.count("email") == (0 if end == "delivered" else 1)
        assert set(Counter((each.TYPE, each.number) for each in self.said).values()) == {1}
        assert {each.TYPE for each in self.said} == {EVENTS[end]}
        assert self.contact.state is State.HANDED_OVER
        assert not [each for each in self.reminders.tasks() if each.state == "open"]


@pytest.fixture
def hurt() -> Iterator[Hurt]:
    """A provider of this scenario's own."""
    with provider_server() as provider:
        yield Hurt(provider)


ENDS = ["delivered", pytest.param("undelivered", marks=pytest.mark.whole)]


@pytest.mark.parametrize("end", ENDS)
async def test_a_report_before_its_answer_counts_and_what_is_repeated_is_said_once(
    hurt: Hurt, chance: random.Random, end: str
) -> None:
    answer = await hurt.hand_over()
    await hurt.reports(chance, end)
    if hurt.contact.channel == "sms":
        hurt.ends(answer)
    await hurt.is_told(chance, end)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("answer", [HANGS_UP, pytest.param(SILENT, marks=pytest.mark.whole)])
async def test_where_the_provider_answers_nothing_its_report_settles_it(
    hurt: Hurt, chance: random.Random, answer: str, end: str
) -> None:
    hurt.provider.answers = [answer]
    outcome = await hurt.hand_over()
    assert outcome.result is Result.UNKNOWN
    hurt.ends(outcome)
    await hurt.reports(chance, end)
    if end == "delivered":
        assert hurt.contact.state is State.HANDED_OVER  # and it does not go once more
    await hurt.is_told(chance, end)


@pytest.mark.parametrize("end", ENDS)
async def test_killed_before_the_answer_is_kept_its_report_settles_it(
    hurt: Hurt, chance: random.Random, end: str
) -> None:
    await hurt.hand_over()  # and whoever was answered is gone
    await hurt.reports(chance, end)
    hurt.reminders.after(hours=1)
    await hurt.is_told(chance, end)


@pytest.mark.parametrize("end", ENDS)
async def test_while_the_provider_is_away_it_waits_and_goes_once_it_is_back(
    hurt: Hurt, chance: random.Random, end: str
) -> None:
    for _ in range(2):
        away = await hurt.hand_over(url=f"http://127.0.0.1:{free_port()}/Messages.json")
        assert away.result is Result.RETRY
        hurt.ends(away)
        hurt.reminders.after(minutes=10)
    hurt.ends(await hurt.hand_over())
    await hurt.reports(chance, end)
    assert len(hurt.provider.forms) == 1
    await hurt.is_told(chance, end)


async def test_what_somebody_else_reports_is_never_believed(
    hurt: Hurt, chance: random.Random
) -> None:
    hurt.ends(await hurt.hand_over())
    place = REPORTS.address(hurt.contact.contact_id, 0).removeprefix(REPORTS.base)
    for secret in ("", "guessed", f"{chance.random()}"):
        forged = await hurt.door.post(place, {"MessageStatus": "failed"}, secret)
        assert forged.status_code == 403
    assert hurt.reminders.announced_of(ContactBounced) == []
    await hurt.reports(chance, "delivered")
    await hurt.is_told(chance, "delivered")
