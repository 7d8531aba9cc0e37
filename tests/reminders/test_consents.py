"""Is a client written to only as they want: for what they agreed to, when and how they chose?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reminders.ports import CARDS
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import ClientUpdated
from shared.contracts.intake import (
    ClientPreferencesUpdated,
    ConflictCleared,
    ConsentGranted,
    ConsentWithdrawn,
)
from shared.contracts.reputation import ReviewRequested
from tests.reminders.over_memory import (
    MONDAY,
    OPENED,
    Reminders,
    client,
    new_config,
    scheduled,
)

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")
REVIEW = ReviewRequested(request_id="w-1", client_id="c-1", matter_id="m-1", site="google")
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)  # 23:00 in Berlin


def ready(reminders: Reminders | None = None, **changes: Any) -> Reminders:
    reminders = reminders or Reminders()
    reminders.tell(client(**changes))
    return reminders


def withdrawn(purpose: str = "all", **more: Any) -> ConsentWithdrawn:
    return ConsentWithdrawn(client_id="c-1", purpose=purpose, at=MONDAY, **more)


def preferences(**chosen: Any) -> ClientPreferencesUpdated:
    return ClientPreferencesUpdated(client_id="c-1", at=MONDAY, **chosen)


def granted(purpose: str, **more: Any) -> ConsentGranted:
    return ConsentGranted(client_id="c-1", purpose=purpose, at=MONDAY, **more)


def test_service_messages_need_no_consent() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    assert len(reminders.after(minutes=1)) == 1


def test_feedback_is_asked_for_unless_withdrawn() -> None:
    reminders = ready()
    reminders.tell(withdrawn("feedback"), SURVEY)
    assert reminders.after(days=10) == []
    assert ("survey-invitation", "withdrawn") in reminders.suppressed()


def test_who_withdraws_everything_gets_no_service_messages_either() -> None:
    reminders = ready()
    reminders.tell(withdrawn(), scheduled(MONDAY + timedelta(days=9)))
    reminders.after(minutes=1)
    assert ("appointment-confirmation", "withdrawn") in reminders.suppressed()


def test_a_newer_general_opt_out_beats_an_older_specific_opt_in() -> None:
    reminders = ready()
    reminders.hear(withdrawn(), time=MONDAY)
    reminders.hear(granted("feedback", channel="email"), time=MONDAY - timedelta(hours=1))
    reminders.tell(SURVEY)
    assert reminders.after(minutes=1) == []


def test_a_newer_opt_in_beats_an_older_general_opt_out() -> None:
    reminders = ready()
    reminders.hear(withdrawn(), time=MONDAY - timedelta(hours=1))
    reminders.hear(granted("feedback"), time=MONDAY)
    reminders.tell(SURVEY)
    assert len(reminders.after(minutes=1)) == 1


def test_what_a_client_opted_out_of_themselves_nobody_else_opts_them_in_to() -> None:
    reminders = ready()
    reminders.hear(withdrawn("feedback", by="client"), time=MONDAY - timedelta(hours=1))
    reminders.hear(granted("feedback"), time=MONDAY)
    reminders.tell(SURVEY)
    assert reminders.after(minutes=1) == []


def test_a_client_takes_back_their_own_opt_out() -> None:
    reminders = ready()
    reminders.hear(withdrawn("feedback", by="client"), time=MONDAY - timedelta(hours=1))
    reminders.hear(granted("feedback", by="client"), time=MONDAY)
    reminders.tell(SURVEY)
    assert len(reminders.after(minutes=1)) == 1


def test_an_opt_out_told_to_the_firm_ends_the_clients_own_opt_in() -> None:
    reminders = ready()
    reminders.hear(granted("feedback", by="client"), time=MONDAY - timedelta(hours=1))
    reminders.hear(withdrawn("feedback", by="firm"), time=MONDAY)
    reminders.tell(SURVEY)
    assert reminders.after(minutes=1) == []


def test_a_clients_own_quiet_hours_count_beside_the_firms() -> None:
    reminders = ready()
    reminders.tell(preferences(quiet_from="09:00", quiet_to="18:00"), OPENED, CLEARED)
    assert reminders.after(hours=7) == []  # until 17:00 in Berlin
    assert len(reminders.after(hours=1)) == 1


def test_a_client_who_can_never_be_written_to_is_called() -> None:
    reminders = ready()
    reminders.tell(preferences(quiet_from="07:00", quiet_to="21:00"), OPENED, CLEARED)
    assert reminders.after(days=2) == []
    assert len(reminders.tasks("call-client")) == 1


def test_who_chose_to_be_called_is_called_about_their_matter() -> None:
    reminders = ready()
    reminders.tell(preferences(preferred_channel="phone"), OPENED, CLEARED)
    assert reminders.after(days=1) == []
    assert reminders.suppressed() == [("welcome", "prefers-phone")]
    (task,) = reminders.tasks("call-client")
    assert task.title == "Call the client: they chose to be called"


def test_who_chose_to_be_called_is_still_asked_in_writing_how_it_went() -> None:
    reminders = ready()
    reminders.tell(preferences(preferred_channel="phone"), SURVEY)
    assert len(reminders.after(minutes=1)) == 1


def test_who_chose_to_be_called_and_has_no_number_any_more_is_written_to() -> None:
    reminders = ready(phone=None)
    reminders.tell(preferences(preferred_channel="phone"), OPENED, CLEARED)
    assert len(reminders.after(minutes=1)) == 1


def test_a_sync_of_another_system_does_not_undo_the_wish_to_be_called() -> None:
    reminders = ready()
    reminders.tell(preferences(preferred_channel="phone"))
    reminders.tell(client(preferred_channel="email"), OPENED, CLEARED)
    assert reminders.after(minutes=1) == []


def test_a_language_the_client_chose_outlives_a_sync_of_another_system() -> None:
    reminders = ready()
    reminders.tell(preferences(locale="en-GB"))
    reminders.tell(client(), OPENED, CLEARED)
    (message,) = reminders.after(minutes=1)
    assert message.locale == "en-GB"


def test_an_opt_out_of_one_channel_leaves_the_others() -> None:
    reminders = ready()
    reminders.tell(withdrawn("service", channel="email"), OPENED, CLEARED)
    reminders.after(minutes=1)
    assert ("welcome", "no-channel") in reminders.suppressed()
    assert len(reminders.tasks("call-client")) == 1


def test_consent_withdrawn_while_a_message_waits_is_respected() -> None:
    reminders = ready()
    reminders.now = NIGHT
    reminders.tell(SURVEY)
    reminders.after(hours=1)
    reminders.tell(withdrawn("feedback"))
    assert reminders.after(hours=12) == []


def test_a_review_ask_counts_as_feedback() -> None:
    reminders = ready()
    reminders.tell(REVIEW)
    assert len(reminders.after(minutes=1)) == 1


def test_under_the_german_profile_a_review_ask_needs_consent_for_marketing() -> None:
    reminders = ready(Reminders(new_config(profile="german")))
    reminders.tell(REVIEW)
    assert reminders.after(minutes=1) == []
    assert ("review-ask", "no-consent") in reminders.suppressed()


def test_with_that_consent_the_review_ask_goes() -> None:
    reminders = ready(Reminders(new_config(profile="german")))
    reminders.tell(granted("marketing"), REVIEW)
    assert len(reminders.after(minutes=1)) == 1


def test_in_germany_a_survey_needs_consent_before_it_is_sent() -> None:
    reminders = ready(Reminders(new_config(profile="germany")))
    reminders.tell(SURVEY)
    assert reminders.after(minutes=1) == []
    assert ("survey-invitation", "no-consent") in reminders.suppressed()


def test_with_that_consent_the_survey_goes() -> None:
    reminders = ready(Reminders(new_config(profile="germany")))
    reminders.tell(granted("feedback"), SURVEY)
    assert len(reminders.after(minutes=1)) == 1


@pytest.mark.parametrize("profile", ["general", "us", "england-and-wales"])
def test_elsewhere_a_survey_goes_until_the_client_objects(profile: str) -> None:
    reminders = ready(Reminders(new_config(profile=profile)))
    reminders.tell(SURVEY)
    assert len(reminders.after(minutes=1)) == 1


def test_a_nightly_list_of_old_consents_does_not_undo_what_the_firm_noted() -> None:
    grants = [{"purpose": "feedback", "basis": "form"}]
    reminders = Reminders()
    reminders.tell(client(consents=grants), withdrawn("feedback", by="firm"))
    for night in range(3):
        reminders.now = MONDAY + timedelta(days=night + 1)
        reminders.tell(ClientUpdated.model_validate({"client_id": "c-1", "consents": grants}))
        reminders.tell(client(consents=grants))
    (card,) = reminders.all(CARDS)
    assert card.consented(["feedback"], "email") is False


def test_a_consent_given_after_the_withdrawal_counts_by_when_it_was_given() -> None:
    reminders = Reminders()
    reminders.tell(client(), withdrawn("feedback", by="firm"))
    given = {"purpose": "feedback", "basis": "form", "given_at": MONDAY + timedelta(days=1)}
    reminders.tell(ClientUpdated.model_validate({"client_id": "c-1", "consents": [given]}))
    (card,) = reminders.all(CARDS)
    assert card.consented(["feedback"], "email") is True
