"""Is a client written to only as they want: for what they agreed to, when and how they chose?"""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.contracts.feedback import FeedbackRequested
from shared.contracts.intake import (
    ClientPreferencesUpdated,
    ConflictCleared,
    ConsentGranted,
    ConsentWithdrawn,
)
from shared.contracts.reputation import ReviewRequested
from tests.reminders.office import (
    MONDAY,
    Reminders,
    client,
    new_house,
    scheduled,
)

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")
REVIEW = ReviewRequested(request_id="w-1", client_id="c-1", matter_id="m-1", site="google")
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)  # 23:00 in Berlin


def ready(office: Reminders | None = None, **changes: Any) -> Reminders:
    office = office or Reminders()
    office.tell(client(**changes))
    return office


def withdrawn(purpose: str = "all", **more: Any) -> ConsentWithdrawn:
    return ConsentWithdrawn(client_id="c-1", purpose=purpose, at=MONDAY, **more)


def preferences(**chosen: Any) -> ClientPreferencesUpdated:
    return ClientPreferencesUpdated(client_id="c-1", at=MONDAY, **chosen)


def granted(purpose: str, **more: Any) -> ConsentGranted:
    return ConsentGranted(client_id="c-1", purpose=purpose, at=MONDAY, **more)


def test_service_messages_need_no_consent() -> None:
    office = ready()
    office.tell(CLEARED)
    assert len(office.after(minutes=1)) == 1


def test_feedback_is_asked_for_unless_withdrawn() -> None:
    office = ready()
    office.tell(withdrawn("feedback"), SURVEY)
    assert office.after(days=10) == []
    assert ("survey-invitation", "withdrawn") in office.suppressed()


def test_who_withdraws_everything_gets_no_service_messages_either() -> None:
    office = ready()
    office.tell(withdrawn(), scheduled(MONDAY + timedelta(days=9)))
    office.after(minutes=1)
    assert ("appointment-confirmation", "withdrawn") in office.suppressed()


def test_a_newer_general_opt_out_beats_an_older_specific_opt_in() -> None:
    office = ready()
    office.hear(withdrawn(), time=MONDAY)
    office.hear(granted("feedback", channel="email"), time=MONDAY - timedelta(hours=1))
    office.tell(SURVEY)
    assert office.after(minutes=1) == []


def test_a_newer_opt_in_beats_an_older_general_opt_out() -> None:
    office = ready()
    office.hear(withdrawn(), time=MONDAY - timedelta(hours=1))
    office.hear(granted("feedback"), time=MONDAY)
    office.tell(SURVEY)
    assert len(office.after(minutes=1)) == 1


def test_what_a_client_opted_out_of_themselves_nobody_else_opts_them_in_to() -> None:
    office = ready()
    office.hear(withdrawn("feedback", by="client"), time=MONDAY - timedelta(hours=1))
    office.hear(granted("feedback"), time=MONDAY)
    office.tell(SURVEY)
    assert office.after(minutes=1) == []


def test_a_client_takes_back_their_own_opt_out() -> None:
    office = ready()
    office.hear(withdrawn("feedback", by="client"), time=MONDAY - timedelta(hours=1))
    office.hear(granted("feedback", by="client"), time=MONDAY)
    office.tell(SURVEY)
    assert len(office.after(minutes=1)) == 1


def test_an_opt_out_told_to_the_firm_ends_the_clients_own_opt_in() -> None:
    office = ready()
    office.hear(granted("feedback", by="client"), time=MONDAY - timedelta(hours=1))
    office.hear(withdrawn("feedback", by="firm"), time=MONDAY)
    office.tell(SURVEY)
    assert office.after(minutes=1) == []


def test_a_clients_own_quiet_hours_count_beside_the_firms() -> None:
    office = ready()
    office.tell(preferences(quiet_from="09:00", quiet_to="18:00"), CLEARED)
    assert office.after(hours=7) == []  # until 17:00 in Berlin
    assert len(office.after(hours=1)) == 1


def test_a_client_who_can_never_be_written_to_is_called() -> None:
    office = ready()
    office.tell(preferences(quiet_from="07:00", quiet_to="21:00"), CLEARED)
    assert office.after(days=2) == []
    assert len(office.tasks("call-client")) == 1


def test_who_chose_to_be_called_is_called_about_their_matter() -> None:
    office = ready()
    office.tell(preferences(preferred_channel="phone"), CLEARED)
    assert office.after(days=1) == []
    assert office.suppressed() == [("welcome", "prefers-phone")]
    (task,) = office.tasks("call-client")
    assert task.title == "Call the client: they chose to be called"


def test_who_chose_to_be_called_is_still_asked_in_writing_how_it_went() -> None:
    office = ready()
    office.tell(preferences(preferred_channel="phone"), SURVEY)
    assert len(office.after(minutes=1)) == 1


def test_who_chose_to_be_called_and_has_no_number_any_more_is_written_to() -> None:
    office = ready(phone=None)
    office.tell(preferences(preferred_channel="phone"), CLEARED)
    assert len(office.after(minutes=1)) == 1


def test_a_sync_of_another_system_does_not_undo_the_wish_to_be_called() -> None:
    office = ready()
    office.tell(preferences(preferred_channel="phone"))
    office.tell(client(preferred_channel="email"), CLEARED)
    assert office.after(minutes=1) == []


def test_a_language_the_client_chose_outlives_a_sync_of_another_system() -> None:
    office = ready()
    office.tell(preferences(locale="en-GB"))
    office.tell(client(), CLEARED)
    (letter,) = office.after(minutes=1)
    assert letter.locale == "en-GB"


def test_an_opt_out_of_one_channel_leaves_the_others() -> None:
    office = ready()
    office.tell(withdrawn("service", channel="email"), CLEARED)
    office.after(minutes=1)
    assert ("welcome", "no-channel") in office.suppressed()
    assert len(office.tasks("call-client")) == 1


def test_consent_withdrawn_while_a_message_waits_is_respected() -> None:
    office = ready()
    office.now = NIGHT
    office.tell(SURVEY)
    office.after(hours=1)
    office.tell(withdrawn("feedback"))
    assert office.after(hours=12) == []


def test_a_review_ask_counts_as_feedback() -> None:
    office = ready()
    office.tell(REVIEW)
    assert len(office.after(minutes=1)) == 1


def test_under_the_german_profile_a_review_ask_needs_consent_for_marketing() -> None:
    office = ready(Reminders(new_house(profile="german")))
    office.tell(REVIEW)
    assert office.after(minutes=1) == []
    assert ("review-ask", "no-consent") in office.suppressed()


def test_with_that_consent_the_review_ask_goes() -> None:
    office = ready(Reminders(new_house(profile="german")))
    office.tell(granted("marketing"), REVIEW)
    assert len(office.after(minutes=1)) == 1
