"""Is what became of a message recorded, said, and followed by what it calls for?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.reminders.domain.contact import State
from services.reminders.ports import CONTACTS, OUTBOUND, SUPPRESSIONS
from shared.channels import RETRIES, Outcome, Result
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.intake import ConflictCleared
from shared.contracts.reminders import (
    ContactDeferred,
    ContactFailed,
    ContactSent,
    ContactUnknown,
)
from shared.errors import RuleError
from tests.filled_in import usual
from tests.reminders.over_memory import (
    ASSISTANT,
    MONDAY,
    OPENED,
    SENT,
    Reminders,
    client,
    moved,
    new_config,
    scheduled,
)

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")


def ready(*outcomes: Outcome | str, then: Outcome = SENT, **changes: Any) -> Reminders:
    reminders = Reminders()
    reminders.tell(client(**changes))
    said = iter(outcomes)
    reminders.outcome = lambda _: next(said, then)
    return reminders


def test_a_message_handed_over_is_sent_and_said() -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    assert reminders.contact("welcome").state is State.HANDED_OVER
    assert len(reminders.announced_of(ContactSent)) == 1


def test_an_address_that_refuses_is_never_written_to_again() -> None:
    reminders = ready(Outcome(Result.REFUSED, "recipient-5.1.1"))
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    assert [each.address for each in reminders.all(SUPPRESSIONS)] == ["ada@muster.example"]
    reminders.tell(scheduled(MONDAY + timedelta(days=9)))
    assert reminders.after(days=1) == []
    assert ("appointment-confirmation", "address-suppressed") in reminders.suppressed()


def test_another_client_with_the_same_address_is_not_written_to_either() -> None:
    reminders = ready(Outcome(Result.REFUSED, "recipient-5.1.1"))
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    reminders.tell(
        client(client_id="c-2", email="ADA@muster.example"),
        CLEARED.model_copy(update={"client_id": "c-2"}),
        OPENED.model_copy(update={"client_id": "c-2", "matter_id": "m-2"}),
    )
    assert reminders.after(days=1) == []


def test_a_refused_message_is_said_and_becomes_a_call() -> None:
    reminders = ready(Outcome(Result.REFUSED, "recipient-5.1.1"))
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    (failed,) = reminders.announced_of(ContactFailed)
    assert failed.reason == "recipient-5.1.1"
    assert len(reminders.tasks("call-client")) == 1


def test_what_the_server_does_not_take_now_is_tried_again_later_and_later() -> None:
    later = Outcome(Result.RETRY, "away")
    reminders = ready(later, later)
    reminders.tell(OPENED, CLEARED)
    reminders.after(seconds=90)
    assert reminders.contact("welcome").due_at == MONDAY + timedelta(minutes=3)
    assert len(reminders.after(minutes=2)) == 1
    assert [each.reason for each in reminders.announced_of(ContactDeferred)] == ["away"]


def test_what_is_never_taken_ends_with_a_call_and_without_blaming_the_address() -> None:
    reminders = ready(then=Outcome(Result.RETRY, "away"))
    reminders.tell(OPENED, CLEARED)
    reminders.after(days=3)
    assert reminders.contact("welcome").retries == RETRIES
    assert len(reminders.tasks("call-client")) == 1
    assert reminders.all(SUPPRESSIONS) == []


def test_a_retry_asks_every_gate_again() -> None:
    reminders = ready(Outcome(Result.RETRY, "away"))
    reminders.tell(scheduled(MONDAY + timedelta(minutes=30)))
    reminders.now = MONDAY + timedelta(seconds=30)
    reminders.after(seconds=1)
    reminders.now = MONDAY + timedelta(hours=1)
    assert reminders.after(minutes=1) == []
    assert ("appointment-confirmation", "expired") in reminders.suppressed()


def test_an_unknown_message_is_sent_again_once_where_twice_is_better_than_never() -> None:
    reminders = ready(Outcome(Result.UNKNOWN, "no-answer"))
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    assert len(reminders.announced_of(ContactUnknown)) == 1
    assert (reminders.contact("welcome").state, reminders.contact("welcome").resends) == (
        State.HANDED_OVER,
        1,
    )


def test_unknown_twice_a_person_settles_it() -> None:
    reminders = ready(then=Outcome(Result.UNKNOWN, "no-answer"))
    reminders.tell(OPENED, CLEARED)
    reminders.after(days=1)
    assert len(reminders.announced_of(ContactUnknown)) == 2
    assert len(reminders.tasks("unknown-message")) == 1


def test_an_unknown_survey_is_held_for_a_person() -> None:
    reminders = ready(Outcome(Result.UNKNOWN, "no-answer"))
    reminders.tell(SURVEY)
    reminders.after(days=1)
    assert reminders.contact("survey-invitation").state is State.UNKNOWN
    assert len(reminders.tasks("unknown-message")) == 1


@pytest.mark.parametrize(("decision", "sends"), [("was-sent", 0), ("send-again", 1)])
def test_a_person_settles_an_unknown_message(decision: str, sends: int) -> None:
    reminders = ready(Outcome(Result.UNKNOWN, "no-answer"))
    reminders.tell(SURVEY)
    reminders.after(minutes=1)
    (task,) = reminders.tasks("unknown-message")
    reminders.decide(task.task_id, decision, usual(task.kind, decision), actor=ASSISTANT)
    assert len(reminders.after(minutes=1)) == sends
    assert reminders.contact("survey-invitation").state is State.HANDED_OVER


def test_a_message_cut_off_by_a_crash_is_unknown_to_the_restarted_process() -> None:
    reminders = ready("0:before-the-crash")
    reminders.tell(SURVEY)
    assert reminders.after(minutes=1) == []
    assert [each.reason for each in reminders.announced_of(ContactUnknown)] == ["crash"]


def test_a_message_in_another_replicas_hands_is_left_alone_until_its_time_is_up() -> None:
    reminders = ready("1:elsewhere")
    reminders.tell(SURVEY)
    reminders.after(minutes=5)
    assert reminders.announced_of(ContactUnknown) == []
    reminders.after(minutes=10)
    assert len(reminders.announced_of(ContactUnknown)) == 1


def test_a_message_not_reached_in_time_is_put_back_untouched() -> None:
    reminders = ready(Outcome(Result.NOT_TRIED))
    reminders.tell(OPENED, CLEARED)
    assert len(reminders.after(minutes=1)) == 1
    assert reminders.contact("welcome").retries == 0


def test_a_message_that_lacks_a_word_is_refused_and_becomes_a_call() -> None:
    reminders = ready()
    card, version = reminders._kept["cards"]["c-1"]
    reminders._kept["cards"]["c-1"] = (replace(card, name="Ada\x00Muster"), version)
    reminders.tell(OPENED, CLEARED)
    assert reminders.after(minutes=1) == []
    assert reminders.suppressed() == [("welcome", "unsafe-text")]
    assert len(reminders.tasks("call-client")) == 1


def test_reached_by_phone_the_client_counts_as_contacted() -> None:
    reminders = ready(email=None)
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    (task,) = reminders.tasks("call-client")
    reminders.decide(task.task_id, "reached", {"note": "They spoke."}, actor=ASSISTANT)
    (sent,) = reminders.announced_of(ContactSent)
    assert (sent.channel, sent.rule_id) == ("phone", "welcome")


def test_whoever_calls_sees_whom_at_which_number_and_what_to_say() -> None:
    reminders = ready(email=None)
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    shown = reminders.view(reminders.tasks("call-client")[0].task_id, ASSISTANT)
    assert (shown["name"], shown["phone"]) == ("Ada Muster", "+49 30 1234")
    assert "Ada Muster" in shown["message"]


def test_whoever_settles_an_unknown_message_sees_it_without_its_link() -> None:
    reminders = ready(Outcome(Result.UNKNOWN, "no-answer"))
    reminders.tell(SURVEY)
    reminders.after(minutes=1)
    shown = reminders.view(reminders.tasks("unknown-message")[0].task_id, ASSISTANT)
    assert "[link]" in shown["message"]


def test_an_unknown_message_cannot_be_settled_twice() -> None:
    reminders = ready(Outcome(Result.UNKNOWN, "no-answer"))
    reminders.tell(SURVEY)
    reminders.after(minutes=1)
    (task,) = reminders.tasks("unknown-message")
    contact = reminders.contact("survey-invitation")
    reminders._kept["contacts"][contact.contact_id] = (
        contact.to(State.HANDED_OVER),
        reminders._kept["contacts"][contact.contact_id][1],
    )
    with pytest.raises(RuleError, match="settled already"):
        reminders.decide(task.task_id, "was-sent", {"note": "They spoke."}, actor=ASSISTANT)


@pytest.mark.parametrize("reason", ["message-550", "recipient-5.7.1", "recipient-5.2.2"])
def test_what_does_not_mean_the_address_leaves_it_usable(reason: str) -> None:
    reminders = ready(Outcome(Result.REFUSED_MESSAGE, reason))
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    assert reminders.contact("welcome").state is State.REFUSED
    assert reminders.all(SUPPRESSIONS) == []
    assert len(reminders.tasks("call-client")) == 1


AGAINST_US = Outcome(Result.RETRY, "recipient-5.7.1", of_sender=True)


def test_so_many_refusals_in_a_row_of_our_own_sending_hold_everything() -> None:
    reminders = Reminders(replace(new_config(), refusals_in_a_row=3))
    reminders.outcome = lambda _: AGAINST_US
    for number in range(5):
        reminders.tell(client(client_id=f"c-{number}", email=f"c{number}@muster.example"))
        cleared = ConflictCleared(check_id=f"k-{number}", client_id=f"c-{number}", hit_count=0,
                                  trigger="client")  # fmt: skip
        mine = {"client_id": f"c-{number}", "matter_id": f"m-{number}"}
        reminders.tell(OPENED.model_copy(update=mine), cleared)
    reminders.after(seconds=1)
    (switch,) = reminders.all(OUTBOUND)
    assert (switch.held, switch.reason, switch.refusals) == (True, "refusals", 3)
    states = [each.state for each in reminders.all(CONTACTS)]
    assert sorted(states) == [State.DEFERRED, State.DEFERRED, *[State.RETRY] * 3]
    assert reminders.tasks("call-client") == []


def test_a_message_that_went_ends_the_row() -> None:
    reminders = Reminders(replace(new_config(), refusals_in_a_row=3))
    answers = iter([AGAINST_US, AGAINST_US, SENT, AGAINST_US, AGAINST_US])
    reminders.outcome = lambda _: next(answers, SENT)
    reminders.tell(client(), OPENED, CLEARED)
    for _ in range(5):
        reminders.tell(client(), scheduled(reminders.now + timedelta(days=40)))
        reminders.after(minutes=10)
    assert not any(each.held for each in reminders.all(OUTBOUND))


def test_releasing_begins_to_count_anew() -> None:
    reminders = Reminders(replace(new_config(), refusals_in_a_row=1))
    reminders.outcome = lambda _: AGAINST_US
    reminders.tell(client(), OPENED, CLEARED)
    reminders.after(seconds=1)
    reminders.outcome = lambda _: SENT
    reminders.hold(held=False)
    (switch,) = reminders.all(OUTBOUND)
    assert (switch.held, switch.reason, switch.refusals) == (False, None, 0)


def test_what_is_said_of_a_message_put_on_its_way_again_has_ids_of_its_own() -> None:
    reminders = ready()
    reminders.outcome = lambda _: Outcome(Result.RETRY, "away")
    reminders.tell(scheduled(MONDAY + timedelta(days=14)))
    reminders.after(minutes=1)
    reminders.tell(moved(MONDAY + timedelta(days=15)))
    reminders.after(minutes=2)
    reminders.tell(moved(MONDAY + timedelta(days=14)))
    reminders.after(minutes=10)
    ids = [event.id for event in reminders.announced if event.type == "contact-deferred"]
    assert len(ids) > 1
    assert len(set(ids)) == len(ids)
