"""Does a letter to somebody who asked for help go once, with its link, and is then forgotten?"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from services.reminders.domain.inquirer_letter import InquirerLetter, State
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.outbound import SWITCH, Outbound
from services.reminders.gateways.inquirer_letters import LetterMessages
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import INQUIRER_LETTERS, OUTBOUND, SUPPRESSIONS, OutgoingMessage
from services.reminders.storage import MAPPINGS
from services.reminders.workflow.inquirer_letters import LetterSteps
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause
from shared.contracts.intake import InquirerLetterDue
from shared.contracts.mail import ContactBounced
from shared.contracts.reminders import (
    InquirerLetterFailed,
    InquirerLetterSent,
    InquirerLetterUnknown,
)
from shared.engine.hand_over import HandOver
from shared.errors import RuleError, TemporaryError
from tests.reminders.over_memory import Reminders, new_config
from tests.reminders.sending import FakeMailer, MemoryRuntime

URL = "https://pages.example/f/contact/confirm/abc"
WANTED = InquirerLetterDue(
    letter_id="il-1", inquiry_id="i-1", letter="confirmation", address="zoe@example.com",
    subject="Is this your address?", body="Hello,\n\nplease confirm:\n\n{link}\n\nThe firm",
    link="intake/inquiry-confirmation", link_id="contact~i-1~9f", locale="en",
)  # fmt: skip


class FakeLinks:
    """Intake, asked for the link."""

    def __init__(self) -> None:
        self.says: str | Exception = URL

    async def link(self, name: str, link_id: str) -> str:
        """The link, or that there is none now."""
        await asyncio.sleep(0)
        assert (name, link_id) == (WANTED.link, WANTED.link_id)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


class Post:
    """One letter and the process that hands it over."""

    def __init__(self, **settings: Any) -> None:
        self.config = new_config(**settings)
        self.reminders = Reminders(self.config)
        self.mailer = FakeMailer()
        self.links = FakeLinks()
        metrics = SendMetrics(CollectorRegistry())
        messages = LetterMessages(self.config, self.mailer, self.links, metrics)
        self.hand_over = HandOver(messages)
        self.runtime: Any = MemoryRuntime(self.reminders)

    @property
    def letter(self) -> InquirerLetter:
        return self.kept("il-1")

    def kept(self, letter_id: str) -> InquirerLetter:
        """A letter as it is now."""
        found = self.reminders.get(INQUIRER_LETTERS, letter_id)
        assert found is not None
        return found

    async def look(self, letter_id: str = "il-1") -> None:
        """Do what is due now."""
        now, letter = self.reminders.now, self.kept(letter_id)
        if letter.due_at is None or letter.due_at > now:
            return
        steps = LetterSteps(self.config)
        cause = Cause("urn:test", f"{letter_id}-{now.isoformat()}", "due", "x", None, now)
        self.reminders.act(
            lambda unit: steps.step(letter, unit),
            lambda unit: [INQUIRER_LETTERS.one(letter_id), *steps.needs(letter, unit)],
            cause,
        )
        await self.hand_over(self.runtime, [self.kept(letter_id)])


@pytest.fixture
def post() -> Post:
    """The letter is wanted."""
    made = Post()
    made.reminders.hear(WANTED)
    return made


async def test_it_goes_once_with_its_link_in_both_forms(post: Post) -> None:
    await post.look()
    await post.look()
    (message,) = post.mailer.messages
    assert (message.address, message.subject_line) == ("zoe@example.com", WANTED.subject)
    assert URL in message.text
    assert URL in message.html
    assert "{link}" not in message.text + message.html
    assert message.unsubscribe is None


async def test_nothing_private_is_kept_once_it_went(post: Post) -> None:
    await post.look()
    assert (post.letter.state, post.letter.outcome) == (State.DONE, "sent")
    assert (post.letter.address, post.letter.subject, post.letter.body) == ("", "", "")


def test_until_then_it_is_sealed_under_the_inquirers_key(post: Post) -> None:
    (mapping,) = [each for each in MAPPINGS if each.kind is INQUIRER_LETTERS]
    assert mapping.sealed == {"address", "subject", "body"}
    assert mapping.person is not None
    assert mapping.person(post.letter) == "inquiry:i-1"


async def test_the_same_event_heard_again_sends_nothing(post: Post) -> None:
    await post.look()
    post.reminders.hear(WANTED)
    await post.look()
    assert len(post.mailer.messages) == 1


async def test_while_everything_is_held_it_waits_and_goes_later(post: Post) -> None:
    held = Outbound(held=True)
    cause = Cause("urn:test", "hold", "hold", "hold", None, post.reminders.now)
    post.reminders.act(lambda u: u.put(OUTBOUND, held), lambda _: [OUTBOUND.one(SWITCH)], cause)
    await post.look()
    assert post.mailer.messages == []
    assert post.letter.state is State.WAITING


async def test_while_the_owner_of_the_link_is_away_it_is_tried_later(post: Post) -> None:
    post.links.says = TemporaryError("away")
    await post.look()
    assert (post.letter.state, post.letter.retries) == (State.WAITING, 1)
    post.links.says = URL
    post.reminders.now += timedelta(minutes=5)
    await post.look()
    assert len(post.mailer.messages) == 1


async def test_without_a_link_there_is_no_letter(post: Post) -> None:
    post.links.says = RuleError("none", code="no-link")
    await post.look()
    assert (post.letter.state, post.letter.outcome) == (State.DONE, "no-link")


async def test_after_three_days_it_helps_nobody(post: Post) -> None:
    post.reminders.now += timedelta(days=3)
    await post.look()
    assert (post.mailer.messages, post.letter.outcome) == ([], "too-late")


async def test_an_address_that_refused_it_is_not_tried_again(post: Post) -> None:
    post.mailer.outcome = Outcome(Result.REFUSED, "5.1.1")
    await post.look()
    assert post.letter.outcome == "5.1.1"
    (kept,) = post.reminders.all(SUPPRESSIONS)
    assert kept.address == normal_address("zoe@example.com")


async def test_that_it_went_is_announced_once(post: Post) -> None:
    await post.look()
    await post.look()
    (said,) = post.reminders.announced_of(InquirerLetterSent)
    assert (said.letter_id, said.inquiry_id, said.letter) == ("il-1", "i-1", "confirmation")
    assert said.text_hash is None


async def test_one_that_a_person_approved_is_said_with_the_hash_of_its_text(post: Post) -> None:
    approved = replace(post.letter, text_hash="0" * 64)
    cause = Cause("urn:test", "approved", "approved", "x", None, post.reminders.now)
    post.reminders.act(
        lambda unit: unit.put(INQUIRER_LETTERS, approved),
        lambda _: [INQUIRER_LETTERS.one("il-1")],
        cause,
    )
    await post.look()
    (said,) = post.reminders.announced_of(InquirerLetterSent)
    assert said.text_hash == "0" * 64


@pytest.mark.parametrize(
    ("outcome", "says", "unusable"),
    [
        (Outcome(Result.REFUSED, "recipient-5.1.1"), "does not exist or is closed", True),
        (Outcome(Result.REFUSED_HERE, "address-unusable"), "none that mail can be sent to", True),
        (Outcome(Result.REFUSED_MESSAGE, "message-554"), "The mail server refused it.", None),
    ],
)
async def test_that_it_was_refused_is_announced_with_its_reason(
    post: Post, outcome: Outcome, says: str, unusable: bool | None
) -> None:
    post.mailer.outcome = outcome
    await post.look()
    (said,) = post.reminders.announced_of(InquirerLetterFailed)
    assert says in said.text
    assert (said.reason, said.address_unusable) == (outcome.reason, unusable)


async def test_that_it_came_too_late_is_announced(post: Post) -> None:
    post.reminders.now += timedelta(days=3)
    await post.look()
    (said,) = post.reminders.announced_of(InquirerLetterFailed)
    assert (said.reason, said.text) == ("too-late", "It could not go within three days.")


async def test_that_an_address_refused_before_is_announced_as_such(post: Post) -> None:
    post.mailer.outcome = Outcome(Result.REFUSED, "recipient-5.1.1")
    await post.look()
    post.reminders.hear(WANTED.model_copy(update={"letter_id": "il-2"}))
    await post.look("il-2")
    assert post.reminders.announced_of(InquirerLetterFailed)[-1].reason == "address-refused"


async def test_that_nobody_knows_whether_it_arrived_is_announced_as_that(post: Post) -> None:
    post.mailer.outcome = Outcome(Result.UNKNOWN, "no-answer")
    await post.look()
    (said,) = post.reminders.announced_of(InquirerLetterUnknown)
    assert said.reason == "no-answer"
    assert post.reminders.announced_of(InquirerLetterFailed) == []


async def test_a_letter_that_came_back_did_not_arrive_and_that_is_said_once(post: Post) -> None:
    await post.look()
    for number in (1, 2):
        came_back = ContactBounced(
            contact_id="il-1", kind="hard", status="5.1.1", at=post.reminders.now
        )
        post.reminders.hear(came_back, id=f"b-{number}")
    (said,) = post.reminders.announced_of(InquirerLetterFailed)
    assert (said.reason, said.address_unusable) == ("bounced-5.1.1", True)


async def test_a_letter_that_came_back_without_a_reason_says_that_it_did(post: Post) -> None:
    await post.look()
    post.reminders.hear(ContactBounced(contact_id="il-1", kind="soft", at=post.reminders.now))
    (said,) = post.reminders.announced_of(InquirerLetterFailed)
    assert said.text == "It came back."


async def test_what_was_never_handed_over_cannot_come_back(post: Post) -> None:
    post.reminders.hear(ContactBounced(contact_id="il-1", kind="hard", at=post.reminders.now))
    assert not post.reminders.announced_of(InquirerLetterFailed)


async def test_its_return_path_names_the_letter(post: Post) -> None:
    paths = ReturnPaths("bounces.firm.example", b"k" * 32)
    messages = LetterMessages(
        post.config, post.mailer, post.links, SendMetrics(CollectorRegistry()), paths
    )
    message = await messages.message(post.runtime, post.letter)
    assert isinstance(message, OutgoingMessage)
    assert message.return_path is not None
    assert paths.contact_of(message.return_path) == "il-1"
