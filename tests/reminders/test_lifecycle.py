"""Do the other shipped playbooks say, ask and announce what a careful office would?"""

from datetime import UTC, datetime, timedelta

from services.reminders.domain.occurrence import State
from shared.contracts.feedback import FeedbackRequested, FeedbackSubmitted
from shared.contracts.firm import (
    ClientContactLogged,
    DocumentReceived,
    DocumentRequested,
    InvoiceIssued,
    InvoicePaid,
    MatterClosed,
    MatterOpened,
)
from shared.contracts.intake import ConflictCleared
from shared.contracts.reminders import ContactGapDetected, ReviewAskDue, SurveyDue
from shared.contracts.reputation import ReviewRequested
from shared.contracts.tasks import TaskCreated, TaskEscalated
from tests.reminders.over_memory import ASSISTANT, MONDAY, Reminders, client

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
OPENED = MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s-9")
CLOSED = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY)
REQUESTED = DocumentRequested(
    request_id="r-1", client_id="c-1", matter_id="m-1", due_at=MONDAY + timedelta(days=10)
)
ISSUED = InvoiceIssued(
    invoice_id="i-1", client_id="c-1", due_at=datetime(2026, 3, 20, 22, tzinfo=UTC)
)
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")


def contact(**changes: object) -> ClientContactLogged:
    values = {"client_id": "c-1", "direction": "out", "channel": "phone", "at": MONDAY, **changes}
    return ClientContactLogged(**values)


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client())
    return reminders


def test_a_client_is_welcomed_when_the_firm_acts_and_the_conflict_check_is_clear() -> None:
    reminders = ready()
    reminders.tell(CLEARED)
    assert reminders.after(minutes=1) == []
    reminders.tell(OPENED)
    assert [message.rule_id for message in reminders.after(minutes=1)] == ["welcome"]


def test_nobody_is_welcomed_before_the_conflict_check() -> None:
    assert ready().after(days=1) == []


def test_a_client_is_welcomed_once_however_often_checks_are_clear() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(days=2)
    reminders.tell(CLEARED.model_copy(update={"check_id": "k-2"}))
    reminders.after(days=1)
    assert reminders.sent_rules() == ["welcome"]


def test_an_inquiry_is_not_welcomed_as_a_client() -> None:
    reminders = ready()
    reminders.tell(
        ConflictCleared(check_id="k-1", inquiry_id="q-1", hit_count=0, trigger="inquiry")
    )
    assert reminders.after(days=1) == []


def test_a_client_imported_from_the_past_is_not_welcomed_when_a_party_is_checked() -> None:
    reminders = Reminders()
    reminders.hear(client(), history=True)
    reminders.tell(CLEARED)
    assert reminders.after(days=1) == []


def test_the_welcome_waits_for_a_card_that_comes_later() -> None:
    reminders = Reminders()
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    reminders.tell(client())
    assert [message.rule_id for message in reminders.after(seconds=1)] == ["welcome"]


def test_a_document_is_reminded_of_around_the_day_it_is_due_and_then_a_person_calls() -> None:
    reminders = ready()
    reminders.tell(REQUESTED)
    assert [message.rule_id for message in reminders.after(days=26)] == [
        "document-week-before",
        "document-day-before",
        "document-chaser-3-days",
        "document-chaser-7-days",
        "document-chaser-14-days",
    ]
    assert reminders.tasks("call-client") == []
    reminders.after(days=5)
    (task,) = reminders.tasks("call-client")
    assert task.why["text"] == "The document has not come. Reminders that went out: 5."
    assert task.about == {"client_id": "c-1", "matter_id": "m-1", "request_id": "r-1"}


def test_a_document_that_has_come_is_chased_no_more() -> None:
    reminders = ready()
    reminders.tell(REQUESTED)
    reminders.after(days=4)
    reminders.tell(DocumentReceived(request_id="r-1", client_id="c-1"))
    assert reminders.after(days=30) == []
    assert reminders.tasks("call-client") == []


def test_a_call_about_a_document_is_taken_back_when_the_document_comes() -> None:
    reminders = ready()
    reminders.tell(REQUESTED)
    reminders.after(days=32)
    reminders.tell(DocumentReceived(request_id="r-1", client_id="c-1"))
    assert [task.state for task in reminders.tasks("call-client", None)] == ["cancelled"]


def test_an_invoice_is_reminded_of_five_times_and_then_handed_to_a_person() -> None:
    reminders = ready()
    reminders.tell(ISSUED)
    assert [message.rule_id for message in reminders.after(days=60)] == [
        "invoice-week-before",
        "invoice-due",
        "invoice-week-after",
        "invoice-two-weeks-after",
        "invoice-month-after",
    ]
    assert len(reminders.tasks("call-client")) == 1


def test_a_paid_invoice_is_not_reminded_of() -> None:
    reminders = ready()
    reminders.hear(
        InvoicePaid(invoice_id="i-1", client_id="c-1"), time=MONDAY + timedelta(minutes=2)
    )
    reminders.hear(ISSUED, time=MONDAY + timedelta(minutes=1))
    assert reminders.after(days=60) == []


def test_thirty_days_without_contact_are_announced_and_ask_a_person() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=29)
    assert reminders.announced_of(ContactGapDetected) == []
    reminders.after(days=5)
    (gap,) = reminders.announced_of(ContactGapDetected)
    assert (gap.days, gap.matter_id) == (30, "m-1")
    assert len(reminders.tasks("contact-gap")) == 1


def test_each_contact_starts_the_thirty_days_anew() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=20)
    reminders.tell(contact(at=reminders.now))
    reminders.after(days=29)
    assert reminders.announced_of(ContactGapDetected) == []


def test_a_client_without_an_open_matter_may_be_silent() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=1)
    reminders.tell(CLOSED)
    reminders.after(days=60)
    assert reminders.announced_of(ContactGapDetected) == []


def test_a_contact_takes_the_task_about_the_gap_back() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=31)
    reminders.tell(contact(at=reminders.now))
    assert [task.state for task in reminders.tasks("contact-gap", None)] == ["cancelled"]


def test_getting_in_touch_starts_the_thirty_days_anew() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=31)
    (task,) = reminders.tasks("contact-gap")
    reminders.decide(task.task_id, "contacted", {"note": "They spoke."}, actor=ASSISTANT)
    assert reminders.planned()["contact-gap-call"] == reminders.now + timedelta(days=30)


def test_resetting_a_gap_leaves_no_row_behind() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    for day in range(5):
        reminders.hear(contact(at=MONDAY + timedelta(days=day)), time=MONDAY + timedelta(days=day))
    assert len(reminders.timers()) == 2


def test_a_closed_matter_brings_a_message_a_survey_and_a_review_ask() -> None:
    reminders = ready()
    reminders.tell(CLOSED)
    reminders.after(days=6)
    assert reminders.sent_rules() == ["matter-closed"]
    assert reminders.announced_of(SurveyDue) == []
    reminders.after(days=2)
    assert reminders.announced_of(SurveyDue)[0].matter_id == "m-1"
    reminders.after(days=7)
    assert reminders.announced_of(ReviewAskDue)[0].client_id == "c-1"


def test_a_survey_is_reminded_of_once() -> None:
    reminders = ready()
    reminders.tell(SURVEY)
    reminders.after(days=40)
    assert reminders.sent_rules() == ["survey-invitation", "survey-reminder"]


def test_an_answered_survey_is_not_reminded_of() -> None:
    reminders = ready()
    reminders.tell(SURVEY)
    reminders.after(days=1)
    reminders.tell(
        FeedbackSubmitted(
            survey_id="y-1", client_id="c-1", matter_id="m-1", score=9, has_comment=False
        )
    )
    reminders.after(days=40)
    assert reminders.sent_rules() == ["survey-invitation"]


def test_a_review_is_asked_for_and_reminded_of_once() -> None:
    reminders = ready()
    reminders.tell(
        ReviewRequested(request_id="w-1", client_id="c-1", matter_id="m-1", site="google")
    )
    reminders.after(days=40)
    assert reminders.sent_rules() == ["review-ask", "review-reminder"]


def test_a_task_nobody_did_is_escalated_and_a_business_day_later_to_a_person() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=31)
    created = next(event for event in reminders.announced if isinstance(event.data, TaskCreated))
    reminders.hear_event(created)
    reminders.after(days=10)
    first, second = reminders.announced_of(TaskEscalated)
    assert (first.level, first.kind, first.about.client_id) == (1, "contact-gap", "c-1")
    assert (second.level, f"{second.at:%Y-%m-%d}") == (2, "2026-04-07")  # Easter lies between


def test_a_task_that_was_done_is_not_escalated() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=31)
    (task,) = reminders.tasks("contact-gap")
    reminders.decide(task.task_id, "not-needed", {"reason": "on leave"}, actor=ASSISTANT)
    for event in list(reminders.announced):
        reminders.hear_event(event)
    reminders.after(days=10)
    assert reminders.announced_of(TaskEscalated) == []


def test_an_event_no_playbook_names_leaves_no_trace() -> None:
    reminders = Reminders()
    reminders.tell(SurveyDue(client_id="c-1", matter_id="m-1"))
    assert (reminders.timers(), reminders.announced) == ([], [])


def test_fired_timers_are_kept_so_that_nothing_is_done_twice() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(days=1)
    assert [timer.rule_id for timer in reminders.timers(State.FIRED)] == ["welcome"]
