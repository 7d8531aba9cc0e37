"""Does the last message that went always say what stands, whatever happens to an appointment?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reminders.domain.subject import Subject
from services.reminders.ports import SUBJECTS
from services.reminders.workflow.hold_switch import needs_of_waking, wake_up
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause
from shared.tasks import Task
from tests.reminders.over_memory import (
    ASSISTANT,
    MONDAY,
    SENT,
    Reminders,
    cancelled,
    client,
    moved,
    scheduled,
)

TUESDAY, THURSDAY = MONDAY + timedelta(days=8), MONDAY + timedelta(days=10)
UNKNOWN, LATER = Outcome(Result.UNKNOWN, "no-answer"), Outcome(Result.RETRY, "away")


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client(locale="en-GB"))
    return reminders


def templates(reminders: Reminders) -> list[str]:
    return [message.template for message in reminders.messages]


def lived(reminders: Reminders, *events: Any) -> Reminders:
    for event in events:
        reminders.tell(event)
        reminders.after(minutes=10)
    return reminders


def test_moved_and_moved_back_each_date_is_told_in_turn() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), moved(THURSDAY), moved(TUESDAY))
    assert templates(reminders) == [
        "appointment-confirmation",
        "appointment-moved",
        "appointment-moved",
    ]
    assert "Tuesday, 10 March 2026" in (reminders.messages[-1].subject_line or "")
    assert "This replaces what we told you before: Thursday, 12 March 2026" in (
        reminders.messages[-1].text or ""
    )


def test_the_same_time_at_another_place_is_told() -> None:
    reminders = lived(
        ready(), scheduled(TUESDAY, location="Office"), moved(TUESDAY, location="Court, room 2")
    )
    assert templates(reminders)[1:] == ["appointment-moved"]
    assert "Court, room 2" in (reminders.messages[-1].text or "")


def test_another_kind_at_the_same_time_is_told() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), moved(TUESDAY, kind="video-call"))
    assert "Kind of appointment: video call" in (reminders.messages[-1].text or "")


def test_a_cancellation_is_told_and_so_is_that_it_takes_place_after_all() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), cancelled(), moved(TUESDAY))
    assert templates(reminders) == [
        "appointment-confirmation",
        "appointment-cancelled",
        "appointment-reinstated",
    ]


def test_nothing_is_said_of_a_cancellation_to_somebody_who_never_heard_of_it() -> None:
    reminders = ready()
    reminders.tell(scheduled(TUESDAY), cancelled())
    assert reminders.after(days=2) == []


def test_what_is_said_again_is_not_told_again() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), moved(TUESDAY), scheduled(TUESDAY))
    assert templates(reminders) == ["appointment-confirmation"]


def test_what_was_said_while_a_message_was_being_handed_over_is_told_after_it() -> None:
    reminders = ready()
    reminders.tell(scheduled(TUESDAY))
    reminders.outcome = lambda _: "0:first"  # it stays in hand
    reminders.after(minutes=1)
    reminders.outcome = lambda _: SENT
    lived(reminders, moved(THURSDAY))
    reminders.after(hours=2)
    assert last_told(reminders) == (THURSDAY, None, False)


def test_a_reminder_is_dropped_where_the_very_same_was_told_only_now() -> None:
    reminders = ready()
    reminders.tell(scheduled(MONDAY + timedelta(hours=3)))
    reminders.after(hours=3)
    assert templates(reminders) == ["appointment-confirmation"]
    assert ("appointment-two-hours-before", "told-lately") in reminders.suppressed()


def test_an_appointment_moved_into_the_past_is_no_longer_told() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), moved(MONDAY - timedelta(days=1)))
    assert templates(reminders) == ["appointment-confirmation"]


def test_a_hearing_is_reminded_of_seven_three_and_one_days_before() -> None:
    reminders = ready()
    reminders.tell(scheduled(MONDAY + timedelta(days=20), kind="hearing"))
    reminders.after(days=20)
    assert reminders.sent_rules() == [
        "hearing-confirmation",
        "hearing-week-before",
        "hearing-three-days-before",
        "hearing-day-before",
    ]


def open_calls(reminders: Reminders) -> list[Task]:
    return [each for each in reminders.tasks("call-client") if each.state == "open"]


def told_by_telephone(reminders: Reminders) -> None:
    """The mail server is away until a person has to call, and reaches the client."""
    reminders.outcome = lambda _: LATER
    reminders.after(hours=24)
    (call,) = open_calls(reminders)
    reminders.decide(call.task_id, "reached", {"note": "They spoke."}, actor=ASSISTANT)
    reminders.outcome = lambda _: SENT


def test_a_call_that_was_taken_back_is_asked_for_again_where_the_same_stands_again() -> None:
    reminders = ready()
    reminders.outcome = lambda _: LATER
    reminders.tell(scheduled(THURSDAY))
    reminders.after(hours=12)
    assert len(open_calls(reminders)) == 1
    lived(reminders, cancelled())
    assert open_calls(reminders) == []
    reminders.tell(scheduled(THURSDAY))
    reminders.after(hours=36)
    assert len(open_calls(reminders)) == 1


def test_what_could_not_be_written_is_written_after_all_where_the_same_stands_again() -> None:
    reminders = ready()
    reminders.outcome = lambda _: LATER
    reminders.tell(scheduled(THURSDAY))
    reminders.after(hours=12)
    reminders.outcome = lambda _: SENT
    lived(reminders, cancelled(), scheduled(THURSDAY))
    reminders.after(hours=12)
    assert templates(reminders) == ["appointment-confirmation"]
    assert open_calls(reminders) == []


def test_who_was_told_by_telephone_is_told_what_changes_and_that_it_is_off() -> None:
    reminders = ready()
    reminders.tell(scheduled(TUESDAY))
    told_by_telephone(reminders)
    lived(reminders, moved(THURSDAY), cancelled())
    assert templates(reminders) == ["appointment-moved", "appointment-cancelled"]


def test_what_was_told_before_holds_again_where_the_news_came_back() -> None:
    reminders = lived(ready(), scheduled(TUESDAY))
    reminders.outcome = lambda _: UNKNOWN
    lived(reminders, moved(THURSDAY))
    reminders.outcome = lambda _: Outcome(Result.REFUSED_MESSAGE, "550")
    reminders.after(hours=12)
    for task in reminders.tasks("unknown-message"):
        reminders.decide(task.task_id, "send-again", actor=ASSISTANT)
    reminders.after(hours=24)
    assert last_told(reminders) == (TUESDAY, None, False)


def last_told(reminders: Reminders) -> tuple[datetime, Any, bool]:
    """Time, place and whether it is off, as the last message said."""
    (subject,) = (each for each in reminders.all(SUBJECTS) if "appointment" in each.thread)
    told = subject.told
    assert told is not None
    starts_at = datetime.fromisoformat(told.instants["starts_at"])
    return starts_at, told.values.get("location"), told.ended


Happening = Callable[[Reminders], None]
STARTS = (MONDAY + timedelta(days=60), MONDAY + timedelta(days=61), MONDAY + timedelta(days=75))
APPOINTED: st.SearchStrategy[Happening] = st.builds(
    lambda make, starts, place, kind: lambda it: it.tell(make(starts, location=place, kind=kind)),
    st.sampled_from((scheduled, moved, moved)), st.sampled_from(STARTS),
    st.sampled_from((None, "Office", "Court")), st.sampled_from(("consultation", "hearing")),
)  # fmt: skip
ENDED: st.SearchStrategy[Happening] = st.just(lambda it: it.tell(cancelled()))
TIME: st.SearchStrategy[Happening] = st.builds(
    lambda minutes: lambda it: _later(it, minutes), st.sampled_from((0, 1, 30, 600, 2000))
)
MOOD: st.SearchStrategy[Happening] = st.builds(
    lambda outcome: lambda it: setattr(it, "outcome", lambda _: outcome),
    st.sampled_from((SENT, SENT, UNKNOWN, LATER, "gone:1")),
)
HELD: st.SearchStrategy[Happening] = st.builds(
    lambda held: lambda it: it.hold(held=held), st.booleans()
)


def _later(reminders: Reminders, minutes: int) -> None:
    reminders.after(minutes=minutes)


@settings(max_examples=60, deadline=None)
@given(life=st.lists(st.one_of(APPOINTED, APPOINTED, ENDED, TIME, TIME, MOOD, HELD), max_size=14))
def test_after_rest_the_last_message_that_went_says_what_stands(life: list[Happening]) -> None:
    reminders = ready()
    for happens in life:
        reminders.now += timedelta(seconds=1)
        happens(reminders)
    reminders.outcome = lambda _: SENT
    reminders.hold(held=False)
    waiting = [each.contact_id for each in reminders.messages]
    cause = Cause("urn:test", "release", "ops", "ops", None, reminders.now)
    reminders.act(lambda unit: wake_up(waiting, unit), lambda _: needs_of_waking(waiting), cause)
    reminders.after(days=3)
    for task in reminders.tasks("unknown-message"):
        reminders.decide(task.task_id, "was-sent", {"note": "They spoke."}, actor=ASSISTANT)
    reminders.after(days=3)
    _says_what_stands(reminders)


def _says_what_stands(reminders: Reminders) -> None:
    subjects = [each for each in reminders.all(SUBJECTS) if "appointment" in each.thread]
    for subject in subjects:
        stands = _stands(subject)
        if open_calls(reminders):
            continue  # the mail server was away for too long: a person says it
        if subject.told is None:
            assert stands is None, "nothing was told of what stands"
        elif stands is None:
            assert subject.told.ended, "the last word is of what was called off"
        else:
            assert last_told(reminders) == (*stands, False)
    copies = [(each.contact_id, each.resends) for each in reminders.messages]
    assert len(set(copies)) == len(copies)


def _stands(subject: Subject) -> tuple[datetime, Any] | None:
    """Read off the events alone: the latest appointment, unless it was called off since."""
    made = [subject.facts[each] for each in ("appointment-scheduled", "appointment-rescheduled")
            if each in subject.facts]  # fmt: skip
    ended = subject.facts.get("appointment-cancelled")
    if not made:
        return None
    latest = max(made, key=lambda fact: fact.stamp)
    first = min(fact.first_stamp for fact in made)
    if ended is not None and (ended.stamp > latest.stamp or ended.stamp < first):
        return None
    return latest.instants["starts_at"], subject.words(latest).get("location")
