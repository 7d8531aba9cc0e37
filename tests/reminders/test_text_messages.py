"""Do text messages go to whom the law and the client let them, once, in words that tell no more?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.reminders.domain.contact import State
from services.reminders.domain.playbook import MessageClass
from services.reminders.domain.segments import segments
from services.reminders.ports import CONTACTS, SUPPRESSIONS
from shared.channels import Outcome, Result
from shared.contracts.firm import ClientUpdated
from shared.contracts.intake import (
    ClientPreferencesUpdated,
    ConflictCleared,
    ConsentGranted,
    ConsentWithdrawn,
)
from shared.contracts.reminders import ContactDeferred, ContactFailed, ContactSent
from tests.reminders.over_memory import MONDAY, OPENED, SENT, Reminders, client, scheduled
from tests.reminders.texting import (
    BY_NUMBER,
    BY_WISH,
    LATE_LAW,
    NUMBER,
    texted,
    texting,
    with_appointment,
)

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")


def by(reminders: Reminders) -> list[tuple[str | None, str]]:
    """By which channel each message went, and what it was."""
    return [(each.channel, each.template or "") for each in reminders.announced_of(ContactSent)]


def test_who_wishes_for_texts_is_texted() -> None:
    reminders = with_appointment(texting())
    assert by(reminders) == [("sms", "appointment-confirmation")]
    (message,) = reminders.messages
    assert message.address == NUMBER
    assert (message.subject_line, message.html) == ("", "")
    assert "Wednesday" in (message.text or "")
    assert (message.text or "").endswith("Reply STOP to end texts.")


def test_the_sent_line_names_the_channel_and_no_wish_is_called_unmet() -> None:
    (sent,) = with_appointment(texting()).announced_of(ContactSent)
    assert sent.channel == "sms"
    assert not any(gate.gate.startswith("wished") for gate in sent.gates)
    assert with_appointment(texting()).tasks("unmet-wish") == []


def test_who_says_nothing_is_written_to_by_e_mail() -> None:
    assert by(with_appointment(texting(), preferred_channel=None)) == [
        ("email", "appointment-confirmation")
    ]


def test_a_message_that_has_no_text_goes_by_e_mail_and_says_so() -> None:
    reminders = texting()
    reminders.tell(texted(), OPENED, CLEARED)
    reminders.after(minutes=1)
    (sent,) = reminders.announced_of(ContactSent)
    assert (sent.channel, sent.template) == ("email", "welcome")
    assert "wish for text message could not be met" in sent.why.text


def test_a_number_in_no_international_form_is_a_wish_that_cannot_be_met() -> None:
    reminders = with_appointment(texting(), phone="030 1234567")
    assert by(reminders)[0][0] == "email"
    (task,) = reminders.tasks("unmet-wish")
    assert "by text message" in task.why["text"]


@pytest.mark.parametrize(
    ("law", "changes", "way"),
    [
        (BY_WISH, {"preferred_channel": None, "email": None}, None),
        (BY_NUMBER, {"preferred_channel": None, "email": None}, "sms"),
        (BY_NUMBER, {"preferred_channel": None}, "email"),
        (BY_WISH, {"preferred_channel": "email", "email": None}, None),
    ],
)
def test_without_a_wish_only_a_law_that_allows_it_lets_a_text_go(
    law: Any, changes: dict[str, Any], way: str | None
) -> None:
    reminders = with_appointment(texting(law), **changes)
    assert [channel for channel, _ in by(reminders)] == ([way] if way else [])
    assert len(reminders.tasks("call-client")) == (0 if way else 1)


def test_a_consent_to_texts_is_as_good_as_a_wish() -> None:
    reminders = texting()
    agreed = ConsentGranted(client_id="c-1", purpose="service", channel="sms", at=MONDAY)
    reminders.tell(texted(preferred_channel=None, email=None), agreed)
    reminders.tell(scheduled(MONDAY + timedelta(days=9)))
    reminders.after(minutes=1)
    assert by(reminders) == [("sms", "appointment-confirmation")]


def test_who_chose_texts_on_their_page_is_texted_from_then_on() -> None:
    reminders = texting()
    reminders.tell(texted(preferred_channel=None))
    reminders.tell(ClientPreferencesUpdated(client_id="c-1", preferred_channel="sms", at=MONDAY))
    reminders.tell(scheduled(MONDAY + timedelta(days=9)))
    reminders.after(minutes=1)
    assert by(reminders) == [("sms", "appointment-confirmation")]


def test_who_ended_texts_gets_none_and_hears_by_e_mail() -> None:
    reminders = texting()
    ended = ConsentWithdrawn(client_id="c-1", purpose="all", channel="sms", at=MONDAY, by="client")
    reminders.tell(texted(), ended, scheduled(MONDAY + timedelta(days=9)))
    reminders.after(minutes=1)
    (sent,) = reminders.announced_of(ContactSent)
    assert sent.channel == "email"
    assert "could not be met" not in sent.why.text


def test_a_text_waits_for_the_hours_of_the_law_by_the_clients_clock() -> None:
    reminders = with_appointment(texting(LATE_LAW))
    assert reminders.messages == []
    assert [each.reason for each in reminders.announced_of(ContactDeferred)] == ["quiet-hours"]
    reminders.after(hours=1)
    assert by(reminders) == [("sms", "appointment-confirmation")]


def test_the_firms_order_decides_where_nobody_wishes_anything() -> None:
    order = {MessageClass.SERVICE: ("sms", "email")}
    reminders = with_appointment(texting(BY_NUMBER, channel_order=order), preferred_channel=None)
    assert by(reminders) == [("sms", "appointment-confirmation")]


def test_a_wish_that_changes_while_the_message_waits_changes_its_way() -> None:
    reminders = with_appointment(texting(LATE_LAW))
    reminders.tell(ClientUpdated(client_id="c-1", preferred_channel="email"))
    reminders.after(hours=1)
    assert by(reminders) == [("email", "appointment-confirmation")]


# -- a channel that fails ---------------------------------------------------------------------


def failing(
    *outcomes: Outcome, then: Outcome = SENT, law: Any = BY_WISH, **changes: Any
) -> Reminders:
    reminders = texting(law)
    said = iter(outcomes)
    reminders.outcome = lambda _: next(said, then)
    return with_appointment(reminders, **changes)


def test_a_number_that_takes_no_texts_is_given_up_and_the_message_goes_by_e_mail() -> None:
    reminders = failing(Outcome(Result.REFUSED, "sms-21614"))
    assert by(reminders) == [("email", "appointment-confirmation")]
    assert [each.address for each in reminders.all(SUPPRESSIONS)] == [NUMBER]
    (deferred,) = reminders.announced_of(ContactDeferred)
    assert (deferred.reason, deferred.channel) == ("other-channel", "email")
    assert ("channel-sms", "stop", "sms-21614") in [
        (each.gate, each.verdict, each.reason) for each in deferred.gates
    ]
    assert reminders.announced_of(ContactFailed) == []
    assert reminders.tasks("call-client") == []


def test_the_next_message_does_not_try_a_number_that_was_given_up() -> None:
    reminders = failing(Outcome(Result.REFUSED, "sms-21614"))
    reminders.after(days=8)
    assert {channel for channel, _ in by(reminders)} == {"email"}


def test_a_number_stated_anew_is_texted_again() -> None:
    reminders = failing(Outcome(Result.REFUSED, "sms-21614"))
    reminders.now += timedelta(minutes=1)
    reminders.tell(ClientUpdated(client_id="c-1", phone="+49 30 1234567"))
    assert reminders.all(SUPPRESSIONS) == []


def test_mail_that_is_refused_goes_by_text_where_the_law_allows_it() -> None:
    refused = Outcome(Result.REFUSED, "recipient-5.1.1")
    reminders = failing(refused, law=BY_NUMBER, preferred_channel=None)
    assert by(reminders) == [("sms", "appointment-confirmation")]
    assert reminders.tasks("call-client") == []


def test_when_every_way_has_failed_a_person_calls() -> None:
    refused = Outcome(Result.REFUSED_MESSAGE, "sms-30007")
    reminders = failing(refused, refused)
    (failed,) = reminders.announced_of(ContactFailed)
    assert failed.channel == "email"
    assert len(reminders.tasks("call-client")) == 1


def test_what_may_have_come_never_goes_by_another_way() -> None:
    reminders = failing(then=Outcome(Result.UNKNOWN, "no-answer"))
    assert by(reminders) == []
    (contact,) = [each for each in reminders.all(CONTACTS)]
    assert (contact.state, contact.channel) == (State.UNKNOWN, "sms")
    assert contact.given_up == ()
    assert len(reminders.tasks("unknown-message")) == 1


def test_a_provider_that_is_away_too_long_leaves_the_message_to_the_mail() -> None:
    reminders = texting()
    reminders.outcome = lambda c: (
        Outcome(Result.RETRY, "provider-away") if c.channel == "sms" else SENT
    )
    with_appointment(reminders, days=0.25)  # its confirmation is of use until then
    reminders.after(hours=6)
    assert ("email", "appointment-confirmation") in by(reminders)
    assert all(channel == "email" for channel, _ in by(reminders))


def test_it_is_one_message_whatever_the_way() -> None:
    reminders = failing(Outcome(Result.REFUSED, "sms-21614"))
    (contact,) = reminders.all(CONTACTS)
    assert (contact.channel, contact.given_up, contact.resends) == ("email", ("sms",), 1)
    assert contact.state is State.HANDED_OVER


# -- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_a_text_says_no_place_where_the_law_leaves_only_the_date(locale: str) -> None:
    law = replace(BY_WISH, facts=frozenset({"date"}))
    reminders = texting(law)
    reminders.tell(
        texted(locale=locale), scheduled(MONDAY + timedelta(days=9), location="Amtsgericht")
    )
    reminders.after(minutes=1)
    (message,) = reminders.messages
    assert message.channel == "sms"
    assert "Amtsgericht" not in (message.text or "")
    assert "Ada" not in (message.text or "")


def test_a_text_that_would_take_too_many_parts_goes_by_e_mail() -> None:
    reminders = texting()
    far = scheduled(MONDAY + timedelta(days=9), location="Žižkov " * 42)
    reminders.tell(texted(), far)
    reminders.after(minutes=1)
    assert by(reminders) == [("email", "appointment-confirmation")]


def test_a_text_stays_within_its_parts() -> None:
    (message,) = with_appointment(texting()).messages
    assert segments(message.text or "") <= 3


def test_a_client_of_a_firm_without_texts_is_written_to_as_before() -> None:
    reminders = Reminders()
    reminders.tell(client(preferred_channel="sms"), scheduled(MONDAY + timedelta(days=9)))
    reminders.after(minutes=1)
    (sent,) = reminders.announced_of(ContactSent)
    assert sent.channel == "email"
