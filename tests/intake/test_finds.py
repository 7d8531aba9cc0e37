"""Does whoever looks for somebody find them, and nobody a wall keeps them from?"""

import asyncio
from typing import Any, cast

import pytest

from services.intake.api.finds import FindRequest, answer_finds
from shared.contracts.finds import FindTold
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.intake.office import PARTNER, intake, onboarded, opened, party


@pytest.fixture
def office() -> MemoryService:
    """A client with a matter, and somebody on its other side."""
    found = intake()
    found.hear(onboarded(name="Anna Müller", phone="+49 30 1234567"))
    found.hear(opened())
    found.hear(party("Zenon Widerlich").model_copy(update={"phone": "+49 40 7654321"}))
    return found


def find(office: MemoryService, words: str, actor: Actor = PARTNER) -> FindTold:
    runtime = cast("Runtime", MemoryRuntime(office))

    async def ask() -> Any:
        return await answer_finds(runtime, FindRequest(words=words, actor=actor))

    return cast("FindTold", asyncio.run(ask()))


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("Anna Mueller", "name"),
        ("Muller, Anna", "name"),
        ("Müller", "name"),
        ("030 / 1234567", "phone"),
        ("0049 30 1234567", "phone"),
        ("C-1@Example.com", "e-mail"),
        ("c-1", "id"),
    ],
)
def test_a_client_is_found_however_they_are_written(
    office: MemoryService, typed: str, by: str
) -> None:
    (found,) = find(office, typed).items
    assert (found.kind, found.client_id, found.name, found.by) == (
        "client", "c-1", "Anna Müller", by,
    )  # fmt: skip
    assert [each.matter_id for each in found.matters] == ["m-1"]


@pytest.mark.parametrize(("typed", "by"), [("Zenon Widerlich", "name"), ("040 7654321", "phone")])
def test_a_party_is_found_with_the_matter_and_its_client(
    office: MemoryService, typed: str, by: str
) -> None:
    (found,) = find(office, typed).items
    assert (found.kind, found.by, found.matter_id, found.client_id) == ("party", by, "m-1", "c-1")


def test_a_matter_is_found_by_its_id(office: MemoryService) -> None:
    (found,) = find(office, "m-1").items
    assert (found.kind, found.client_id) == ("matter", "c-1")


@pytest.mark.parametrize("typed", ["m-1", "c-1", "Anna Müller", "030 1234567", "Zenon Widerlich"])
def test_nothing_behind_a_wall_is_found_and_what_was_left_out_is_said_to_the_desk(
    office: MemoryService, typed: str
) -> None:
    behind = Actor(id="leo", roles=("lawyer",), screened=["client:c-1"])
    told = find(office, typed, behind)
    assert (told.items, told.left_out) == ([], ["client:c-1"])


def test_a_wall_around_a_matter_hides_its_parties_and_leaves_the_client(
    office: MemoryService,
) -> None:
    behind = Actor(id="leo", roles=("lawyer",), screened=["matter:m-1"])
    assert find(office, "Zenon Widerlich", behind).items == []
    (client,) = find(office, "Anna Müller", behind).items
    assert client.matters == []


@pytest.mark.parametrize("typed", ["", "  ", "%", "12", "@", "nobody at all", "+49 30 99999999"])
def test_what_means_nobody_finds_nobody(office: MemoryService, typed: str) -> None:
    assert find(office, typed).items == []


def test_whoever_only_keeps_the_machines_running_finds_nobody(office: MemoryService) -> None:
    with pytest.raises(RuleError, match="Clients are seen by"):
        find(office, "Anna", Actor(id="o", roles=("ops",)))
