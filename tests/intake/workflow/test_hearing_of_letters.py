"""A letter to an inquirer went, or did not: does whoever decided it hear so, and is it true?"""

from dataclasses import replace
from typing import Any

import pytest

from services.intake.domain.inquiries import Inquiry
from services.intake.ports import INQUIRIES
from services.intake.workflow.corresponding import confirm_address, needs_of_confirming
from shared.contracts.envelope import Cause
from shared.contracts.intake import InquirerLetterDue
from shared.contracts.reminders import (
    InquirerLetterFailed,
    InquirerLetterSent,
    InquirerLetterUnknown,
)
from shared.contracts.tasks import TaskUpdated
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.tasks import Task
from tests.fakes.memory import MemoryService
from tests.intake.office import CONFIG, inquiry, intake

LAWYER = Actor(id="s-lawyer", roles=("lawyer",))
CLOSED = "The mail server says that their address does not exist or is closed."


def confirmed() -> MemoryService:
    """Somebody asked for help through the form, and said that the address is theirs."""
    office = intake()
    office.hear(inquiry("Zoe Bauer"))
    office._kept["inquiries"]["i-1"] = (
        replace(kept(office), form="contact"),
        office.version(INQUIRIES, "i-1"),
    )
    cause = Cause("urn:test", "confirmed", "confirmed", "confirmed", None, office.now)
    office.act(
        lambda unit: confirm_address(CONFIG, "i-1", "Wednesday", unit),
        lambda _: needs_of_confirming("i-1"),
        cause,
    )
    return office


def kept(office: MemoryService) -> Inquiry:
    found = office.get(INQUIRIES, "i-1")
    assert found is not None
    return found


def task(office: MemoryService, kind: str) -> Task:
    (found,) = office.tasks(kind)
    return found


def invited() -> MemoryService:
    """Somebody sent them the link."""
    office = confirmed()
    office.decide(task(office, "inquiry-ready").task_id, "invite", actor=LAWYER)
    return office


def declined() -> MemoryService:
    """Somebody had the letter sent that the firm does not act."""
    office = confirmed()
    office.decide(
        task(office, "inquiry-ready").task_id, "not-taken", {"reason": "No."}, actor=LAWYER
    )
    office.decide(task(office, "decline-letter").task_id, "send", actor=LAWYER)
    return office


def hear(office: MemoryService, kind: type[Any], letter: str, **more: Any) -> None:
    """What became of the letter of this kind that was announced last."""
    due = [each for each in office.announced_of(InquirerLetterDue) if each.letter == letter][-1]
    said = {"letter_id": due.letter_id, "inquiry_id": "i-1", "letter": letter, "at": office.now}
    office.hear(kind.model_validate({**said, **more}))


def failed(office: MemoryService, letter: str, **more: Any) -> None:
    hear(office, InquirerLetterFailed, letter, reason="recipient-5.1.1", text=CLOSED, **more)


def test_until_the_letter_went_it_is_kept_how_to_reach_them() -> None:
    office = declined()
    assert (kept(office).email, kept(office).letter) == ("somebody@example.com", None)
    hear(office, InquirerLetterSent, "declined")
    assert (kept(office).email, kept(office).letter) == (None, "sent")


def test_a_letter_that_did_not_go_is_a_task_of_whoever_decided_it() -> None:
    office = declined()
    failed(office, "declined")
    asked = task(office, "decline-letter")
    assert asked.owner_id == "s-lawyer"
    assert CLOSED in asked.why["text"]


def test_that_task_has_the_letter_and_the_address_to_write_to() -> None:
    office = declined()
    failed(office, "declined")
    shown = office.view(task(office, "decline-letter").task_id, LAWYER)
    assert shown["contact"] == "somebody@example.com"
    assert "Zoe Bauer" in shown["letter"]["body"]
    assert shown["not_arrived"] == CLOSED


def test_once_they_wrote_it_themselves_nothing_is_kept_but_the_names() -> None:
    office = declined()
    failed(office, "declined")
    office.decide(task(office, "decline-letter").task_id, "sent", {"sent_by": "post"}, actor=LAWYER)
    assert (kept(office).email, kept(office).letter) == (None, "sent")


def test_a_letter_nobody_knows_the_fate_of_is_asked_for_as_well() -> None:
    office = declined()
    hear(office, InquirerLetterUnknown, "declined", reason="no-answer", text="Nobody can say.")
    assert "Nobody can say." in task(office, "decline-letter").why["text"]


def test_what_became_of_a_letter_said_twice_asks_once() -> None:
    office = declined()
    failed(office, "declined")
    failed(office, "declined")
    assert len(office.tasks("decline-letter")) == 1


def test_a_letter_that_went_and_came_back_later_has_told_nobody() -> None:
    office = declined()
    hear(office, InquirerLetterSent, "declined")
    assert kept(office).letter == "sent"
    failed(office, "declined", address_unusable=True)
    assert kept(office).letter is None
    asked = task(office, "decline-letter")
    assert CLOSED in asked.why["text"]
    office.decide(asked.task_id, "sent", {"sent_by": "post"}, actor=LAWYER)
    assert kept(office).letter == "sent"


def test_what_came_back_does_not_arrive_because_it_is_said_again_that_it_went() -> None:
    office = declined()
    failed(office, "declined")
    hear(office, InquirerLetterSent, "declined")
    assert kept(office).letter is None


def test_a_link_that_did_not_go_is_said_in_the_task_of_whoever_sent_it() -> None:
    office = invited()
    failed(office, "invitation")
    asked = task(office, "inquiry-ready")
    assert asked.owner_id == "s-lawyer"
    assert CLOSED in asked.why["text"]
    assert office.announced_of(TaskUpdated)[-1].owner_id == "s-lawyer"


def test_a_link_that_went_changes_nothing_of_the_task() -> None:
    office = invited()
    before = task(office, "inquiry-ready")
    hear(office, InquirerLetterSent, "invitation")
    assert task(office, "inquiry-ready") == before


@pytest.mark.parametrize("letter", ["received"])
def test_a_receipt_that_did_not_go_is_noted_and_asks_nobody(letter: str) -> None:
    office = confirmed()
    before = office.tasks()
    failed(office, letter)
    assert office.tasks() == before
    (noted,) = kept(office).letters
    assert (noted.letter, noted.fate, noted.text) == ("received", "failed", CLOSED)


def test_the_question_after_an_address_nobody_decided_is_noted_too() -> None:
    office = intake()
    office.hear(inquiry("Zoe Bauer"))
    office.hear(
        InquirerLetterSent(letter_id="il-9", inquiry_id="i-1", letter="confirmation", at=office.now)
    )
    assert [(each.letter, each.fate) for each in kept(office).letters] == [("confirmation", "sent")]


def test_nothing_is_sent_again_to_an_address_at_which_nothing_arrives() -> None:
    office = invited()
    failed(office, "invitation", address_unusable=True)
    asked = task(office, "inquiry-ready")
    assert office.view(asked.task_id, LAWYER)["confirmed"] is False
    with pytest.raises(RuleError) as no:
        office.decide(asked.task_id, "invite", actor=LAWYER)
    assert no.value.code == "address-unusable"


def test_a_letter_of_an_inquiry_nobody_knows_is_let_be() -> None:
    office = intake()
    said = InquirerLetterSent(letter_id="il-9", inquiry_id="i-9", letter="received", at=office.now)
    assert office.hear(said) == "applied"
    assert office.get(INQUIRIES, "i-9") is None
