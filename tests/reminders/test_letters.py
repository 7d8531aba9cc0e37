"""Do messages of one client and day go in one letter, and is each still its own?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reminders.domain.contact import Contact, State
from services.reminders.ports import CONTACTS, SUPPRESSIONS
from shared.channels import Outcome, Result
from shared.contracts.firm import DocumentRequested, InvoiceIssued, MatterClosed
from shared.contracts.intake import ConflictCleared
from shared.contracts.mail import ContactBounced
from shared.contracts.reminders import ContactDeferred, ContactFailed, ContactSent, ContactUnknown
from shared.contracts.reputation import ReviewRequested
from tests.reminders.over_memory import (
    MONDAY,
    OPENED,
    SENT,
    Reminders,
    client,
    new_config,
    scheduled,
)

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
CLOSED = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY)
REVIEW = ReviewRequested(request_id="w-1", client_id="c-1", matter_id="m-9", site="google")
UNKNOWN, REFUSED = Outcome(Result.UNKNOWN, "no-answer"), Outcome(Result.REFUSED, "recipient-5.1.1")
BEFORE_TEN = datetime(2026, 3, 2, 8, 50, tzinfo=UTC)  # 09:50 in Berlin


def ready(**settings: Any) -> Reminders:
    reminders = Reminders(new_config(**settings) if settings else None)
    reminders.tell(client(locale="en-GB"))
    return reminders


def document(number: int, days: int, title: str | None = None) -> DocumentRequested:
    return DocumentRequested(
        request_id=f"r-{number}", client_id="c-1", matter_id="m-1", title=title,
        due_at=MONDAY + timedelta(days=days),
    )  # fmt: skip


def meeting(number: int, starts_at: datetime, **more: Any) -> Any:
    return scheduled(starts_at, appointment_id=f"a-{number}", **more)


def three_documents(reminders: Reminders) -> Contact:
    """Three requests, and the one letter in which they are asked for again."""
    reminders.tell(*(document(n, 9, title=f"Paper {n}") for n in range(3)))
    reminders.after(days=3)
    (letter,) = reminders.letters
    return letter


def test_three_documents_asked_for_in_one_minute_are_asked_for_again_in_one_letter() -> None:
    letter = three_documents(ready())
    text = letter.text or ""
    assert [f"Paper {n}" in text for n in range(3)] == [True, True, True]
    assert text.count("Dear Ada Muster,") == text.count("Kind regards") == 1
    assert text.count("If you have sent it in the meantime") == 1
    assert letter.subject_line == "We are waiting for a document from you"


def test_each_message_of_a_letter_has_its_own_record_and_event() -> None:
    reminders = ready()
    letter = three_documents(reminders)
    sent = reminders.announced_of(ContactSent)
    assert sorted(each.request_id or "" for each in sent) == ["r-0", "r-1", "r-2"]
    assert {each.letter_id for each in sent} == {letter.contact_id}
    assert all(each.why.text.endswith("It went in one letter with others.") for each in sent)
    assert {each.state for each in reminders.all(CONTACTS)} == {State.HANDED_OVER}
    own = [each for each in reminders.messages if each.carried_by]
    assert all((each.text or "").count("Paper") == 1 for each in own)


def test_different_things_stand_under_their_own_subjects() -> None:
    reminders = ready()
    reminders.tell(
        meeting(1, MONDAY + timedelta(days=3)),
        InvoiceIssued(invoice_id="i-1", client_id="c-1", due_at=MONDAY + timedelta(days=9)),
    )
    reminders.after(days=3)
    letter = reminders.letters[1]
    assert letter.subject_line == (
        "Reminder: your appointment tomorrow at 10:00, and one more message"
    )
    assert "Your invoice is due in 7 days" in (letter.text or "")
    assert "<h2" in (letter.html or "")
    assert (letter.html or "").count("<h2") == 2


def test_what_goes_alone_says_nothing_of_a_letter() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    (sent,) = reminders.announced_of(ContactSent)
    assert (sent.letter_id, "one letter" in sent.why.text) == (None, False)


def test_a_matter_closed_a_minute_after_the_welcome_is_told_in_the_next_days_letter() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    reminders.tell(CLOSED)
    assert reminders.after(hours=20) == []
    (deferred,) = reminders.announced_of(ContactDeferred)
    assert deferred.reason == "joins-letter"
    assert deferred.until == MONDAY + timedelta(days=1)  # ten in the morning, by their clock
    assert [each.rule_id for each in reminders.after(hours=4)] == ["matter-closed"]


def test_what_waits_for_the_next_letter_joins_one_that_goes_earlier() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    reminders.tell(CLOSED)
    reminders.after(minutes=1)
    reminders.tell(meeting(1, MONDAY + timedelta(days=20)))
    told = reminders.after(minutes=1)
    assert [each.rule_id for each in told] == ["appointment-confirmation", "matter-closed"]
    assert len(reminders.letters) == 2


def test_the_next_day_it_goes_with_what_is_planned_for_then() -> None:
    reminders = ready()
    reminders.tell(document(1, 8))
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    reminders.tell(CLOSED.model_copy(update={"matter_id": "m-2"}))
    reminders.after(days=1, minutes=1)
    assert [each.rule_id for each in reminders.messages[1:]] == [
        "document-week-before", "matter-closed",
    ]  # fmt: skip
    assert len(reminders.letters) == 2


def test_what_can_wait_does_not_wait_where_it_would_come_too_late() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    reminders.tell(MatterClosed(matter_id="m-1", client_id="c-1",
                                closed_at=MONDAY - timedelta(days=13, hours=10)))  # fmt: skip
    assert [each.rule_id for each in reminders.after(minutes=1)] == ["matter-closed"]


def test_a_confirmation_shortly_before_a_reminder_goes_with_it() -> None:
    reminders = ready()
    reminders.now = BEFORE_TEN - timedelta(days=2)
    reminders.tell(meeting(1, MONDAY + timedelta(days=1)))
    reminders.until(BEFORE_TEN)
    reminders.tell(meeting(2, MONDAY + timedelta(days=20)))
    assert reminders.after(minutes=9) == []
    told = {each.rule_id for each in reminders.after(minutes=2)}
    assert told == {"appointment-confirmation", "appointment-day-before"}
    assert len(reminders.letters) == 2


def test_nobody_waits_for_a_reminder_of_the_same_appointment() -> None:
    reminders = ready()
    reminders.now = BEFORE_TEN
    reminders.tell(meeting(1, MONDAY + timedelta(days=1)))
    assert [each.rule_id for each in reminders.after(minutes=1)] == ["appointment-confirmation"]
    reminders.after(minutes=30)
    assert ("appointment-day-before", "told-lately") in reminders.suppressed()


def test_a_firm_that_wants_no_waiting_for_what_is_planned_says_so() -> None:
    reminders = ready(minutes_to_join=0)
    reminders.now = BEFORE_TEN - timedelta(days=2)
    reminders.tell(meeting(1, MONDAY + timedelta(days=1)))
    reminders.until(BEFORE_TEN)
    reminders.tell(meeting(2, MONDAY + timedelta(days=20)))
    assert [each.rule_id for each in reminders.after(minutes=1)] == ["appointment-confirmation"]


def test_an_ask_for_an_opinion_has_a_letter_of_its_own() -> None:
    reminders = ready()
    reminders.tell(REVIEW, OPENED, CLEARED)
    reminders.after(minutes=1)
    assert sorted(each.rule_id for each in reminders.letters) == ["review-ask", "welcome"]


def test_two_messages_about_one_thing_never_stand_in_one_letter() -> None:
    reminders = ready()
    reminders.hold(held=True)
    reminders.tell(*(meeting(n, MONDAY + timedelta(days=8)) for n in (1, 2)))
    reminders.after(days=7, hours=2)
    reminders.hold(held=False)
    reminders.after(days=1)
    for letter in reminders.letters:
        told = [e.thread for e in reminders.messages if letter.contact_id in (
            e.contact_id, e.carried_by)]  # fmt: skip
        assert len(set(told)) == len(told)


def test_a_letter_of_unknown_fate_is_unknown_for_each_and_each_goes_as_its_rule_says() -> None:
    reminders = ready()
    reminders.outcome = lambda _: UNKNOWN
    reminders.tell(
        document(1, 9),
        InvoiceIssued(invoice_id="i-1", client_id="c-1", due_at=MONDAY + timedelta(days=9)),
    )
    reminders.until(MONDAY + timedelta(days=2))
    reminders.outcome = lambda _: SENT
    assert {each.rule_id for each in reminders.announced_of(ContactUnknown)} == {
        "document-week-before", "invoice-week-before",
    }  # fmt: skip
    reminders.after(days=1, hours=1)
    (task,) = reminders.tasks("unknown-message")  # the invoice is held for a person
    assert task.about["invoice_id"] == "i-1"
    assert reminders.contact("document-week-before").state is State.HANDED_OVER


def test_a_refused_letter_is_refused_for_each_and_its_address_given_up_once() -> None:
    reminders = ready()
    reminders.outcome = lambda _: REFUSED
    reminders.tell(*(document(n, 9) for n in range(3)))
    reminders.after(days=3)
    assert len(reminders.announced_of(ContactFailed)) == 3
    assert len(reminders.all(SUPPRESSIONS)) == 1
    assert len(reminders.tasks("call-client")) == 3


def test_a_letter_the_server_does_not_take_now_is_tried_again_whole() -> None:
    reminders = ready()
    answers = iter([Outcome(Result.RETRY, "away"), Outcome(Result.RETRY, "away")])
    reminders.outcome = lambda _: next(answers, SENT)
    letter = three_documents(reminders)
    assert (len(letter.carries), letter.retries) == (2, 2)
    assert len(reminders.announced_of(ContactSent)) == 3


def test_a_letter_that_came_back_came_back_for_each() -> None:
    reminders = ready()
    letter = three_documents(reminders)
    reminders.tell(ContactBounced(contact_id=letter.contact_id, kind="hard", status="5.1.1",
                                  at=reminders.now))  # fmt: skip
    assert len(reminders.announced_of(ContactFailed)) == 3
    assert {each.state for each in reminders.all(CONTACTS)} == {State.REFUSED}
    assert len(reminders.all(SUPPRESSIONS)) == 1


@pytest.mark.parametrize("gone", ["0:before-the-crash", "1:elsewhere"])
def test_a_letter_cut_off_is_unknown_for_each(gone: str) -> None:
    reminders = ready()
    reminders.outcome = lambda _: gone
    reminders.tell(*(document(n, 9) for n in range(3)))
    reminders.until(MONDAY + timedelta(days=2, minutes=30))
    unknown = {each.contact_id for each in reminders.announced_of(ContactUnknown)}
    assert len(unknown) == 3
