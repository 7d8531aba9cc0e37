"""How often is a client asked for something?"""

from datetime import timedelta

from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import MatterClosed
from shared.contracts.intake import ConsentWithdrawn
from shared.contracts.reminders import ContactSuppressed
from shared.contracts.reputation import ReviewRequested
from shared.contracts.tasks import TaskCreated
from tests.reminders.over_memory import MONDAY, Reminders, client, scheduled


def survey(number: int) -> FeedbackRequested:
    return FeedbackRequested(
        survey_id=f"s-{number}", client_id="c-1", matter_id=f"m-{number}", stage="closing"
    )


def review(number: int) -> ReviewRequested:
    return ReviewRequested(
        request_id=f"r-{number}", client_id="c-1", matter_id=f"m-{number}", site="google"
    )


def invitations(reminders: Reminders, rule_id: str) -> int:
    return reminders.sent_rules().count(rule_id)


def test_five_matters_closed_in_a_week_bring_one_survey_and_one_review_ask() -> None:
    reminders = Reminders()
    reminders.tell(client())
    for number in range(5):
        reminders.tell(survey(number), review(number))
        reminders.after(days=1)
    reminders.after(days=58)
    assert invitations(reminders, "survey-invitation") == 1
    assert invitations(reminders, "review-ask") == 1


def test_what_is_over_the_cap_is_dropped_with_its_reason_and_never_queued() -> None:
    reminders = Reminders()
    reminders.tell(client(), survey(1))
    reminders.after(days=2)
    reminders.tell(survey(2))
    reminders.after(days=90)
    dropped = [e for e in reminders.announced_of(ContactSuppressed) if e.reason == "invited-lately"]
    assert {each.rule_id for each in dropped} == {"survey-invitation", "survey-reminder"}
    assert dropped[0].why.text == "The client was invited to something of this kind not long ago."


def test_a_reminder_belongs_to_its_invitation() -> None:
    reminders = Reminders()
    reminders.tell(client(), survey(1))
    reminders.after(days=10)
    assert reminders.sent_rules() == ["survey-invitation", "survey-reminder"]


def test_after_sixty_days_a_client_may_be_asked_again() -> None:
    reminders = Reminders()
    reminders.tell(client(), survey(1))
    reminders.after(days=61)
    reminders.tell(survey(2))
    reminders.after(days=2)
    assert invitations(reminders, "survey-invitation") == 2


def test_nobody_is_rung_to_be_asked_for_an_opinion() -> None:
    reminders = Reminders()
    reminders.tell(client(email=None), survey(1), review(1), MatterClosed(
        matter_id="m-1", client_id="c-1", closed_at=MONDAY))  # fmt: skip
    reminders.after(days=30)
    asked = {each.why.rule_id for each in reminders.announced_of(TaskCreated)}
    assert not asked & {"survey-invitation", "survey-reminder", "review-ask", "review-reminder"}


def test_who_wants_no_messages_is_still_told_of_a_date_by_a_person_once() -> None:
    reminders = Reminders()
    reminders.tell(
        client(), ConsentWithdrawn(client_id="c-1", purpose="all", at=MONDAY, by="client"),
        scheduled(MONDAY + timedelta(days=7)),
    )  # fmt: skip
    reminders.after(days=8)
    assert reminders.messages == []
    assert {each.kind for each in reminders.announced_of(TaskCreated)} == {"call-client"}
