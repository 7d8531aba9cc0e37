"""Is nobody erased whom a hold protects, and is a request that goes ahead told to every service?"""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.ports import RECORDS_REQUESTS
from shared.contracts.records import ErasureRequested, RecordsAnswered, RecordsOrdered
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.errors import RuleError
from tests.fakes.memory import MemoryService
from tests.intake.office import PARTNER, intake, onboarded, opened

SHOWN = {"identity": "in-person"}
HOLDS: list[dict[str, Any]] = [
    {"scope": "client", "client_id": "c-1"},
    {"scope": "matter", "matter_id": "m-1"},
    {"scope": "firm"},
]


@pytest.fixture
def office() -> MemoryService:
    """A client with a matter asks to be erased."""
    made = intake()
    made.hear(onboarded())
    made.hear(opened())
    made.hear(ErasureRequested(request_id="q-1", client_id="c-1", by="client", at=made.now))
    return made


def hold(office: MemoryService, **more: Any) -> None:
    said = {"restriction_id": "h-1", "kind": "legal-hold", "effect": "keep", "at": office.now}
    office.hear(RestrictionPlaced.model_validate({**said, **more}))


def go(office: MemoryService) -> None:
    (task,) = office.tasks("records-request")
    office.decide(task.task_id, "go", SHOWN, actor=PARTNER)


def refused(office: MemoryService) -> str:
    with pytest.raises(RuleError) as no:
        go(office)
    assert office.announced_of(RecordsOrdered) == []
    return no.value.code


@pytest.mark.parametrize("about", HOLDS, ids=lambda about: about["scope"])
def test_whom_a_hold_protects_is_not_erased(office: MemoryService, about: dict[str, Any]) -> None:
    hold(office, **about)
    assert refused(office) == "held"


def test_a_hold_another_system_said_in_other_words_protects_as_well(office: MemoryService) -> None:
    hold(office, **HOLDS[0], effect="stop")
    assert refused(office) == "held"


def test_a_hold_protects_until_it_is_lifted_even_past_its_day(office: MemoryService) -> None:
    hold(office, **HOLDS[0], until=office.now + timedelta(days=1))
    office.now += timedelta(days=30)
    assert refused(office) == "held"


def test_once_the_hold_is_lifted_every_service_is_told_to_erase(office: MemoryService) -> None:
    hold(office, **HOLDS[0])
    office.now += timedelta(days=1)
    office.hear(RestrictionLifted(restriction_id="h-1", client_id="c-1", at=office.now))
    go(office)
    (order,) = office.announced_of(RecordsOrdered)
    assert (order.client_id, order.do, order.matter_ids) == ("c-1", "erase", ("m-1",))


def test_a_hold_around_somebody_else_forbids_nothing(office: MemoryService) -> None:
    hold(office, scope="client", client_id="c-2")
    go(office)
    assert len(office.announced_of(RecordsOrdered)) == 1


def test_a_refusal_names_its_exemption_and_does_nothing(office: MemoryService) -> None:
    (task,) = office.tasks("records-request")
    said = {"exemption": "legal-claims", "reason": "A claim is pending."}
    office.decide(task.task_id, "refuse", said, actor=PARTNER)
    (answered,) = office.announced_of(RecordsAnswered)
    assert (answered.outcome, answered.exemption) == ("refused", "legal-claims")
    assert office.announced_of(RecordsOrdered) == []


def test_a_request_said_twice_asks_once(office: MemoryService) -> None:
    again = ErasureRequested(request_id="q-1", client_id="c-1", by="client", at=office.now)
    office.hear(again, id="said-again")
    assert len(office.tasks("records-request")) == 1
    assert len(office.all(RECORDS_REQUESTS)) == 1
