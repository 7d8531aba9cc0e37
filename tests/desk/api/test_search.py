"""Do programs find what their person may see?"""

import pytest

from shared.contracts.finds import FindTold, FoundTold
from tests.desk.facts import LEO, OSKAR
from tests.desk.memory import MemoryDesk
from tests.desk.walls import peopled, wall


@pytest.fixture
def desk(desk: MemoryDesk) -> MemoryDesk:
    """A desk with two clients, an inquiry and tasks about them."""
    peopled(desk)
    return desk


async def test_what_was_typed_is_looked_for_and_told_by_kind(desk: MemoryDesk) -> None:
    party = FoundTold(kind="party", by="name", name="Anna M.", client_id="c-2", matter_id="m-2")
    desk.finds.told["anna"] = FindTold(items=[party])
    told = (await desk.as_person(LEO).get("/search", params={"q": "anna"})).json()
    assert [each["client_id"] for each in told["clients"]] == ["c-1"]
    assert [each["matter_id"] for each in told["parties"]] == ["m-2"]
    assert {each["task_id"] for each in told["tasks"]} == {"t-client", "t-matter"}


async def test_without_words_programs_are_told_what_was_opened_last(desk: MemoryDesk) -> None:
    await desk.as_person(LEO).get("/clients/c-2")
    told = (await desk.as_person(LEO).get("/search")).json()
    assert [each["client_id"] for each in told["recent"]] == ["c-2"]


async def test_what_a_wall_keeps_away_is_not_found(desk: MemoryDesk) -> None:
    desk.office.hear(wall("client", "leo"))
    told = (await desk.as_person(LEO).get("/search", params={"q": "anna"})).json()
    assert (told["clients"], told["tasks"]) == ([], [])


async def test_too_much_is_refused_and_others_find_tasks_alone(desk: MemoryDesk) -> None:
    assert (await desk.as_person(LEO).get("/search", params={"q": "x" * 101})).status_code == 422
    told = (await desk.as_person(OSKAR).get("/search", params={"q": "anna"})).json()
    assert (told["clients"], told["tasks"]) == ([], [])
