"""Does an approved letter go in exactly its words: by mail, on paper, by a rule of a playbook?"""

from base64 import b64decode
from collections.abc import Sequence
from io import BytesIO

import pytest
from pypdf import PdfReader

from services.reminders.app import vocabulary
from services.reminders.domain.letter_for_approval import State
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.ports import INQUIRER_LETTERS
from shared.channels import Outcome, Result
from shared.contracts.firm import MatterClosed
from shared.contracts.letters import (
    LetterApproved,
    LetterRequested,
)
from shared.contracts.mail import ContactBounced
from shared.contracts.reminders import ContactSent
from shared.errors import RuleError
from tests.reminders.letter_office import (
    ASSISTANT,
    ENVELOPE,
    LAWYER,
    WRITTEN,
    approve,
    edit,
    letter_of,
    office,
    task_of,
)
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client, new_config


class TestByPost:
    """On paper, in the same words."""

    def posting(self) -> Reminders:
        reminders = office(firm_address="Hauptstr. 2, 10115 Berlin")
        edit(reminders)
        approve(reminders, channel="post", recipient=ENVELOPE)
        return reminders

    def test_the_page_says_what_was_approved_and_is_the_same_file_each_time(self) -> None:
        reminders = self.posting()
        task = task_of(reminders, "letter-posting")
        first = reminders.view(task.task_id, LAWYER)
        again = reminders.view(task.task_id, ASSISTANT)
        assert first["pdf"] == again["pdf"]
        pages = PdfReader(BytesIO(b64decode(first["pdf"]))).pages
        said = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert " ".join(WRITTEN.split()) in said
        assert "Hauptstr. 1 10115 Berlin" in said
        assert "2. März 2026" in said
        assert "Seite 1 von 1" in said

    def test_once_posted_it_is_a_contact_made_with_the_hash_of_what_was_approved(self) -> None:
        reminders = self.posting()
        task = task_of(reminders, "letter-posting")
        reminders.decide(task.task_id, "posted", actor=ASSISTANT)
        (sent,) = reminders.announced_of(ContactSent)
        (approved,) = reminders.announced_of(LetterApproved)
        assert (sent.channel, sent.text_hash) == ("post", approved.text_hash)
        assert letter_of(reminders).state is State.SENT

    def test_it_needs_an_address_on_the_envelope(self) -> None:
        reminders = office()
        edit(reminders)
        with pytest.raises(RuleError) as no:
            approve(reminders, channel="post")
        assert no.value.field == "recipient"

    def test_signs_that_cannot_be_printed_are_named(self) -> None:
        reminders = office()
        edit(reminders, f"{WRITTEN}\n\n王")
        with pytest.raises(RuleError, match="王"):
            approve(reminders, channel="post", recipient=ENVELOPE)

    def test_what_could_not_go_by_mail_is_printed_instead(self) -> None:
        reminders = office()
        reminders.outcome = lambda _: Outcome(Result.REFUSED, "recipient-5.1.1")
        edit(reminders)
        approve(reminders)
        reminders.after(hours=1)
        task = task_of(reminders, "letter-posting")
        assert "could not go by e-mail" in task.why["text"]
        assert reminders.view(task.task_id, LAWYER)["text"].strip() == WRITTEN
        assert reminders.tasks("call-client") == []

    def test_what_came_back_after_it_had_gone_is_printed_once_and_is_sent_when_posted(self) -> None:
        reminders = office()
        edit(reminders)
        approve(reminders)
        reminders.after(hours=1)
        assert letter_of(reminders).state is State.SENT
        (message,) = reminders.announced_of(ContactSent)
        for status in ("5.1.1", "5.1.1"):
            reminders.tell(ContactBounced(contact_id=message.contact_id, kind="hard",
                                          status=status, at=reminders.now))  # fmt: skip
        (task,) = reminders.tasks("letter-posting")
        assert "came back" in task.why["text"]
        assert letter_of(reminders).state is State.TO_POST
        reminders.decide(task.task_id, "posted", actor=ASSISTANT)
        by_email, by_post = reminders.announced_of(ContactSent)
        assert (by_post.channel, by_post.text_hash) == ("post", by_email.text_hash)
        assert letter_of(reminders).state is State.SENT


class TestToInquirers:
    """To somebody who is no client."""

    def wanted(self) -> Reminders:
        reminders = Reminders()
        reminders.tell(LetterRequested(letter_id="l-1", letter="non-engagement", inquiry_id="i-1"))
        reminders.after(minutes=1)
        edit(reminders, "Dear Zoe,\n\nWe cannot act for you. Time limits run: please see another "
             "lawyer now.")  # fmt: skip
        return reminders

    def test_it_goes_to_the_address_that_whoever_approves_it_says(self) -> None:
        reminders = self.wanted()
        with pytest.raises(RuleError) as no:
            approve(reminders, channel="email")
        assert no.value.field == "address"
        approve(reminders, channel="email", address="zoe@example.com")
        (letter,) = reminders.all(INQUIRER_LETTERS)
        assert (letter.address, letter.inquiry_id) == ("zoe@example.com", "i-1")
        assert f"{letter.body}\n" == letter_of(reminders).text
        assert letter.text_hash == reminders.announced_of(LetterApproved)[0].text_hash


PLAYBOOK = """
playbook: goodbyes
version: 1
rules:
  goodbye:
    on: matter-closed
    per: matter_id
    at: {anchor: closed_at, offset: now}
    until: matter-reopened
    then:
      send: {message: closing, class: legal-required, on-unknown: hold, approve: lawyer}
"""


def rules(text: str = PLAYBOOK) -> Sequence[PublishedRule]:
    """A playbook of the firm's own."""
    found = PlaybookSet([("goodbyes.yaml", text)], vocabulary())
    for mistake in found.mistakes:
        raise mistake
    return found.rules


class TestByPlaybook:
    """A rule may send a letter that a person approves first."""

    def test_it_is_drafted_when_the_rule_says_and_goes_once_approved(self) -> None:
        reminders = Reminders(new_config(rules()))
        closed = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY)
        reminders.tell(client(), OPENED, closed)
        assert reminders.after(hours=1) == []
        edit(reminders, "Guten Tag Ada Muster,\n\nunsere Arbeit ist beendet. Ihre Akte bewahren "
             "wir bis zum 31. Dezember 2032 auf; danach vernichten wir sie.")  # fmt: skip
        approve(reminders)
        (message,) = reminders.after(hours=1)
        assert (message.rule_id, message.template) == ("goodbye", "closing")
        (sent,) = reminders.announced_of(ContactSent)
        assert sent.text_hash == reminders.announced_of(LetterApproved)[0].text_hash

    @pytest.mark.parametrize(
        ("before", "after", "complaint"),
        [
            ("message: closing", "message: welcome", "there is no letter `welcome`"),
            ("approve: lawyer", "approve: intern", "approved by one of: lawyer, partner"),
            ("approve: lawyer", "approve: lawyer, letter: own", "has no `letter`"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_line(
        self, before: str, after: str, complaint: str
    ) -> None:
        with pytest.raises(Exception, match=complaint):
            rules(PLAYBOOK.replace(before, after))
