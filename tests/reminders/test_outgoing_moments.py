"""May a message on its way be sent now or moved, and what is kept and said of a decision?"""

from datetime import timedelta

import pytest

from services.reminders.api.outgoing import OutgoingRequest
from shared.contracts.firm import ClientUpdated
from shared.contracts.intake import ConsentWithdrawn
from shared.contracts.reminders import ContactPlanChanged
from shared.errors import RuleError
from tests.reminders.outgoing import (
    IN_A_WEEK,
    LAWYER,
    answer,
    decide,
    first,
    listed,
    refusal,
    told,
    with_reminders,
)
from tests.reminders.over_memory import (
    MONDAY,
    Reminders,
    client,
    scheduled,
)

# -- send now ----------------------------------------------------------------------------------


def test_a_planned_message_is_sent_at_once_and_not_again() -> None:
    reminders = with_reminders()
    reminders.now += timedelta(days=1)
    decide(reminders, "send-now", occurrence_id=first(reminders))
    assert [each.rule_id for each in reminders.after(seconds=1)] == ["appointment-week-before"]
    assert "appointment-week-before" not in [each.rule_id for each in reminders.until(IN_A_WEEK)]


def test_it_is_not_sent_where_the_gates_say_no_and_the_reason_is_named() -> None:
    reminders = with_reminders()
    reminders.now += timedelta(days=1)
    reminders.tell(ConsentWithdrawn(client_id="c-1", purpose="all", by="client", at=MONDAY))
    code, sentence = refusal(reminders, "send-now", occurrence_id=first(reminders))
    assert code == "withdrawn"
    assert sentence == "It cannot go now. The client does not want messages of this kind."


def test_at_night_it_is_refused_with_the_moment_it_may_go() -> None:
    reminders = with_reminders()
    reminders.now += timedelta(days=1, hours=14)
    code, sentence = refusal(reminders, "send-now", occurrence_id=first(reminders))
    assert code == "quiet-hours"
    assert "It may go from 4 March 2026" in sentence


def test_its_own_hold_ends_with_it_and_that_of_the_client_stands_in_its_way() -> None:
    reminders = with_reminders()
    reminders.now += timedelta(days=1)
    mine = first(reminders)
    decide(reminders, "hold", occurrence_id=mine)
    decide(reminders, "hold", scope="client")
    assert refusal(reminders, "send-now", occurrence_id=mine)[0] == "held-by-staff"
    decide(reminders, "release", scope="client")
    decide(reminders, "send-now", occurrence_id=mine)
    assert len(reminders.after(seconds=1)) == 1
    assert listed(reminders).holds == []


# -- move --------------------------------------------------------------------------------------


def test_a_moved_message_goes_then_and_stays_where_it_was_put() -> None:
    reminders = with_reminders()
    later = MONDAY + timedelta(days=4, hours=3)
    decide(reminders, "move", occurrence_id=first(reminders), move_to=later)
    reminders.tell(ClientUpdated(client_id="c-1", timezone="Europe/Athens"))
    assert reminders.until(later - timedelta(minutes=1)) == []
    assert [each.rule_id for each in reminders.until(later)] == ["appointment-week-before"]


def test_what_waits_is_looked_at_again_at_the_moment_it_was_moved_to() -> None:
    reminders = Reminders()
    reminders.hold(held=True)
    reminders.tell(client(), scheduled(IN_A_WEEK))
    reminders.after(minutes=1)
    reminders.now += timedelta(minutes=1)
    later = MONDAY + timedelta(days=1)
    decide(reminders, "move", occurrence_id=first(reminders), move_to=later)
    reminders.hold(held=False)
    assert reminders.until(later - timedelta(minutes=1)) == []
    assert [each.rule_id for each in reminders.until(later)] == ["appointment-confirmation"]


def test_a_moment_gone_by_or_too_late_or_far_off_is_refused() -> None:
    reminders = with_reminders()
    mine = first(reminders)
    code, sentence = refusal(reminders, "move", occurrence_id=mine, move_to=IN_A_WEEK)
    assert code == "too-late"
    assert "of no use from 11 March 2026" in sentence
    past = refusal(reminders, "move", occurrence_id=mine, move_to=MONDAY)
    assert past[0] == "past"
    far = refusal(reminders, "move", occurrence_id=mine, move_to=MONDAY + timedelta(days=800))
    assert far[0] == "too-far"
    assert refusal(reminders, "move", occurrence_id=mine)[0] == "missing"


def test_of_several_those_that_cannot_be_moved_are_named() -> None:
    reminders = with_reminders()
    at = IN_A_WEEK - timedelta(minutes=20)
    answer = decide(reminders, "move", scope="client", move_to=at)
    assert answer.count == 2
    assert [each.code for each in answer.left] == ["too-late"]


# -- what is kept and said ---------------------------------------------------------------------


def test_asked_twice_it_is_done_and_said_once() -> None:
    reminders = with_reminders()
    mine = first(reminders)
    once = decide(reminders, "skip", id="r-same", occurrence_id=mine)
    assert decide(reminders, "skip", id="r-same", occurrence_id=mine) == once
    assert len(reminders.announced_of(ContactPlanChanged)) == 1
    assert refusal(reminders, "skip", occurrence_id=mine)[0] == "not-planned"


def test_who_decided_and_why_is_kept_and_the_reason_is_on_no_event() -> None:
    reminders = with_reminders()
    decide(reminders, "skip", occurrence_id=first(reminders), why="Canary: she is in hospital.")
    [decision] = listed(reminders).decisions
    assert (decision.by, decision.do, decision.count) == ("leo", "skip", 1)
    assert decision.why == "Canary: she is in hospital."
    [said] = reminders.announced_of(ContactPlanChanged)
    assert (said.by, said.purpose, said.matter_id) == ("leo", "appointments", "m-1")
    assert "Canary" not in str([each.data.to_wire() for each in reminders.announced])


@pytest.mark.parametrize("field", ["why", "request_id", "scope", "occurrence_id", "do"])
def test_what_is_missing_is_named(field: str) -> None:
    reminders = with_reminders()
    asked = {"ask": "decide", "client_id": "c-1", "request_id": "r-1", "do": "skip",
             "scope": "message", "why": "x", "occurrence_id": "o-1", "actor": LAWYER}  # fmt: skip
    with pytest.raises(RuleError) as no:
        answer(reminders, OutgoingRequest.model_validate({**asked, field: None}))
    assert (no.value.code, no.value.field) == ("missing", field)


def test_what_is_being_handed_over_cannot_be_called_back() -> None:
    reminders = Reminders()
    reminders.outcome = lambda _: "another:process"
    reminders.tell(client(), scheduled(IN_A_WEEK))
    reminders.after(seconds=1)
    [message] = [each for each in told(reminders) if each.state == "in-hand"]
    mine = {"occurrence_id": message.occurrence_id, "move_to": IN_A_WEEK}
    for do in ("skip", "hold", "send-now", "move"):
        assert refusal(reminders, do, **mine)[0] == "in-hand", do
