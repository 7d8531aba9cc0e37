"""Is whoever has to tell everybody told whom the firm acts for now, a part at a time?"""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest

from services.intake.api.current_clients import CurrentClientsRequest, current_clients
from services.intake.ports import MATTERS
from shared.contracts.current_clients import AT_ONCE, CurrentClientsTold
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.intake.office import PARTNER, closed, intake, onboarded, opened


class MemoryOpenMatters:
    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def clients_after(self, client_id: str, limit: int) -> Sequence[str]:
        found = {m.client_id for m in self._office.all(MATTERS) if m.state == "open"}
        return sorted(each for each in found if each and each > client_id)[:limit]


def told(office: MemoryService, actor: Actor = PARTNER, after: str = "") -> CurrentClientsTold:
    runtime = cast("Runtime", MemoryRuntime(office))
    request = current_clients(lambda _: MemoryOpenMatters(office))

    async def ask() -> Any:
        return await request.answer(runtime, CurrentClientsRequest(after=after, actor=actor))

    return cast("CurrentClientsTold", asyncio.run(ask()))


def test_clients_with_an_open_matter_are_told_with_how_to_reach_them() -> None:
    office = intake()
    office.hear(onboarded(phone="+49 30 1234"))
    office.hear(opened())
    office.hear(onboarded(client_id="c-2", name="Bruno Haas"))
    (each,) = told(office).items
    assert (each.client_id, each.phone, each.matters) == ("c-1", "+49 30 1234", 1)
    assert each.email == "c-1@example.com"


def test_whose_matters_are_all_closed_is_not_current() -> None:
    office = intake()
    office.hear(onboarded())
    office.hear(opened())
    office.hear(closed())
    assert told(office).items == []


def test_of_a_client_nobody_has_told_of_only_the_id_is_there() -> None:
    office = intake()
    office.hear(opened(client_id="c-9"))
    (each,) = told(office).items
    assert (each.client_id, each.name) == ("c-9", None)


def test_many_are_told_a_part_at_a_time() -> None:
    office = intake()
    for n in range(AT_ONCE + 3):
        office.hear(opened(client_id=f"c-{n:04}", matter_id=f"m-{n:04}"))
    first = told(office)
    assert (len(first.items), first.next) == (AT_ONCE, first.items[-1].client_id)
    rest = told(office, after=first.next or "")
    assert (len(rest.items), rest.next) == (3, None)


def test_whoever_only_keeps_the_machines_running_is_told_of_nobody() -> None:
    with pytest.raises(RuleError, match="Clients are seen by"):
        told(intake(), Actor(id="o", roles=("ops",)))
