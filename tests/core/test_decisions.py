"""Does a person's decision reach its owner, once, with an answer that says why not?"""

import asyncio
import json
from typing import Any

from shared.contracts.firm import ClientContactLogged
from shared.tasks import TASKS, Task
from tests.core.conftest import Running
from tests.core.test_consuming import contact

LAWYER = {"id": "staff-2", "roles": ["lawyer"]}


async def a_task(running: Running) -> Task:
    """The task the sample opens at the third contact."""
    for _ in range(3):
        await running.publish(contact())
    await running.settled(4)
    unit = await running.runtime.look(lambda _: [TASKS.by("ref", "c-1")])
    return unit.find(TASKS, "ref", "c-1")[0]


async def ask(running: Running, subject: str, payload: dict[str, Any]) -> dict[str, Any]:
    """A request, as desk would send it."""
    answer = await running.nats.request(subject, json.dumps(payload).encode(), timeout=30)
    result: dict[str, Any] = json.loads(answer.data)
    return result


def decision(task: Task, **changes: Any) -> dict[str, Any]:
    """A decision that would be accepted, but for the changes."""
    return {"decision_id": "d-1", "task_id": task.task_id, "decision": "contacted",
            "version": task.version, "actor": LAWYER, "fields": {"note": "They spoke."},
            **changes}  # fmt: skip


async def test_an_accepted_decision_completes_the_task_and_says_so(running: Running) -> None:
    task = await a_task(running)
    answer = await ask(running, "decisions.intake", decision(task))
    assert answer == {"accepted": True, "task_id": task.task_id, "state": "done", "version": 2}
    info = await running.streams.stream_info("EVENTS", subjects_filter="events.task-completed.>")
    assert info.state.subjects == {"events.task-completed.c-1": 1}


async def test_the_same_decision_asked_again_gets_the_same_answer(running: Running) -> None:
    task = await a_task(running)
    asked = decision(task)
    answers = await asyncio.gather(*(ask(running, "decisions.intake", asked) for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["accepted"] is True


async def test_a_stale_version_is_refused(running: Running) -> None:
    task = await a_task(running)
    answer = await ask(running, "decisions.intake", decision(task, version=7))
    assert answer["refused"]["code"] == "stale-version"
    assert answer["version"] == 1


async def test_decisions_are_counted_by_what_became_of_them(running: Running) -> None:
    task = await a_task(running)
    await ask(running, "decisions.intake", decision(task, version=7))
    counted = running.runtime.metrics.registry.get_sample_value
    assert counted("decisions_total", {"outcome": "stale-version"}) == 1


async def test_a_refusal_names_its_field(running: Running) -> None:
    task = await a_task(running)
    answer = await ask(running, "decisions.intake", decision(task, decision="not-needed"))
    assert answer["refused"]["field"] == "reason"
    answer = await ask(running, "decisions.intake", decision(task, fields={"note": "no"}))
    assert answer["refused"]["field"] == "note"


async def test_a_role_that_may_not_decide_is_refused(running: Running) -> None:
    task = await a_task(running)
    ops = {"id": "staff-9", "roles": ["ops"]}
    answer = await ask(running, "decisions.intake", decision(task, actor=ops))
    assert answer["refused"]["code"] == "wrong-role"


async def test_views_links_and_ops_answer(running: Running) -> None:
    task = await a_task(running)
    view = await ask(running, "views.intake", {"task_id": task.task_id, "actor": LAWYER})
    assert view == {"values": {"name": "x"}}
    link = await ask(running, "links.intake", {"purpose": "sample", "id": "s1"})
    assert link == {"url": "https://x.test/s1"}
    ledger = await ask(running, "ops.intake", {"ask": "ledger"})
    assert ledger["ledger"]["received"] == 4
    unknown = await ask(running, "ops.intake", {"ask": "nothing"})
    assert unknown["refused"]["field"] == "ask"


__all__ = ["ClientContactLogged"]


async def test_a_preview_says_what_a_decision_would_be_answered_and_changes_nothing(
    running: Running,
) -> None:
    task = await a_task(running)
    asked = decision(task)
    told = await ask(running, "previews.intake", asked)
    unit = await running.runtime.look(lambda _: [TASKS.one(task.task_id)])
    assert unit.get(TASKS, task.task_id) == task
    assert told == await ask(running, "decisions.intake", asked)


async def test_a_preview_says_what_would_be_refused(running: Running) -> None:
    task = await a_task(running)
    told = await ask(running, "previews.intake", decision(task, decision="not-needed"))
    assert told["refused"]["field"] == "reason"
