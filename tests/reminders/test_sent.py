"""Is whoever works with a client told the very words that went, and nobody their links?"""

from dataclasses import replace
from typing import Any, cast

import pytest

from services.reminders.api.outgoing import OutgoingRequest
from services.reminders.domain.contact import Contact
from services.reminders.ports import CONTACTS
from shared.contracts.attendance import UnderstandingRequested
from shared.contracts.envelope import Cause
from shared.contracts.outgoing import SentTold
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.reminders.outgoing import LAWYER, answer, with_reminders
from tests.reminders.over_memory import MONDAY, Reminders

ASKED = UnderstandingRequested(note_id="n-1", client_id="c-1", revision=1, at=MONDAY)


def sent(reminders: Reminders, contact_id: str, actor: Actor = LAWYER, **more: Any) -> SentTold:
    asked = {"ask": "sent", "client_id": "c-1", "contact_id": contact_id, "actor": actor} | more
    return cast("SentTold", answer(reminders, OutgoingRequest.model_validate(asked)))


@pytest.fixture
def reminders() -> Reminders:
    return with_reminders()


def only(reminders: Reminders, template: str) -> Contact:
    (found,) = [each for each in reminders.all(CONTACTS) if each.template == template]
    return found


def test_the_very_words_and_where_they_went_are_told(reminders: Reminders) -> None:
    contact = only(reminders, "appointment-confirmation")
    told = sent(reminders, contact.contact_id)
    assert (told.known, told.state, told.address) == (True, "sent", "ada@muster.example")
    assert told.subject_line == contact.subject_line
    assert "11. März" in (told.text or "")
    assert "11. März" in (told.html or "")
    assert told.at is not None


def test_a_link_that_is_the_clients_own_is_told_to_nobody(reminders: Reminders) -> None:
    reminders.tell(ASKED)
    reminders.after(hours=1)
    told = sent(reminders, only(reminders, "understanding").contact_id)
    assert "[link]" in (told.text or "")
    assert 'href="#"' in (told.html or "")
    assert "\ue000" not in (told.text or "") + (told.html or "")


def test_of_what_did_not_go_of_a_strangers_and_of_erased_words_nothing_is_known(
    reminders: Reminders,
) -> None:
    contact = only(reminders, "appointment-confirmation")
    assert not sent(reminders, "m-unknown").known
    assert not sent(reminders, contact.contact_id, client_id="c-2").known
    erased = replace(contact, text=None, html=None, address=None)
    cause = Cause("urn:test", "erase", "erase", "erase", None, MONDAY)
    reminders.act(
        lambda unit: unit.put(CONTACTS, erased),
        lambda _: [CONTACTS.one(contact.contact_id)],
        cause,
    )
    assert not sent(reminders, contact.contact_id).known


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (Actor(id="oskar", roles=("ops",)), "wrong-role"),
        (Actor(id="leo", roles=("lawyer",), screened=("client:c-1",)), "screened"),
        (Actor(id="leo", roles=("lawyer",), screened=("matter:m-1",)), "screened"),
    ],
)
def test_who_may_not_see_the_client_or_the_matter_is_refused(
    reminders: Reminders, actor: Actor, code: str
) -> None:
    with pytest.raises(RuleError) as no:
        sent(reminders, only(reminders, "appointment-confirmation").contact_id, actor)
    assert no.value.code == code
