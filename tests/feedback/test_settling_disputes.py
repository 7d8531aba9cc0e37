"""Does a dispute close only once each of its sides says that it is settled?"""

from typing import Any

import pytest

from services.feedback.ports import CONCERNS
from shared.contracts.concerns import ConcernAdvanced, ConcernClosed, ConcernOpened, DisputeOpened
from shared.errors import RuleError
from shared.tasks import Actor
from tests.fakes.memory import START, MemoryService
from tests.feedback.office import PARTNER, matter_opened, new_office
from tests.filled_in import usual

ANN, BEN = (Actor(id=f"s-{name}", roles=("assistant",)) for name in ("ann", "ben"))
LEAD = Actor(id="s-lead", roles=("partner",))
END: dict[str, Any] = {"outcome": "settled", "cause_code": "conduct"}


def at_odds(**more: Any) -> MemoryService:
    """Two people of the firm are at odds."""
    office = new_office()
    office.hear(matter_opened())
    office.hear(
        DisputeOpened(
            **{
                "dispute_id": "dp-1",
                "parties": "staff-staff",
                "staff_ids": (ANN.id, BEN.id),
                "by": PARTNER.id,
                "at": START,
            }
            | more
        )
    )
    return office


def lead(office: MemoryService, decision: str, actor: Actor = LEAD, **fields: Any) -> None:
    (task,) = office.tasks("service-recovery")
    office.decide(task.task_id, decision, usual(task.kind, decision, fields), actor=actor)


def say(office: MemoryService, side: Actor, decision: str = "settled", **fields: Any) -> None:
    (task,) = (each for each in office.tasks("confirm") if each.owner_id == side.id)
    office.decide(task.task_id, decision, usual(task.kind, decision, fields), actor=side)


def refusal(office: MemoryService) -> str:
    with pytest.raises(RuleError) as no:
        lead(office, "resolve", **END, client_told=False)
    assert no.value.field is None
    return no.value.code


def test_one_dispute_opens_one_concern_for_none_of_its_sides() -> None:
    office = at_odds()
    (said,) = office.announced_of(ConcernOpened)
    assert (said.kind, said.client_id) == ("dispute", None)
    with pytest.raises(RuleError) as no:
        lead(office, "acknowledge", Actor(id=ANN.id, roles=("partner",)))
    assert no.value.code == "barred"


def test_one_of_two_confirmations_does_not_close_it_and_both_do() -> None:
    office = at_odds()
    assert refusal(office) == "not-confirmed"
    lead(office, "told")
    say(office, ANN)
    assert refusal(office) == "not-confirmed"
    say(office, BEN)
    lead(office, "resolve", **END, client_told=False)
    (said,) = office.announced_of(ConcernClosed)
    assert (said.outcome, said.confirmed, said.client_told) == ("settled", True, None)
    confirmed = [each for each in office.announced_of(ConcernAdvanced) if each.step == "confirmed"]
    assert len(confirmed) == 2


def test_nobody_says_so_for_another_side() -> None:
    office = at_odds()
    lead(office, "told")
    (task,) = (each for each in office.tasks("confirm") if each.owner_id == ANN.id)
    for other in (BEN, LEAD):
        with pytest.raises(RuleError) as no:
            office.decide(task.task_id, "settled", {}, actor=other)
        assert no.value.code == "barred"


def test_who_says_it_is_not_settled_sends_it_back_and_both_are_asked_anew() -> None:
    office = at_odds()
    lead(office, "told")
    say(office, ANN)
    say(office, BEN, "not-settled", note="canary")
    assert office.tasks("confirm") == []
    lead(office, "told")
    assert {each.owner_id for each in office.tasks("confirm")} == {ANN.id, BEN.id}
    say(office, BEN)
    assert refusal(office) == "not-confirmed"
    assert "canary" not in repr(office.announced)


def test_for_a_client_somebody_neutral_says_what_they_said() -> None:
    office = at_odds(parties="client-staff", staff_ids=(ANN.id,), client_id="c-1")
    lead(office, "told")
    (task,) = (each for each in office.tasks("confirm") if each.owner_id is None)
    with pytest.raises(RuleError):
        office.decide(task.task_id, "settled", {}, actor=ANN)
    office.decide(task.task_id, "settled", {}, actor=LEAD)
    say(office, ANN)
    lead(office, "resolve", **END, client_told=True)
    assert office.all(CONCERNS)[0].is_settled


def test_what_a_side_is_asked_shows_the_steps_and_not_what_was_written() -> None:
    office = at_odds()
    lead(office, "told", note="canary: what I found")
    (task,) = (each for each in office.tasks("confirm") if each.owner_id == ANN.id)
    shown = office.view(task.task_id, ANN)
    assert shown["steps"]
    assert "canary" not in repr(shown)
