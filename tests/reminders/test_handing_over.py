"""Is every message that was to be handed over, handed over once, and its outcome kept?"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from services.reminders.domain.contact import Contact, State
from services.reminders.gateways.client_messages import ClientMessages
from services.reminders.gateways.email import EmailChannel
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import CONTACTS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.messages_due import MessageSteps
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import AppointmentScheduled
from shared.contracts.reminders import ContactSent
from shared.contracts.reputation import ReviewRequested
from shared.engine.due_work import Due
from shared.engine.hand_over import HandOver
from shared.errors import RuleError, TemporaryError
from tests.reminders.over_memory import MONDAY, Reminders, client
from tests.reminders.sending import FakeMailer, MemoryRuntime

SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")


class FakeLinks:
    """Makes a link, or fails."""

    def __init__(self) -> None:
        self.failure: Exception | None = None

    async def link(self, name: str, link_id: str) -> str:
        await asyncio.sleep(0)
        if self.failure is not None:
            raise self.failure
        return f"https://{name}.example/{link_id}?a=1&b=2"


class Sending:
    """Some messages in this process's hands, and everything around them."""

    def __init__(self, *events: Any, **more: Any) -> None:
        self.reminders = Reminders()
        message_steps = MessageSteps(self.reminders.config)
        self.reminders.due = [
            self.reminders.due[0],
            Due(CONTACTS, message_steps.step, message_steps.needs),
        ]
        self.reminders.tell(client(), *events)
        self._work_once()
        self.runtime: Any = MemoryRuntime(self.reminders)
        self.mailer, self.links = FakeMailer(), FakeLinks()
        self.registry = CollectorRegistry()
        self.metrics, self.more = SendMetrics(self.registry), more
        self.use(self.reminders.config)

    def use(self, config: FirmConfig) -> None:
        """Hand over as this firm does."""
        config = replace(config, channels={"email": EmailChannel(self.mailer)})
        self.hand_over = HandOver(ClientMessages(config, self.links, self.metrics), **self.more)

    @property
    def contacts(self) -> Sequence[Contact]:
        return self.reminders.all(CONTACTS)

    async def run(self) -> None:
        await self.hand_over(self.runtime, list(self.contacts))

    def states(self) -> set[State]:
        return {contact.state for contact in self.contacts}

    def _work_once(self) -> None:
        """Fire what is due and let each message be tried once."""
        timer_steps, message_steps = self.reminders.due
        self.reminders.due = [timer_steps]
        self.reminders.work_due()
        for contact in self.reminders.all(CONTACTS):
            cause = Cause("urn:test", contact.contact_id, "due", "x", None, self.reminders.now)
            self.reminders.act(
                lambda unit, c=contact: message_steps.step(c, unit),  # type: ignore[misc]
                lambda unit, c=contact: [  # type: ignore[misc]
                    CONTACTS.one(c.contact_id),
                    *message_steps.needs(c, unit),
                ],
                cause,
            )
        self.reminders.due = [timer_steps, message_steps]


def appointments(count: int, now: datetime) -> list[AppointmentScheduled]:
    return [
        AppointmentScheduled(
            appointment_id=f"a-{n}", client_id="c-1", starts_at=now + timedelta(days=20),
            timezone="Europe/Berlin", kind="consultation",
        )
        for n in range(count)
    ]  # fmt: skip


async def test_the_letter_carries_the_link_and_what_is_kept_does_not() -> None:
    sending = Sending(SURVEY)
    await sending.run()
    (message,) = sending.mailer.messages
    assert "https://feedback/survey.example/y-1?a=1&b=2" in message.text
    assert "?a=1&amp;b=2" in message.html
    assert "https" not in (sending.contacts[0].text or "")


async def test_an_outcome_is_kept_and_said_with_its_own_correlation() -> None:
    sending = Sending(SURVEY)
    await sending.run()
    assert sending.states() == {State.HANDED_OVER}
    event = next(e for e in sending.reminders.announced if isinstance(e.data, ContactSent))
    assert event.correlation_id == sending.contacts[0].correlation_id


async def test_many_messages_are_each_handed_over_once() -> None:
    sending = Sending(*appointments(150, MONDAY))
    await sending.run()
    assert len(sending.mailer.messages) == 150
    assert len({message.contact_id for message in sending.mailer.messages}) == 150
    assert sending.states() == {State.HANDED_OVER}


async def test_the_owner_of_the_link_away_the_message_waits() -> None:
    sending = Sending(SURVEY)
    sending.links.failure = TemporaryError("away")
    await sending.run()
    assert sending.states() == {State.RETRY}
    assert sending.mailer.messages == []


async def test_a_link_that_cannot_be_made_refuses_the_message() -> None:
    sending = Sending(SURVEY)
    sending.links.failure = RuleError("none", code="no-link")
    await sending.run()
    assert sending.contacts[0].reason == "no-link"


REVIEW = ReviewRequested(request_id="r-1", client_id="c-1", matter_id="m-1", site="google")


@pytest.mark.parametrize("ask", [SURVEY, REVIEW])
async def test_an_ask_can_be_turned_off_by_one_click_and_at_its_foot(ask: Any) -> None:
    sending = Sending(ask)
    await sending.run()
    (message,) = sending.mailer.messages
    assert message.unsubscribe == "https://intake/unsubscribe.example/feedback.c-1?a=1&b=2"
    assert message.unsubscribe in message.text
    assert "https://intake/preferences.example/c-1" in message.text
    assert 'href="https://intake/preferences.example/c-1' in message.html


async def test_under_the_german_profile_a_review_ask_turns_marketing_off() -> None:
    sending = Sending(REVIEW)
    config = sending.reminders.config
    config = replace(config, policy=replace(config.policy, review_ask_purpose="marketing"))
    sending.use(config)
    await sending.run()
    (message,) = sending.mailer.messages
    assert "/marketing.c-1" in (message.unsubscribe or "")


async def test_news_about_a_matter_offers_preferences_and_no_unsubscribing() -> None:
    sending = Sending(*appointments(1, MONDAY))
    await sending.run()
    (message,) = sending.mailer.messages
    assert message.unsubscribe is None
    assert "https://intake/preferences.example/c-1" in message.text


@pytest.mark.parametrize("failure", [TemporaryError("away"), RuleError("none", code="no-link")])
async def test_news_about_a_matter_never_waits_for_the_links_at_its_foot(
    failure: Exception,
) -> None:
    sending = Sending(*appointments(1, MONDAY))
    sending.links.failure = failure
    await sending.run()
    (message,) = sending.mailer.messages
    assert sending.states() == {State.HANDED_OVER}
    assert not any(mark in message.text + message.html for mark in "\ue000\ue003")
    assert "kontaktieren" not in message.text + message.html


async def test_a_sender_that_slept_hands_nothing_over() -> None:
    sending = Sending(SURVEY, start_seconds=0.0)
    await sending.run()
    assert sending.mailer.messages == []
    assert sending.states() == {State.DUE}


async def test_a_sender_that_slept_between_its_look_and_the_hand_over_hands_nothing_over() -> None:
    sending = Sending(SURVEY)
    sending.reminders.now += timedelta(minutes=2)
    await sending.run()
    assert sending.mailer.messages == []
    assert sending.states() == {State.DUE}


async def test_nothing_is_handed_over_while_nobody_can_tell_the_time() -> None:
    sending = Sending(SURVEY)
    sending.runtime.away = 1
    await sending.run()
    assert sending.mailer.messages == []
    assert sending.states() == {State.DUE}


async def test_once_an_address_is_refused_nothing_more_is_given_to_it() -> None:
    sending = Sending(*appointments(2, MONDAY))
    assert len(sending.contacts) == 2
    sending.mailer.outcome = Outcome(Result.REFUSED, "550")
    await sending.run()
    assert len(sending.mailer.messages) == 1
    assert sending.states() == {State.REFUSED, State.DUE}


async def test_a_process_that_is_leaving_begins_no_more_hand_overs() -> None:
    sending = Sending(SURVEY)
    sending.runtime.leaving = True
    await sending.run()
    assert sending.mailer.messages == []
    assert sending.states() == {State.DUE}


async def test_outcomes_outlive_a_database_that_is_away() -> None:
    sending = Sending(SURVEY)
    sending.mailer.may_answer.clear()
    work = asyncio.ensure_future(sending.run())
    await sending.mailer.took_one.wait()
    sending.runtime.away = 1
    sending.mailer.may_answer.set()
    await work
    assert sending.states() == {State.HANDED_OVER}
    assert len(sending.mailer.messages) == 1


async def test_what_is_in_other_hands_is_left_alone() -> None:
    sending = Sending(SURVEY)
    others = [replace(each, handed_by="0:another") for each in sending.contacts]
    await sending.hand_over(sending.runtime, others)
    assert sending.mailer.messages == []


async def test_a_process_told_to_stop_first_records_what_it_has_begun() -> None:
    sending = Sending(SURVEY)
    sending.mailer.may_answer.clear()
    work = asyncio.ensure_future(sending.run())
    await sending.mailer.took_one.wait()
    work.cancel()
    await asyncio.sleep(0)
    sending.mailer.may_answer.set()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert sending.states() == {State.HANDED_OVER}


@pytest.mark.parametrize(
    "result", [Result.HANDED_OVER, Result.RETRY, Result.UNKNOWN, Result.REFUSED]
)
async def test_every_outcome_is_counted(result: Result) -> None:
    sending = Sending(SURVEY)
    sending.mailer.outcome = Outcome(result, "reason")
    await sending.run()
    labels = {"channel": "email", "purpose": "surveys", "outcome": result.value}
    assert sending.registry.get_sample_value("sends_total", labels) == 1
