"""Is what the firm owes made, met, missed or voided, each exactly once, and seen in time?"""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from services.reminders.app import vocabulary
from services.reminders.domain.playbook_parsing import parse
from services.reminders.ports import COMMITMENTS
from shared.contracts.base import EventData
from shared.contracts.commitments import (
    CommitmentMade,
    CommitmentMet,
    CommitmentMissed,
    CommitmentVoided,
)
from shared.contracts.firm import (
    ClientContactLogged,
    DocumentReceived,
    InquiryReceived,
    MatterClosed,
)
from shared.contracts.intake import InquiryMoved
from shared.contracts.promises import (
    CallRequested,
    CallReturned,
    InquiryAnswered,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
)
from shared.tasks import TASKS, Task
from tests.reminders.over_memory import (
    MONDAY,
    OPENED,
    Reminders,
    client,
    new_config,
    shipped,
)

CALL = CallRequested(call_id="k-1", client_id="c-1", purpose="a question", at=MONDAY)
ENDINGS = (CommitmentMet, CommitmentMissed, CommitmentVoided)


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), OPENED)
    return reminders


def promise(**changes: Any) -> PromiseMade:
    values = {"promise_id": "p-1", "client_id": "c-1", "matter_id": "m-1", "what": "document",
              "due_at": MONDAY + timedelta(days=2), "by": "s-9", "at": MONDAY}  # fmt: skip
    return PromiseMade(**{**values, **changes})


def kept(days: float) -> PromiseKept:
    return PromiseKept(promise_id="p-1", client_id="c-1", at=MONDAY + timedelta(days=days))


def returned(number: int = 1, *, reached: bool = True, hours: float = 3) -> CallReturned:
    return CallReturned(call_id=f"k-{number}", client_id="c-1", reached=reached,
                        at=MONDAY + timedelta(hours=hours))  # fmt: skip


def endings(reminders: Reminders) -> list[tuple[str, str]]:
    """What became of what was owed: the standard, and how it ended."""
    return [(each.standard, each.TYPE) for kind in ENDINGS for each in reminders.announced_of(kind)]


def tasks(reminders: Reminders, state: str = "open") -> list[Task]:
    return [t for t in reminders.all(TASKS) if (t.kind, t.state) == ("commitment", state)]


def test_a_promise_that_nobody_keeps_is_missed_once_with_one_task() -> None:
    reminders = ready()
    reminders.tell(promise())
    (made,) = reminders.announced_of(CommitmentMade)
    assert (made.standard, made.what, made.due_at) == ("promise", "document", promise().due_at)
    assert made.about.model_dump(exclude_none=True) == {
        "client_id": "c-1", "matter_id": "m-1", "promise_id": "p-1"}  # fmt: skip
    reminders.after(days=9)
    (missed,) = reminders.announced_of(CommitmentMissed)
    assert (missed.commitment_id, missed.by_seconds) == (made.commitment_id, 0)
    assert endings(reminders) == [("promise", "commitment-missed")]
    (task,) = tasks(reminders)
    assert (task.title, task.owner_id, task.priority) == ("Missed: Keep a promise", "s-9", "high")


def test_a_promise_kept_in_time_is_met_and_nobody_is_asked() -> None:
    reminders = ready()
    reminders.tell(promise())
    reminders.after(days=1)
    reminders.tell(kept(1))
    reminders.after(days=9)
    (met,) = reminders.announced_of(CommitmentMet)
    assert met.by_seconds == -86_400
    assert endings(reminders) == [("promise", "commitment-met")]
    assert tasks(reminders) + tasks(reminders, "cancelled") == []


def test_it_does_not_matter_which_of_both_is_heard_first() -> None:
    reminders = ready()
    reminders.tell(kept(1), promise())
    reminders.after(days=9)
    assert endings(reminders) == [("promise", "commitment-met")]
    assert tasks(reminders) == []


def test_of_two_calls_of_a_client_each_counts_for_itself() -> None:
    reminders = ready()
    second = CALL.model_copy(update={"call_id": "k-2"})
    reminders.tell(CALL, second, returned(1))
    reminders.after(days=3)
    assert endings(reminders) == [
        ("return-call", "commitment-met"), ("return-call", "commitment-missed")]  # fmt: skip
    assert reminders.announced_of(CommitmentMissed)[0].about.call_id == "k-2"


def test_an_attempt_returns_no_call() -> None:
    reminders = ready()
    reminders.tell(CALL, returned(reached=False))
    reminders.after(days=3)
    assert endings(reminders) == [("return-call", "commitment-missed")]


def test_somebody_is_asked_before_it_is_missed_and_the_task_goes_when_it_is_done() -> None:
    reminders = ready()
    reminders.tell(CALL)
    reminders.after(hours=4)  # four business hours before the call is due: on Monday at 15:00
    assert tasks(reminders) == []
    reminders.after(hours=4)
    (task,) = tasks(reminders)
    assert (task.title, task.due_at) == ("Return a call", MONDAY + timedelta(days=1))
    reminders.tell(returned(hours=22))
    assert tasks(reminders) == []
    assert endings(reminders) == [("return-call", "commitment-met")]


def test_what_is_done_late_stays_missed_and_the_task_goes() -> None:
    reminders = ready()
    reminders.tell(CALL)
    reminders.after(days=2)
    reminders.tell(returned(hours=48))
    assert endings(reminders) == [("return-call", "commitment-missed")]
    assert tasks(reminders) == []
    (owed,) = reminders.all(COMMITMENTS)
    assert owed.over


def test_a_weekend_is_no_time_to_return_a_call_in() -> None:
    reminders = ready()
    friday = datetime(2026, 3, 6, 13, 0, tzinfo=UTC)
    reminders.until(friday)
    reminders.tell(CALL.model_copy(update={"at": friday}))
    (made,) = reminders.announced_of(CommitmentMade)
    assert made.due_at == friday + timedelta(days=3)


def test_whoever_asks_again_is_owed_no_later() -> None:
    reminders = ready()
    reminders.tell(CALL)
    reminders.after(hours=5)
    reminders.tell(CALL.model_copy(update={"at": MONDAY + timedelta(hours=5)}))
    assert len(reminders.announced_of(CommitmentMade)) == 1
    reminders.after(days=5)
    assert reminders.announced_of(CommitmentMissed)[0].due_at == MONDAY + timedelta(days=1)


def test_a_promise_moved_is_due_then_and_is_the_same_promise() -> None:
    reminders = ready()
    later = MONDAY + timedelta(days=4)
    moved = PromiseMoved(promise_id="p-1", client_id="c-1", due_at=later, client_told=True)
    reminders.tell(promise(), moved)
    first, second = reminders.announced_of(CommitmentMade)
    assert (first.commitment_id, second.due_at) == (second.commitment_id, later)
    reminders.after(days=3)
    assert endings(reminders) == []
    reminders.tell(kept(3))
    assert endings(reminders) == [("promise", "commitment-met")]


def test_a_promise_moved_away_and_back_is_asked_for_again() -> None:
    reminders = ready()
    first = MONDAY + timedelta(days=2)
    reminders.tell(promise())
    reminders.until(first - timedelta(hours=1))
    assert len(tasks(reminders)) == 1
    for due_at in (first + timedelta(days=7), first):
        reminders.now += timedelta(minutes=1)
        moved = {"promise_id": "p-1", "client_id": "c-1", "due_at": due_at, "at": reminders.now}
        reminders.tell(PromiseMoved(**moved, client_told=True))
    reminders.after(minutes=5)
    assert len(tasks(reminders)) == 1


def asked_for_help(number: int = 1) -> InquiryReceived:
    return InquiryReceived(inquiry_id=f"q-{number}", name="Jo Fragt", email="jo@example.org",
                           channel="website", timezone="Europe/Berlin", locale="de-DE")  # fmt: skip


def phase(name: Any, number: int = 1) -> InquiryMoved:
    return InquiryMoved(inquiry_id=f"q-{number}", phase=name, version=3, at=MONDAY)


def test_an_inquiry_is_answered_missed_or_void_where_nobody_waits_any_more() -> None:
    reminders = Reminders()
    for number in (1, 2, 3):
        reminders.tell(asked_for_help(number))
    reminders.tell(phase("checking", 1), phase("lost", 2))
    reminders.tell(InquiryAnswered(inquiry_id="q-3", at=MONDAY, by="s-9"))
    reminders.after(days=3)
    (missed,) = reminders.announced_of(CommitmentMissed)
    (void,) = reminders.announced_of(CommitmentVoided)
    (met,) = reminders.announced_of(CommitmentMet)
    assert [each.about.inquiry_id for each in (missed, void, met)] == ["q-1", "q-2", "q-3"]
    assert void.reason == "inquiry-moved"


def test_any_word_to_the_client_acknowledges_a_document() -> None:
    reminders = ready()
    reminders.tell(DocumentReceived(request_id="r-1", client_id="c-1"))
    reminders.after(hours=1)
    said = {"client_id": "c-1", "channel": "phone", "at": MONDAY + timedelta(hours=1)}
    reminders.tell(ClientContactLogged(direction="in", **said))
    assert endings(reminders) == []
    reminders.tell(ClientContactLogged(direction="out", **said))
    assert endings(reminders) == [("acknowledge-document", "commitment-met")]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_it_is_heard_it_ends_once(order: tuple[int, ...]) -> None:
    happened: list[tuple[float, EventData]] = [(0, promise()), (1, kept(1)), (2, CALL)]
    reminders = ready()
    for number in order:
        hours, event = happened[number]
        reminders.hear(event, time=MONDAY + timedelta(minutes=hours))
    reminders.after(days=9)
    assert endings(reminders) == [
        ("promise", "commitment-met"), ("return-call", "commitment-missed")]  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_promise_moved_and_kept_ends_once_in_whatever_order(order: tuple[int, ...]) -> None:
    later = MONDAY + timedelta(days=4)
    moved = PromiseMoved(promise_id="p-1", client_id="c-1", due_at=later, client_told=True)
    happened: list[tuple[float, EventData]] = [(0, promise()), (1, moved), (1440, kept(1))]
    reminders = ready()
    for number in order:
        minutes, event = happened[number]
        reminders.hear(event, time=MONDAY + timedelta(minutes=minutes))
    reminders.after(days=9)
    assert endings(reminders) == [("promise", "commitment-met")]


OF_A_MATTER = """\
playbook: ours
version: 1
on: matter-opened
per: matter_id
rules:
  our-first-word:
    at: {anchor: happened, offset: +40d}
    until: matter-closed
    then:
      keep:
        standard: first-word
        source: The firm
        edition: "2026-11"
        ask: {title: Write to them, text: They wait., role: lawyer}
"""


def test_what_is_owed_of_a_matter_stands_beside_the_rules_that_repeat_in_it() -> None:
    own = parse("ours.yaml", OF_A_MATTER, vocabulary())
    reminders = Reminders(new_config((*shipped(), *own)))
    reminders.tell(client(), OPENED)
    reminders.after(days=45)
    assert ("first-word", "commitment-missed") in endings(reminders)
    reminders.tell(MatterClosed(matter_id="m-1", client_id="c-1", closed_at=reminders.now))
    assert [t.title for t in tasks(reminders) if "Write" in t.title] == []
