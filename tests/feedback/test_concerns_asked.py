"""Is whoever opens a client's page told how far their concerns are, and the client themselves?"""

import asyncio
from datetime import timedelta
from typing import Any, cast

import pytest

from services.feedback.api.concerns import ConcernsRequest, answer_concerns
from services.feedback.ports import CONCERNS
from services.feedback.records import RECORDS
from services.feedback.settings import FeedbackSettings
from shared.contracts.concerns import ComplaintReceived
from shared.contracts.concerns_asked import ConcernsTold
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.tasks import Actor
from tests.fakes.memory import START, MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.feedback.office import LAWYER, answer, asked_office, matter_opened, new_office
from tests.filled_in import usual

END: dict[str, Any] = {"outcome": "apologised", "cause_code": "conduct", "client_told": True}
WORDS = "She had shouted at them, and says so."


def told(office: MemoryService, actor: Actor = LAWYER, client_id: str = "c-1") -> ConcernsTold:
    answer_to = answer_concerns(FeedbackSettings().practice())
    runtime = cast("Runtime", MemoryRuntime(office))

    async def ask() -> ConcernsTold:
        return await answer_to(runtime, ConcernsRequest(client_id=client_id, actor=actor))

    return asyncio.run(ask())


def complained(**more: Any) -> MemoryService:
    office = new_office()
    office.hear(matter_opened())
    said = {"complaint_id": "cp-1", "client_id": "c-1", "matter_id": "m-1", "type": "conduct",
            "channel": "phone", "about_staff": "s-about", "at": START}  # fmt: skip
    office.hear(ComplaintReceived(**cast("Any", said | more)))
    return office


def decide(office: MemoryService, decision: str, **fields: Any) -> None:
    (task,) = office.tasks("service-recovery")
    office.decide(task.task_id, decision, usual(task.kind, decision, fields), actor=LAWYER)


def in_the_file(office: MemoryService) -> dict[str, Any]:
    """What the client's own file says of their one concern."""
    (part,) = [each for each in RECORDS.parts if each.kind is CONCERNS]
    (concern,) = office.all(CONCERNS)
    assert part.told is not None
    return dict(part.told(concern) or {})


def test_each_step_is_told_with_its_day_and_the_next_with_its_due_time() -> None:
    office = complained()
    decide(office, "acknowledge", note=WORDS)
    (concern,) = told(office).items
    done = {each.name: (bool(each.at), each.by, bool(each.due_at)) for each in concern.steps}
    assert done["acknowledged"] == (True, LAWYER.id, False)
    assert done["told"] == (False, "", True)
    assert (concern.title, concern.is_open) == ("A complaint about how somebody behaved", True)


def test_no_word_anybody_wrote_and_not_whom_it_is_about_is_told() -> None:
    office = complained()
    decide(office, "acknowledge", note=WORDS)
    said = told(office).model_dump_json()
    assert WORDS not in said
    assert "s-about" not in said


def test_what_is_closed_says_how_it_ended_and_whether_the_client_knows() -> None:
    office = complained()
    decide(office, "resolve", **END)
    (concern,) = told(office).items
    assert (concern.is_open, concern.outcome, concern.client_knows) == (False, "Apologised", True)


def test_the_open_ones_come_first_and_many_are_not_all_told() -> None:
    office = complained(complaint_id="cp-0")
    decide(office, "resolve", **END)
    for n in range(1, 12):
        office.now = START + timedelta(hours=n)
        office.hear(ComplaintReceived(complaint_id=f"cp-{n}", client_id="c-1", type="fees",
                                      channel="phone", at=office.now))  # fmt: skip
    found = told(office)
    assert [each.is_open for each in found.items] == [True] * 10
    assert found.more == 2


def test_nothing_is_told_to_whoever_only_keeps_the_machines_running_or_stands_before_a_wall() -> (
    None
):
    office = complained()
    with pytest.raises(RuleError, match="Clients are seen by"):
        told(office, Actor(id="o", roles=("ops",)))
    with pytest.raises(RuleError):
        told(office, Actor(id="s-9", roles=("lawyer",), screened=("client:c-1",)))
    behind = Actor(id="s-9", roles=("lawyer",), screened=("matter:m-1",))
    assert told(office, behind).items == []


def test_the_clients_own_file_says_what_they_wrote_how_far_it_is_and_what_is_kept_back() -> None:
    office = asked_office()
    answer(office, 2, "Nobody rang me back.")
    decide(office, "acknowledge", note=WORDS)
    said = in_the_file(office)
    assert said["you_wrote"] == "Nobody rang me back."
    assert set(said["steps"]) == {"Acknowledged"}
    assert "privileged" in said["kept_back"]
    assert WORDS not in str(said)
    assert LAWYER.id not in str(said)


def test_an_outcome_the_client_was_not_told_is_not_in_their_file() -> None:
    office = complained()
    decide(office, "resolve", **END | {"outcome": "no-contact-wanted", "client_told": False,
                                       "note": "He said so."})  # fmt: skip
    assert "outcome" not in in_the_file(office)
    told_of = complained()
    decide(told_of, "resolve", **END)
    assert in_the_file(told_of)["outcome"] == "Apologised"
