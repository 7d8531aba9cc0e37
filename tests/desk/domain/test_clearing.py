"""Does a task that was cleared stay away, and a line of a timeline go by its own day?"""

from dataclasses import fields, replace
from datetime import timedelta
from functools import partial

import pytest

from services.desk.domain.listed_task import HeldBack, ListedTask, Reason
from services.desk.domain.projecting import apply, note_answer
from services.desk.domain.timeline import Entry
from services.desk.ports.tasks import LISTED
from services.desk.ports.timeline import ENTRIES
from services.desk.workflow.clearing import (
    clear_entry,
    clear_task,
    needs_of_entry,
    needs_of_task,
)
from shared.contracts.base import EventData
from shared.contracts.envelope import Event
from shared.contracts.reminders import Why
from shared.contracts.tasks import (
    About,
    TaskCancelled,
    TaskCompleted,
    TaskCreated,
    TaskEscalated,
)
from shared.people import End
from tests.fakes.memory import START, MemoryService

NAMED = {
    "task_id": "t-1", "kind": "contact-gap", "about": About(client_id="c-1"),
    "service": "reminders",
}  # fmt: skip
SAID: list[EventData] = [
    TaskCreated.model_validate({
        **NAMED, "version": 1, "title": "Get in touch", "due_at": START, "role": "assistant",
        "why": Why(event_id="e-1", text="Nobody was in touch."), "owner_id": "s-1",
    }),
    TaskEscalated.model_validate({
        **NAMED, "version": 1, "level": 1, "due_at": START, "at": START,
    }),
    TaskCompleted.model_validate({
        **NAMED, "version": 2, "decision": "done", "actor_id": "s-1", "at": START,
    }),
    TaskCancelled.model_validate({**NAMED, "version": 2, "reason": "answered", "at": START}),
]  # fmt: skip
END = End(client_id="c-1", until=START, at=START, correlation_id="k-1")


def event_of(data: EventData) -> Event[EventData]:
    return Event(
        id=f"e-{data.TYPE}", source="urn:clientele:reminders", type=data.TYPE, version=1,
        time=START, subject="c-1", data=data, correlation_id="k-1", causation_id=None,
        traceparent=None,
    )  # fmt: skip


def done() -> ListedTask:
    task = ListedTask(task_id="t-1")
    for data in (SAID[0], SAID[2]):
        task = apply(task, event_of(data))  # type: ignore[arg-type]
    return task


def test_a_mark_says_nothing_but_which_task_there_was() -> None:
    mark = done().mark
    assert {each.name for each in fields(mark) if getattr(mark, each.name)} == {
        "task_id", "state", "priority", "cleared",
    }  # fmt: skip
    assert (mark.state, mark.priority) == ("unseen", "normal")


@pytest.mark.parametrize("data", SAID, ids=lambda data: data.TYPE)
def test_nothing_that_is_heard_again_opens_or_fills_a_mark(data: EventData) -> None:
    mark = done().mark
    assert apply(mark, event_of(data)) == mark  # type: ignore[arg-type]


def test_an_answer_of_its_owner_does_not_list_it_again() -> None:
    assert note_answer(done().mark, "done", 3, START).state == "unseen"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "open", "ended_at": None},
        {"ended_at": START + timedelta(seconds=1)},
        {"held_back": HeldBack(decision_id="d-1", by="s-1", decision="done", until=START)},
    ],
    ids=["open", "younger", "told-later"],
)
def test_a_task_that_is_not_over_stays_as_it_is(changes: dict[str, object]) -> None:
    task = replace(done(), **changes)  # type: ignore[arg-type]
    desk = MemoryService("desk")
    desk.ask(lambda unit: unit.put(LISTED, task), lambda _: [LISTED.one("t-1")])
    gone = desk.ask(partial(clear_task, "t-1", END), partial(needs_of_task, "t-1"))
    assert (gone, desk.get(LISTED, "t-1")) == (0, task)


@pytest.mark.parametrize(("seconds", "stays"), [(0, 0), (1, 1)])
def test_a_line_goes_by_the_instant_it_tells_of(seconds: int, stays: int) -> None:
    line = Entry(
        entry_id="l-1", client_id="c-1", at=START + timedelta(seconds=seconds), kind="contact-sent",
        text="Sent", why=Reason(event_id="e-1", text="because"),
    )  # fmt: skip
    desk = MemoryService("desk")
    desk.ask(lambda unit: unit.put(ENTRIES, line), lambda _: [ENTRIES.one("l-1")])
    desk.ask(partial(clear_entry, "l-1", END), partial(needs_of_entry, "l-1"))
    assert len(desk.all(ENTRIES)) == stays
