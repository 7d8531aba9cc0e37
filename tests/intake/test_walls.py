"""Does whoever a wall keeps from a client learn nothing of them from intake's answers?"""

import asyncio
from typing import Any, cast

import pytest

from services.intake.api.checks import ChecksRequest, answer_checks
from services.intake.api.current_clients import CurrentClientsRequest, current_clients
from services.intake.domain.checks import Check
from services.intake.ports import CHECKS, CheckRegister
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.filled_in import usual
from tests.intake.office import (
    CLEARED,
    CONFIG,
    OWNER,
    PARTNER,
    inquiry,
    intake,
    last_check,
    onboarded,
    only_task,
    opened,
    over,
    party,
)
from tests.intake.test_cards import card


def behind(*subjects: str) -> Actor:
    return Actor(id="s-9", roles=("partner",), screened=subjects)


class Everything:
    """The register over memory, as one page."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def page(self, *_: Any) -> list[Check]:
        return self._office.all(CHECKS)

    async def has_unapplied(self) -> bool:
        return False


def ask(office: MemoryService, actor: Actor, **asked: Any) -> Answer:
    registers = cast("Any", lambda _: cast("CheckRegister", Everything(office)))
    request = ChecksRequest.model_validate({"actor": actor, **asked})

    async def answered() -> Answer:
        runtime = cast("Runtime", MemoryRuntime(office))
        return await answer_checks(CONFIG, registers)(runtime, request)

    return asyncio.run(answered())


def refused(office: MemoryService, actor: Actor, **asked: Any) -> str:
    with pytest.raises(RuleError) as no:
        ask(office, actor, **asked)
    return no.value.code


@pytest.fixture
def office() -> MemoryService:
    """Two clients; the name of the second one's opponent is the first one's."""
    office = intake()
    office.hear(onboarded(name="Robert Smith", owner_id=OWNER))
    office.hear(opened("m-1", "c-1"))
    office.hear(opened("m-2", "c-1"))
    office.hear(party("Carl Danner", matter_id="m-1"))
    office.hear(onboarded(name="Bea Jones", client_id="c-2"))
    office.hear(opened("m-9", "c-2"))
    office.hear(party("Bob Smith", matter_id="m-9"))
    return office


def test_a_card_is_refused_and_one_beside_a_walled_matter_leaves_that_out(
    office: MemoryService,
) -> None:
    with pytest.raises(RuleError) as no:
        card(office, behind("client:c-1"))
    assert no.value.code == "screened"
    told = card(office, behind("matter:m-1"))
    assert [each.matter_id for each in told.matters] == ["m-2"]
    assert told.people == []


def test_a_note_of_a_walled_matter_is_left_out_and_its_task_is_for_others(
    office: MemoryService,
) -> None:
    office.hear(over(matter_id="m-1"))
    (task,) = office.tasks("appointment-outcome")
    with pytest.raises(RuleError) as no:
        office.decide(task.task_id, "held", {"understood": "x"}, actor=behind("matter:m-1"))
    assert no.value.code == "screened"
    office.decide(task.task_id, "held", {"understood": "x"}, actor=PARTNER)
    assert [each.matter_id for each in card(office, PARTNER).notes] == ["m-1"]
    assert card(office, behind("matter:m-1")).notes == []


def test_checks_of_a_walled_client_are_in_no_register_and_no_record(office: MemoryService) -> None:
    theirs = last_check(office, "client:c-1").check_id
    walled = behind("client:c-1")
    rows = ask(office, walled, ask="register").model_dump()["rows"]
    assert rows
    assert "c-1" not in {each["client_id"] for each in rows}
    assert refused(office, walled, ask="record", check_id=theirs) == "screened"
    assert refused(office, walled, ask="clearance", client_id="c-1") == "screened"
    again = {"ask": "reopen", "check_id": theirs, "why": "x", "request_id": "r-1"}
    assert refused(office, walled, **again) == "screened"


def test_a_hit_behind_a_wall_says_only_that_there_is_one(office: MemoryService) -> None:
    made = next(each for each in office.all(CHECKS) if each.hits)
    walled = behind("client:c-1")
    told = ask(office, walled, ask="record", check_id=made.check_id).model_dump_json()
    assert "behind an ethical wall" in told
    assert "Robert" not in told
    assert "c-1" not in told
    with pytest.raises(RuleError) as no:
        office.decide(only_task(office), "clear", CLEARED, actor=walled)
    assert no.value.code == "screened"


def test_an_inquiry_behind_a_wall_is_looked_at_and_decided_by_others(office: MemoryService) -> None:
    office.hear(inquiry("Zoe Bauer"))
    (task,) = office.tasks("inquiry-ready")
    lawyer = Actor(id="s-8", roles=("lawyer",), screened=("inquiry:i-1",))
    with pytest.raises(RuleError) as no:
        office.decide(task.task_id, "contacted", usual("inquiry-ready", "contacted"), actor=lawyer)
    assert no.value.code == "screened"


def test_the_list_of_whom_the_firm_acts_for_leaves_out_who_is_behind_a_wall(
    office: MemoryService,
) -> None:
    class Open:
        async def clients_after(self, *_: object) -> list[str]:
            return ["c-1", "c-2"]

    request = current_clients(cast("Any", lambda _: Open()))
    asked = CurrentClientsRequest(actor=behind("client:c-1"))

    async def answered() -> Any:
        return await request.answer(cast("Runtime", MemoryRuntime(office)), asked)

    told = asyncio.run(answered())
    assert [each.client_id for each in told.items] == ["c-2"]
