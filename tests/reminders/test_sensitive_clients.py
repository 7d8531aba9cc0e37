"""What goes to a client whom somebody has to talk to first, who died, or is one of our own?"""

import pytest

from services.reminders.domain.card import NEUTRAL
from shared.contracts.restrictions import Effect, Kind
from shared.contracts.tasks import TaskCreated
from tests.reminders.over_memory import Reminders, client
from tests.reminders.test_invitations import review, survey
from tests.reminders.test_restrictions import placed


def after_closing(kind: Kind, effect: Effect, **more: object) -> Reminders:
    """A survey and a review ask, two weeks on, of a client about whom this was said."""
    reminders = Reminders()
    reminders.tell(client(), placed(kind, effect, **more), survey(1), review(1))
    reminders.after(days=14)
    return reminders


def test_the_survey_of_a_sensitive_client_is_one_call_and_no_message() -> None:
    reminders = after_closing("sensitivity", "person-first")
    assert "survey-invitation" not in reminders.sent_rules()
    (call,) = reminders.announced_of(TaskCreated)
    assert (call.kind, call.about.client_id) == ("call-client", "c-1")


@pytest.mark.parametrize("effect", ["wait", "stop", "person-first"])
def test_a_review_ask_is_kept_from_nobody_because_of_how_they_feel(effect: Effect) -> None:
    assert "review-ask" in after_closing("sensitivity", effect).sent_rules()


@pytest.mark.parametrize("kind", sorted(NEUTRAL))
def test_what_says_nothing_of_that_keeps_it(kind: Kind) -> None:
    assert "review-ask" not in after_closing(kind, "stop").sent_rules()


def test_nothing_goes_to_who_has_died_and_nobody_calls() -> None:
    reminders = after_closing("deceased", "stop")
    assert reminders.sent_rules() == []
    assert reminders.announced_of(TaskCreated) == []


def test_one_of_our_own_is_asked_for_no_review_and_for_everything_else() -> None:
    reminders = after_closing("insider", "stop", classes=["review-ask"])
    assert reminders.sent_rules()[0] == "survey-invitation"
    assert "review-ask" not in reminders.sent_rules()
