"""Does what comes back to the firm take effect once, for whom it is about, and for nobody else?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.reminders.domain.contact import Contact, State
from services.reminders.domain.kept_mail import MOST_LISTED
from services.reminders.domain.mail_sorting import Sort
from services.reminders.ports import INCOMING_MAILS, INQUIRER_LETTERS, MAILBOX_PLACES
from services.reminders.workflow.incoming_mails import DOUBTFUL, begin_at, needs_of_place
from services.reminders.workflow.mail_decisions import ENDS, TOO_MANY
from shared.contracts.envelope import Cause
from shared.contracts.firm import ClientContactLogged
from shared.contracts.mail import ContactBounced
from shared.contracts.reminders import ContactFailed
from shared.errors import RuleError
from tests.reminders.incoming import Mailbox, read, sample
from tests.reminders.over_memory import ASSISTANT, MONDAY, OPENED, Reminders, client, scheduled
from tests.reminders.test_inquirer_letters import WANTED

KIND, STRANGERS = "client-mail", "strangers-mail"
WORDS = ("Tuesday possible", "lease", "bob@else.example", "Looking for a lawyer", "contract.pdf")


@pytest.fixture
def mailbox() -> Mailbox:
    reminders = Reminders()
    appointment = scheduled(MONDAY + timedelta(days=10), matter_id="m-1")
    reminders.tell(client(), OPENED, appointment)
    reminders.after(minutes=30)
    return Mailbox(reminders)


def sent(mailbox: Mailbox) -> Contact:
    """The message that the client has."""
    return mailbox.reminders.messages[0]


def heard(mailbox: Mailbox) -> list[ClientContactLogged]:
    return mailbox.reminders.announced_of(ClientContactLogged)


# -- what came back ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["bounce-postfix", "bounce-exchange", "bounce-gmail", "bounce-yahoo", "bounce-qmail"]
)
def test_a_message_that_came_back_has_failed_and_somebody_calls(
    mailbox: Mailbox, name: str
) -> None:
    contact = sent(mailbox)
    assert mailbox.comes(name, contact.contact_id) is Sort.BOUNCED
    (said,) = mailbox.reminders.announced_of(ContactBounced)
    assert (said.contact_id, said.kind) == (contact.contact_id, "hard")
    mailbox.reminders.tell(said)
    assert mailbox.reminders.announced_of(ContactFailed)
    assert len(mailbox.reminders.tasks("call-client")) == 1


def test_what_two_mail_servers_report_is_said_once(mailbox: Mailbox) -> None:
    own_id, names = sent(mailbox).contact_id, ("bounce-full", "bounce-postfix")
    assert [mailbox.comes(name, own_id) for name in names] == [Sort.BOUNCED, Sort.BOUNCED]
    assert len(mailbox.reminders.announced_of(ContactBounced)) == 1


def test_a_message_that_is_late_has_not_failed(mailbox: Mailbox) -> None:
    assert mailbox.comes("delayed-postfix", sent(mailbox).contact_id) is Sort.DELAYED
    assert mailbox.reminders.announced_of(ContactBounced) == []


def test_a_report_that_names_another_address_at_no_signed_one_is_not_believed(
    mailbox: Mailbox,
) -> None:
    assert mailbox.comes("bounce-forged", sent(mailbox).contact_id) is Sort.NOTICE
    assert mailbox.reminders.announced_of(ContactBounced) == []


@pytest.mark.parametrize("name", ["bounce-of-somebody-else", "bounce-postfix"])
def test_a_report_about_no_message_of_ours_says_nothing(mailbox: Mailbox, name: str) -> None:
    assert mailbox.comes(name) is Sort.NOTICE
    assert mailbox.reminders.announced_of(ContactBounced) == []


# -- what a program answered ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["absent-en", "absent-de", "absent-fr", "absent-old", "own-loop"])
def test_what_a_program_wrote_asks_nobody_and_is_no_contact(mailbox: Mailbox, name: str) -> None:
    kind = mailbox.comes(name, sent(mailbox).contact_id)
    assert kind in (Sort.AUTOMATIC, Sort.OWN)
    assert mailbox.reminders.tasks(KIND) == []
    assert heard(mailbox) == []


def test_by_its_subject_alone_a_person_looks(mailbox: Mailbox) -> None:
    mailbox.comes("absent-by-subject-alone", sent(mailbox).contact_id)
    (task,) = mailbox.reminders.tasks(KIND)
    assert "automatic" in mailbox.reminders.view(task.task_id, ASSISTANT)["warnings"]


# -- what a client wrote -------------------------------------------------------------------------


def test_a_clients_answer_is_a_contact_and_a_task_of_whose_the_matter_is(mailbox: Mailbox) -> None:
    assert mailbox.comes("reply-gmail-en", sent(mailbox).contact_id) is Sort.REPLY
    (task,) = mailbox.reminders.tasks(KIND)
    assert (task.owner_id, task.about) == ("s-9", {"client_id": "c-1", "matter_id": "m-1"})
    assert task.due_at == MONDAY + timedelta(days=1)
    (said,) = heard(mailbox)
    assert (said.direction, said.channel, said.matter_id) == ("in", "e-mail", "m-1")
    mailbox.reminders.tell(said)
    assert mailbox.reminders.tasks("acknowledge-contact") == []
    view = mailbox.reminders.view(task.task_id, ASSISTANT)
    assert view["wrote"].startswith("Thank you, I cannot come on Monday.")
    assert view["answers"] == sent(mailbox).subject_line
    assert view["warnings"] == ""


def test_an_answer_that_comes_twice_is_taken_in_once(mailbox: Mailbox) -> None:
    assert mailbox.comes("reply-gmail-en", sent(mailbox).contact_id) is Sort.REPLY
    assert mailbox.comes("reply-gmail-en", sent(mailbox).contact_id) is None
    assert len(mailbox.reminders.tasks(KIND)) == 1
    assert len(heard(mailbox)) == 1


def test_a_second_answer_is_a_task_of_its_own_and_no_decision_ends_both(mailbox: Mailbox) -> None:
    mailbox.comes("reply-gmail-en", sent(mailbox).contact_id)
    mailbox.comes("reply-apple-en", sent(mailbox).contact_id)
    first, second = mailbox.reminders.tasks(KIND)
    mailbox.reminders.decide(first.task_id, "answered", {"channel": "phone"}, actor=ASSISTANT)
    (left,) = mailbox.reminders.tasks(KIND)
    assert left.task_id == second.task_id


def test_an_address_we_do_not_know_is_said_and_is_no_contact_by_the_client(
    mailbox: Mailbox,
) -> None:
    assert mailbox.comes("reply-from-another-address", sent(mailbox).contact_id) is Sort.REPLY
    (task,) = mailbox.reminders.tasks(KIND)
    assert task.why["text"] == DOUBTFUL
    assert DOUBTFUL in mailbox.reminders.view(task.task_id, ASSISTANT)["warnings"]
    assert heard(mailbox) == []


def test_a_client_who_writes_of_their_own_accord_is_known_by_the_address(mailbox: Mailbox) -> None:
    assert mailbox.comes("new-mail-of-a-client") is Sort.CLIENT
    (task,) = mailbox.reminders.tasks(KIND)
    assert task.about == {"client_id": "c-1"}
    assert len(heard(mailbox)) == 1


def test_an_address_of_two_clients_is_guessed_to_be_neither(mailbox: Mailbox) -> None:
    mailbox.reminders.tell(client(client_id="c-2"))
    assert mailbox.comes("new-mail-of-a-client") is Sort.UNKNOWN
    assert mailbox.reminders.tasks(KIND) == []


def test_a_wish_to_hear_no_more_is_a_hint_and_changes_nothing(mailbox: Mailbox) -> None:
    said = len(mailbox.reminders.announced)
    mailbox.comes("reply-that-ends", sent(mailbox).contact_id)
    (task,) = mailbox.reminders.tasks(KIND)
    assert ENDS in mailbox.reminders.view(task.task_id, ASSISTANT)["warnings"]
    kinds = {each.type for each in mailbox.reminders.announced[said:]}
    assert kinds == {"client-contact-logged", "task-created"}


def test_attachments_are_named_on_the_task(mailbox: Mailbox) -> None:
    mailbox.comes("reply-with-attachments", sent(mailbox).contact_id)
    (task,) = mailbox.reminders.tasks(KIND)
    shown = mailbox.reminders.view(task.task_id, ASSISTANT)["attached"]
    assert shown.splitlines() == [
        "contract.pdf (application/pdf, 1 kB)", "Beläge.zip (application/zip, 1 kB)",
    ]  # fmt: skip


def test_who_answers_says_how_and_that_is_a_contact(mailbox: Mailbox) -> None:
    mailbox.comes("reply-gmail-en", sent(mailbox).contact_id)
    (task,) = mailbox.reminders.tasks(KIND)
    mailbox.reminders.decide(task.task_id, "answered", {"channel": "email"}, actor=ASSISTANT)
    assert mailbox.reminders.tasks(KIND) == []


@pytest.mark.parametrize(
    ("decision", "fields"),
    [("passed-on", {"passed_to": "the accounts"}), ("nothing-to-do", {"reason": "said thanks"})],
)
def test_it_may_be_passed_on_or_come_to_nothing_with_a_reason(
    mailbox: Mailbox, decision: str, fields: dict[str, str]
) -> None:
    mailbox.comes("reply-gmail-en", sent(mailbox).contact_id)
    (task,) = mailbox.reminders.tasks(KIND)
    with pytest.raises(RuleError):
        mailbox.reminders.decide(task.task_id, decision, actor=ASSISTANT)
    mailbox.reminders.decide(task.task_id, decision, fields, actor=ASSISTANT)
    assert mailbox.reminders.tasks(KIND) == []


# -- what strangers wrote --------------------------------------------------------------------------


def test_mails_of_strangers_are_one_list_and_keep_no_word(mailbox: Mailbox) -> None:
    for n in range(3):
        mail = replace(read(sample("stranger")), mail_id=f"mail-{n}")
        assert mailbox.take_in(mail) is Sort.UNKNOWN
    (task,) = mailbox.reminders.tasks(STRANGERS)
    lines = mailbox.reminders.view(task.task_id, ASSISTANT)["mails"].splitlines()
    assert lines == ["bob@else.example: Looking for a lawyer"] * 3
    assert all(each.text is None for each in mailbox.reminders.all(INCOMING_MAILS))


def test_what_comes_after_somebody_looked_is_another_list(mailbox: Mailbox) -> None:
    mailbox.comes("stranger")
    (task,) = mailbox.reminders.tasks(STRANGERS)
    mailbox.reminders.decide(task.task_id, "looked-through", actor=ASSISTANT)
    mailbox.take_in(replace(read(sample("stranger")), mail_id="mail-next"))
    (other,) = mailbox.reminders.tasks(STRANGERS)
    assert other.task_id != task.task_id
    assert len(mailbox.reminders.view(other.task_id, ASSISTANT)["mails"].splitlines()) == 1


def test_a_flood_is_one_task_with_an_end(mailbox: Mailbox) -> None:
    for n in range(MOST_LISTED + 5):
        mailbox.take_in(replace(read(sample("stranger")), mail_id=f"mail-{n}"))
    (task,) = mailbox.reminders.tasks(STRANGERS)
    lines = mailbox.reminders.view(task.task_id, ASSISTANT)["mails"].splitlines()
    assert len(lines) == MOST_LISTED + 1
    assert TOO_MANY in lines[-1]


def test_what_the_mail_server_calls_spam_asks_nobody(mailbox: Mailbox) -> None:
    mail = replace(read(sample("stranger")), headers=(("x-spam-flag", "yes"),))
    assert mailbox.take_in(mail) is Sort.NOTICE
    assert mailbox.reminders.tasks(STRANGERS) == []


def test_who_asked_for_help_and_answers_a_letter_is_a_task_without_a_word(
    mailbox: Mailbox,
) -> None:
    mailbox.reminders.tell(WANTED)
    (letter,) = mailbox.reminders.all(INQUIRER_LETTERS)
    assert mailbox.comes("reply-gmail-en", letter.letter_id) is Sort.INQUIRER
    (task,) = mailbox.reminders.tasks(KIND)
    assert task.about == {"inquiry_id": letter.inquiry_id}
    (kept,) = mailbox.reminders.all(INCOMING_MAILS)
    assert (kept.text, kept.sender, kept.subject) == (None, None, None)
    with pytest.raises(RuleError):
        mailbox.reminders.decide(task.task_id, "answered", {"channel": "phone"}, actor=ASSISTANT)


# -- what nobody else sees -------------------------------------------------------------------------


def test_no_word_and_no_address_of_a_mail_is_in_an_event_or_a_task(mailbox: Mailbox) -> None:
    for name in ("reply-gmail-en", "reply-with-attachments", "stranger", "absent-en"):
        mailbox.comes(name, sent(mailbox).contact_id)
    said = " ".join(repr(each) for each in mailbox.reminders.announced)
    said += repr(mailbox.reminders.tasks(KIND)) + repr(mailbox.reminders.tasks(STRANGERS))
    assert [each for each in WORDS if each in said] == []


# -- how far it was read ---------------------------------------------------------------------------


def begun(mailbox: Mailbox, numbering: int, last: int) -> int:
    cause = Cause("urn:test", f"begin-{numbering}", "mail", "x", None, MONDAY)
    place = mailbox.reminders.act(
        lambda unit: begin_at(numbering, last, unit), needs_of_place, cause
    )
    return int(place.last)


def test_a_mailbox_that_is_new_is_read_from_now_on(mailbox: Mailbox) -> None:
    assert begun(mailbox, numbering=7, last=20_000) == 20_000
    assert begun(mailbox, numbering=7, last=20_500) == 20_000


def test_a_mailbox_that_numbers_anew_is_read_again_and_says_nothing_twice(
    mailbox: Mailbox,
) -> None:
    begun(mailbox, numbering=7, last=0)
    mailbox.comes("reply-gmail-en", sent(mailbox).contact_id)
    assert begun(mailbox, numbering=8, last=500) == 0
    assert mailbox.comes("reply-gmail-en", sent(mailbox).contact_id) is None
    assert len(heard(mailbox)) == 1


def test_what_was_acted_on_leaves_the_inbox_and_nothing_else_does(mailbox: Mailbox) -> None:
    for name in ("stranger", "reply-gmail-en", "bounce-of-somebody-else", "newsletter"):
        mailbox.comes(name, sent(mailbox).contact_id)
    (place,) = mailbox.reminders.all(MAILBOX_PLACES)
    assert (place.last, place.unmoved) == (4, (2,))


def test_a_message_of_an_erased_client_leads_to_nobody(mailbox: Mailbox) -> None:
    contact = sent(mailbox)
    assert contact.state is State.HANDING_OVER or contact.state is State.HANDED_OVER
    assert mailbox.comes("reply-gmail-en", "m-gone") is Sort.CLIENT  # known by its address alone
