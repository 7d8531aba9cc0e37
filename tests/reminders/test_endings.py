"""Does everything a playbook wants end when there is no ground for it any more?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.reminders.app import HERE, read_playbooks
from services.reminders.domain.occurrence import State
from services.reminders.domain.playbook import Rule
from services.reminders.domain.rule_sentences import open_ends
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import (
    DocumentRequested,
    InvoiceIssued,
    InvoiceSettled,
    MatterClosed,
    MatterOpened,
    MatterReopened,
)
from shared.contracts.reminders import InvitationDropped, ReviewAskDue, SurveyDue
from shared.contracts.reputation import ReviewRequested
from tests.reminders.over_memory import MONDAY, Reminders, client, scheduled

BERLIN = ZoneInfo("Europe/Berlin")
JUDGED_WHERE_IT_IS_HEARD = {
    "concern-check-due",  # opened again or not: tests/feedback/test_leading_concerns.py
}
OPENED = MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s-9")
CLOSED = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY)
REOPENED = MatterReopened(matter_id="m-1", client_id="c-1")
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")
REVIEW = ReviewRequested(request_id="w-1", client_id="c-1", matter_id="m-1", site="google")


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client())
    return reminders


def requested(due_at: datetime) -> DocumentRequested:
    return DocumentRequested(request_id="r-1", client_id="c-1", matter_id="m-1", due_at=due_at)


def issued(due_at: datetime) -> InvoiceIssued:
    return InvoiceIssued(invoice_id="i-1", client_id="c-1", due_at=due_at)


@pytest.mark.parametrize("rule", [each.rule for each in read_playbooks(HERE / "playbooks")],
                         ids=lambda rule: rule.rule_id)  # fmt: skip
def test_every_shipped_rule_says_what_undoes_it_and_when_it_is_too_late(rule: Rule) -> None:
    found = open_ends(rule)
    if rule.rule_id in JUDGED_WHERE_IT_IS_HEARD:
        assert rule.announce is not None
        found = [each for each in found if not each.startswith("nothing undoes it")]
    assert found == []


def test_a_matter_taken_up_again_ends_what_would_have_followed_its_closing() -> None:
    reminders = ready()
    reminders.tell(CLOSED)
    reminders.after(days=2)
    reminders.tell(REOPENED)
    reminders.after(days=60)
    assert reminders.sent_rules() == ["matter-closed"]
    assert reminders.announced_of(SurveyDue) == []
    assert reminders.announced_of(ReviewAskDue) == []


def test_a_survey_and_a_review_ask_that_come_to_nothing_are_said_with_their_reason() -> None:
    reminders = ready()
    reminders.tell(CLOSED)
    reminders.after(days=2)
    reminders.hear(REOPENED, id="again")
    dropped = reminders.announced_of(InvitationDropped)
    assert {each.invitation for each in dropped} == {"survey-due", "review-ask-due"}
    assert {(each.client_id, each.matter_id) for each in dropped} == {("c-1", "m-1")}
    assert {(each.reason, each.why.event_id) for each in dropped} == {("cancelled", "again")}


def test_what_has_come_or_only_moves_is_not_said_to_be_dropped() -> None:
    reminders = ready()
    reminders.tell(CLOSED)
    reminders.after(days=1)
    reminders.tell(CLOSED.model_copy(update={"closed_at": MONDAY - timedelta(days=1)}))
    reminders.after(days=9)
    reminders.tell(REOPENED)
    (dropped,) = reminders.announced_of(InvitationDropped)
    assert dropped.invitation == "review-ask-due"


def test_a_closing_told_too_late_for_a_survey_says_that_none_is_asked_for() -> None:
    reminders = ready()
    reminders.tell(CLOSED.model_copy(update={"closed_at": MONDAY - timedelta(days=60)}))
    reminders.tell(client(locale="en-GB"), OPENED)
    reasons = [(each.invitation, each.reason) for each in reminders.announced_of(InvitationDropped)]
    assert reasons == [("survey-due", "past"), ("review-ask-due", "past")]


def test_a_survey_for_which_it_was_too_late_after_an_outage_is_said_not_to_come() -> None:
    reminders = ready()
    reminders.tell(CLOSED)
    reminders.now += timedelta(days=60)
    reminders.after(minutes=1)
    reasons = {(each.invitation, each.reason) for each in reminders.announced_of(InvitationDropped)}
    assert reasons == {("survey-due", "expired"), ("review-ask-due", "expired")}


def test_a_matter_closed_a_second_time_is_a_closing_of_its_own() -> None:
    reminders = ready()
    for days, event in ((0, CLOSED), (2, REOPENED), (40, CLOSED)):
        reminders.until(MONDAY + timedelta(days=days))
        closed_at = {"closed_at": reminders.now} if event is CLOSED else {}
        reminders.tell(event.model_copy(update=closed_at))
    reminders.after(days=30)
    assert reminders.sent_rules() == ["matter-closed", "matter-closed"]
    assert len(reminders.announced_of(SurveyDue)) == 1


def test_a_matter_taken_up_again_takes_back_the_survey_and_the_review_ask() -> None:
    reminders = ready()
    reminders.tell(CLOSED, SURVEY, REVIEW)
    reminders.after(minutes=5)
    reminders.tell(REOPENED)
    before = len(reminders.messages)
    reminders.after(days=40)
    assert len(reminders.messages) == before
    assert {each.purpose for each in reminders.timers(State.PLANNED)} == {"contact-gap"}


def test_what_was_asked_for_late_does_not_go_once_the_matter_was_taken_up_again() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    for word in (CLOSED, REOPENED, SURVEY, REVIEW):  # feedback and reputation were behind
        reminders.now += timedelta(minutes=1)
        reminders.tell(word)
    reminders.after(days=40)
    assert set(reminders.sent_rules()) <= {"matter-closed"}


def test_what_was_asked_for_too_late_says_that_nobody_is_asked() -> None:
    reminders = ready()
    for word in (OPENED, CLOSED, REOPENED, SURVEY, REVIEW):
        reminders.now += timedelta(minutes=1)
        reminders.tell(word)
    dropped = [each.invitation for each in reminders.announced_of(InvitationDropped)]
    assert dropped == ["survey-due", "review-ask-due", "feedback-requested", "review-requested"]


def test_a_matter_closed_for_the_second_time_is_asked_about() -> None:
    reminders = ready()
    for word in (OPENED, CLOSED, REOPENED, CLOSED, SURVEY):
        reminders.now += timedelta(minutes=1)
        reminders.tell(word)
    reminders.after(days=1)
    assert "survey-invitation" in reminders.sent_rules()


def test_a_milestone_of_a_matter_taken_up_again_is_asked_about() -> None:
    reminders = ready()
    for word in (CLOSED, REOPENED, SURVEY.model_copy(update={"stage": "milestone"})):
        reminders.now += timedelta(minutes=1)
        reminders.tell(word)
    assert "survey-invitation" in [each.rule_id for each in reminders.after(hours=1)]


def test_a_survey_while_the_matter_goes_on_is_sent_all_the_same() -> None:
    reminders = ready()
    reminders.tell(OPENED)
    reminders.after(days=1)
    reminders.tell(SURVEY.model_copy(update={"stage": "first-hearing"}))
    assert [message.rule_id for message in reminders.after(minutes=1)] == ["survey-invitation"]


def test_a_closing_date_that_is_corrected_repeats_nothing() -> None:
    reminders = ready()
    reminders.tell(CLOSED)
    reminders.after(days=3)
    reminders.tell(CLOSED.model_copy(update={"closed_at": MONDAY - timedelta(days=2)}))
    reminders.after(days=40)
    assert reminders.sent_rules() == ["matter-closed"]
    assert len(reminders.announced_of(SurveyDue)) == 1
    assert len(reminders.announced_of(ReviewAskDue)) == 1


def test_a_matter_entered_as_closed_years_later_brings_no_word() -> None:
    reminders = ready()
    reminders.tell(CLOSED.model_copy(update={"closed_at": MONDAY - timedelta(days=730)}))
    assert reminders.after(days=60) == []
    assert reminders.announced_of(SurveyDue) == []


def test_an_appointment_entered_after_it_took_place_is_not_confirmed() -> None:
    reminders = ready()
    reminders.tell(scheduled(MONDAY - timedelta(hours=3)))
    assert reminders.after(days=1) == []


def test_a_closed_matter_ends_the_chase_for_its_documents() -> None:
    reminders = ready()
    reminders.tell(OPENED, requested(MONDAY + timedelta(days=10)))
    reminders.after(days=4)
    reminders.tell(CLOSED)
    reminders.after(days=60)
    assert reminders.sent_rules() == ["document-week-before", "matter-closed"]
    assert reminders.tasks("call-client") == []


def test_a_closed_matter_takes_back_the_call_about_its_document() -> None:
    reminders = ready()
    reminders.tell(OPENED, requested(MONDAY + timedelta(days=10)))
    reminders.after(days=32)
    assert len(reminders.tasks("call-client")) == 1
    reminders.tell(CLOSED.model_copy(update={"closed_at": reminders.now}))
    assert reminders.tasks("call-client") == []


@pytest.mark.parametrize("how", ["cancelled", "credited", "disputed", "plan-agreed"])
def test_an_invoice_that_need_not_be_paid_is_not_reminded_of(how: str) -> None:
    reminders = ready()
    reminders.tell(issued(MONDAY + timedelta(days=10)))
    reminders.after(days=1)
    reminders.tell(InvoiceSettled.model_validate(
        {"invoice_id": "i-1", "client_id": "c-1", "how": how}))  # fmt: skip
    assert reminders.after(days=60) == []
    assert reminders.tasks("call-client") == []


def test_a_document_due_in_two_months_is_left_alone_until_then() -> None:
    reminders = ready()
    reminders.tell(requested(MONDAY + timedelta(days=60)))
    assert reminders.after(days=50) == []


def test_a_document_due_the_day_after_tomorrow_is_reminded_of_before() -> None:
    reminders = ready()
    reminders.tell(requested(MONDAY + timedelta(days=2)))
    assert [each.rule_id for each in reminders.after(days=2)] == ["document-day-before"]


def test_invoices_and_documents_are_reminded_of_on_business_days() -> None:
    reminders = ready()
    for day in range(40):
        due_at = MONDAY + timedelta(days=20 + day)
        reminders.tell(
            issued(due_at).model_copy(update={"invoice_id": f"i-{day}"}),
            requested(due_at).model_copy(update={"request_id": f"r-{day}"}),
        )
    days = [timer.due_at.astimezone(BERLIN).date() for timer in reminders.timers(State.PLANNED)]
    assert len(days) > 200
    assert [day for day in days if day.weekday() >= 5] == []


def test_a_call_about_an_appointment_ends_when_it_takes_place() -> None:
    reminders = Reminders()
    reminders.tell(client(email=None), scheduled(MONDAY + timedelta(days=3)))
    reminders.after(days=2, hours=23)
    assert len(reminders.tasks("call-client")) == 1
    reminders.after(hours=2)
    assert [task.state for task in reminders.tasks("call-client", None)] == ["cancelled"]


def test_what_several_messages_could_not_say_is_one_call() -> None:
    reminders = Reminders()
    reminders.tell(client(email=None), scheduled(MONDAY + timedelta(days=20)))
    reminders.after(days=19, hours=20)
    (task,) = reminders.tasks("call-client", None)
    assert task.version > 1
