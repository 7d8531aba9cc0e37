"""Is a client who got in touch answered, and does somebody have to?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.unanswered import Correspondence
from shared.contracts.firm import ClientContactLogged
from shared.contracts.reminders import ContactGapDetected
from shared.contracts.tasks import TaskCancelled
from tests.reminders.over_memory import ASSISTANT, MONDAY, OPENED, Reminders, client

OTHER = OPENED.model_copy(update={"matter_id": "m-2", "owner_id": "s-4"})
KIND = "acknowledge-contact"


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), OPENED, OTHER)
    return reminders


def contact(
    reminders: Reminders, direction: str, matter_id: str | None = None, **said: Any
) -> None:
    values = {"client_id": "c-1", "channel": "voicemail", "at": reminders.now}
    values |= {"direction": direction, "matter_id": matter_id, **said}
    reminders.tell(ClientContactLogged.model_validate(values))


def waiting(reminders: Reminders) -> list[str | None]:
    return [task.about.get("matter_id") for task in reminders.tasks(KIND)]


def test_a_voicemail_asks_whose_the_matter_is_to_answer_within_a_business_day() -> None:
    reminders = ready()
    contact(reminders, "in", "m-1")
    (task,) = reminders.tasks(KIND)
    assert (task.owner_id, task.due_at) == ("s-9", MONDAY + timedelta(days=1))
    assert task.why["text"] == "The client got in touch by voicemail and nobody has answered."


def test_what_came_on_a_saturday_is_answered_by_the_end_of_monday() -> None:
    reminders = ready()
    reminders.until(MONDAY + timedelta(days=5))
    contact(reminders, "in")
    (task,) = reminders.tasks(KIND)
    assert task.due_at == datetime(2026, 3, 9, 17, tzinfo=UTC)


def test_what_came_to_light_late_is_not_overdue_at_birth() -> None:
    reminders = ready()
    contact(reminders, "in", at=MONDAY - timedelta(days=9))
    assert reminders.tasks(KIND)[0].due_at > reminders.now


def test_four_voicemails_are_one_task() -> None:
    reminders = ready()
    for _ in range(4):
        contact(reminders, "in", "m-1")
        reminders.after(hours=2)
    (task,) = reminders.tasks(KIND, None)
    assert (task.version, task.due_at) == (4, MONDAY + timedelta(days=1))


@pytest.mark.parametrize("answer", [{"direction": "out"}, {"direction": "in", "two_way": True}])
@pytest.mark.parametrize("about", ["m-1", None])
def test_the_firms_word_or_a_talk_ends_it(answer: dict[str, Any], about: str | None) -> None:
    reminders = ready()
    contact(reminders, "in", "m-1")
    reminders.after(hours=1)
    contact(reminders, matter_id=about, **answer)
    assert waiting(reminders) == []
    assert [each.reason for each in reminders.announced_of(TaskCancelled)] == ["answered"]


def test_a_word_about_another_matter_is_no_answer() -> None:
    reminders = ready()
    contact(reminders, "in", "m-1")
    reminders.after(hours=1)
    contact(reminders, "out", "m-2")
    assert waiting(reminders) == ["m-1"]


def test_any_word_answers_what_was_about_no_matter() -> None:
    reminders = ready()
    contact(reminders, "in")
    reminders.after(hours=1)
    contact(reminders, "out", "m-2")
    assert waiting(reminders) == []


def test_an_answer_that_was_heard_first_answers() -> None:
    reminders = ready()
    contact(reminders, "out", "m-1", at=MONDAY - timedelta(minutes=5))
    contact(reminders, "in", "m-1", at=MONDAY - timedelta(minutes=50))
    assert waiting(reminders) == []


def test_a_word_from_before_is_no_answer() -> None:
    reminders = ready()
    contact(reminders, "in", "m-1")
    reminders.after(hours=3)
    contact(reminders, "out", "m-1", at=MONDAY - timedelta(hours=1))
    assert waiting(reminders) == ["m-1"]


def test_answered_at_the_desk_counts_as_a_contact() -> None:
    reminders = ready()
    reminders.after(days=20)
    contact(reminders, "in", "m-1")
    reminders.decide(
        reminders.tasks(KIND)[0].task_id, "answered", {"note": "They spoke."}, actor=ASSISTANT
    )
    reminders.after(days=29)
    assert [each.matter_id for each in reminders.announced_of(ContactGapDetected)] == ["m-2"]
    contact(reminders, "in", "m-1")
    assert waiting(reminders) == ["m-1"]


def test_a_call_that_reached_the_client_answers_them_too() -> None:
    reminders = ready()
    contact(reminders, "in", "m-1")
    reminders.after(days=31)
    gap = next(each for each in reminders.tasks("contact-gap") if each.about["matter_id"] == "m-1")
    reminders.decide(gap.task_id, "contacted", {"note": "They spoke."}, actor=ASSISTANT)
    assert waiting(reminders) == []


def test_an_import_asks_nobody_to_answer() -> None:
    reminders = ready()
    said = ClientContactLogged(client_id="c-1", direction="in", channel="phone", at=MONDAY)
    reminders.hear(said, history=True)
    assert waiting(reminders) == []


WORDS = st.tuples(st.sampled_from(["m-1", "m-2", None]), st.integers(0, 9), st.booleans())


@given(st.data())
def test_the_order_in_which_words_are_heard_does_not_matter(data: st.DataObject) -> None:
    said = data.draw(st.lists(WORDS, max_size=8))
    assert _kept(said) == _kept(data.draw(st.permutations(said)))


def _kept(said: list[tuple[str | None, int, bool]]) -> Correspondence:
    kept = Correspondence(client_id="c-1")
    for matter_id, minutes, answers in said:
        at = MONDAY + timedelta(minutes=minutes)
        kept = kept.with_contact(matter_id, at, answers=answers)
    return kept
