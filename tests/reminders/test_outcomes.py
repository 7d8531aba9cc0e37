"""Is what became of a message recorded, said, and followed by what it calls for?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.reminders.domain.contact import RETRIES, State
from services.reminders.ports import SUPPRESSIONS, Outcome, Result
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.intake import ConflictCleared
from shared.contracts.reminders import (
    ContactDeferred,
    ContactFailed,
    ContactSent,
    ContactUnknown,
)
from shared.errors import RuleError
from tests.reminders.office import ASSISTANT, MONDAY, SENT, Reminders, client, scheduled

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")


def ready(*outcomes: Outcome | str, then: Outcome = SENT, **changes: Any) -> Reminders:
    office = Reminders()
    office.tell(client(**changes))
    said = iter(outcomes)
    office.outcome = lambda _: next(said, then)
    return office


def test_a_message_handed_over_is_sent_and_said() -> None:
    office = ready()
    office.tell(CLEARED)
    office.after(minutes=1)
    assert office.contact("welcome").state is State.SENT
    assert len(office.announced_of(ContactSent)) == 1


def test_an_address_that_refuses_is_never_written_to_again() -> None:
    office = ready(Outcome(Result.REFUSED, "recipient-550"))
    office.tell(CLEARED)
    office.after(minutes=1)
    assert [each.address for each in office.all(SUPPRESSIONS)] == ["ada@muster.example"]
    office.tell(scheduled(MONDAY + timedelta(days=9)))
    assert office.after(days=1) == []
    assert ("appointment-confirmation", "address-suppressed") in office.suppressed()


def test_another_client_with_the_same_address_is_not_written_to_either() -> None:
    office = ready(Outcome(Result.REFUSED, "recipient-550"))
    office.tell(CLEARED)
    office.after(minutes=1)
    office.tell(
        client(client_id="c-2", email="ADA@muster.example"),
        CLEARED.model_copy(update={"client_id": "c-2"}),
    )
    assert office.after(days=1) == []


def test_a_refused_message_is_said_and_becomes_a_call() -> None:
    office = ready(Outcome(Result.REFUSED, "recipient-550"))
    office.tell(CLEARED)
    office.after(minutes=1)
    (failed,) = office.announced_of(ContactFailed)
    assert failed.reason == "recipient-550"
    assert len(office.tasks("call-client")) == 1


def test_what_the_server_does_not_take_now_is_tried_again_later_and_later() -> None:
    later = Outcome(Result.RETRY, "away")
    office = ready(later, later)
    office.tell(CLEARED)
    office.after(seconds=90)
    assert office.contact("welcome").due_at == MONDAY + timedelta(minutes=3)
    assert len(office.after(minutes=2)) == 1
    assert [each.reason for each in office.announced_of(ContactDeferred)] == ["away"]


def test_what_is_never_taken_ends_with_a_call_and_without_blaming_the_address() -> None:
    office = ready(then=Outcome(Result.RETRY, "away"))
    office.tell(CLEARED)
    office.after(days=3)
    assert office.contact("welcome").retries == RETRIES
    assert len(office.tasks("call-client")) == 1
    assert office.all(SUPPRESSIONS) == []


def test_a_retry_asks_every_gate_again() -> None:
    office = ready(Outcome(Result.RETRY, "away"))
    office.tell(scheduled(MONDAY + timedelta(minutes=30)))
    office.now = MONDAY + timedelta(seconds=30)
    office.after(seconds=1)
    office.now = MONDAY + timedelta(hours=1)
    assert office.after(minutes=1) == []
    assert ("appointment-confirmation", "expired") in office.suppressed()


def test_an_unknown_message_is_sent_again_once_where_twice_is_better_than_never() -> None:
    office = ready(Outcome(Result.UNKNOWN, "no-answer"))
    office.tell(CLEARED)
    office.after(minutes=1)
    assert len(office.announced_of(ContactUnknown)) == 1
    assert (office.contact("welcome").state, office.contact("welcome").resends) == (State.SENT, 1)


def test_unknown_twice_a_person_settles_it() -> None:
    office = ready(then=Outcome(Result.UNKNOWN, "no-answer"))
    office.tell(CLEARED)
    office.after(days=1)
    assert len(office.announced_of(ContactUnknown)) == 2
    assert len(office.tasks("unknown-message")) == 1


def test_an_unknown_survey_is_held_for_a_person() -> None:
    office = ready(Outcome(Result.UNKNOWN, "no-answer"))
    office.tell(SURVEY)
    office.after(days=1)
    assert office.contact("survey-invitation").state is State.UNKNOWN
    assert len(office.tasks("unknown-message")) == 1


@pytest.mark.parametrize(("decision", "sends"), [("was-sent", 0), ("send-again", 1)])
def test_a_person_settles_an_unknown_message(decision: str, sends: int) -> None:
    office = ready(Outcome(Result.UNKNOWN, "no-answer"))
    office.tell(SURVEY)
    office.after(minutes=1)
    (task,) = office.tasks("unknown-message")
    office.decide(task.task_id, decision, actor=ASSISTANT)
    assert len(office.after(minutes=1)) == sends
    assert office.contact("survey-invitation").state is State.SENT


def test_a_message_cut_off_by_a_crash_is_unknown_to_the_restarted_process() -> None:
    office = ready("0:before-the-crash")
    office.tell(SURVEY)
    assert office.after(minutes=1) == []
    assert [each.reason for each in office.announced_of(ContactUnknown)] == ["crash"]


def test_a_message_in_another_replicas_hands_is_left_alone_until_its_time_is_up() -> None:
    office = ready("1:elsewhere")
    office.tell(SURVEY)
    office.after(minutes=5)
    assert office.announced_of(ContactUnknown) == []
    office.after(minutes=10)
    assert len(office.announced_of(ContactUnknown)) == 1


def test_a_message_not_reached_in_time_is_put_back_untouched() -> None:
    office = ready(Outcome(Result.NOT_TRIED))
    office.tell(CLEARED)
    assert len(office.after(minutes=1)) == 1
    assert office.contact("welcome").retries == 0


def test_a_message_that_lacks_a_word_is_refused_and_becomes_a_call() -> None:
    office = ready()
    card, version = office._kept["cards"]["c-1"]
    office._kept["cards"]["c-1"] = (replace(card, name="Ada\x00Muster"), version)
    office.tell(CLEARED)
    assert office.after(minutes=1) == []
    assert office.suppressed() == [("welcome", "unsafe-text")]
    assert len(office.tasks("call-client")) == 1


def test_reached_by_phone_the_client_counts_as_contacted() -> None:
    office = ready(email=None)
    office.tell(CLEARED)
    office.after(minutes=1)
    (task,) = office.tasks("call-client")
    office.decide(task.task_id, "reached", actor=ASSISTANT)
    (sent,) = office.announced_of(ContactSent)
    assert (sent.channel, sent.rule_id) == ("phone", "welcome")


def test_not_reached_somebody_tries_again_three_times_in_all() -> None:
    office = ready(email=None)
    office.tell(CLEARED)
    office.after(minutes=1)
    for _ in range(3):
        (task,) = office.tasks("call-client")
        office.decide(task.task_id, "not-reached", actor=ASSISTANT)
    assert office.tasks("call-client") == []
    assert len(office.tasks("call-client", None)) == 3


def test_whoever_calls_sees_whom_at_which_number_and_what_to_say() -> None:
    office = ready(email=None)
    office.tell(CLEARED)
    office.after(minutes=1)
    shown = office.view(office.tasks("call-client")[0].task_id, ASSISTANT)
    assert (shown["name"], shown["phone"]) == ("Ada Muster", "+49 30 1234")
    assert "Ada Muster" in shown["message"]


def test_whoever_settles_an_unknown_message_sees_it_without_its_link() -> None:
    office = ready(Outcome(Result.UNKNOWN, "no-answer"))
    office.tell(SURVEY)
    office.after(minutes=1)
    shown = office.view(office.tasks("unknown-message")[0].task_id, ASSISTANT)
    assert "[link]" in shown["message"]


def test_an_unknown_message_cannot_be_settled_twice() -> None:
    office = ready(Outcome(Result.UNKNOWN, "no-answer"))
    office.tell(SURVEY)
    office.after(minutes=1)
    (task,) = office.tasks("unknown-message")
    contact = office.contact("survey-invitation")
    office._kept["contacts"][contact.contact_id] = (
        contact.to(State.SENT),
        office._kept["contacts"][contact.contact_id][1],
    )
    with pytest.raises(RuleError, match="settled already"):
        office.decide(task.task_id, "was-sent", actor=ASSISTANT)
