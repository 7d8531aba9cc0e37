"""Does shuffled and repeated input end in one state?"""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.ports import CLIENTS, MATTERS, SURVEYS
from shared.contracts.base import EventData
from shared.contracts.firm import ClientOnboarded, ClientUpdated
from shared.contracts.reminders import SurveyDue
from tests.fakes.memory import MemoryService
from tests.feedback.office import answer, matter_opened, new_office

STORY: list[EventData] = [
    ClientOnboarded(
        client_id="c-1",
        name="A",
        email="a@b.example",
        timezone="Europe/Vienna",
        locale="de-AT",
        matter_id="m-1",
        owner_id="s-1",
    ),
    matter_opened("s-2"),
    ClientUpdated(client_id="c-1", locale="en-GB"),
    ClientUpdated(client_id="c-1", owner_id="s-3"),
    ClientUpdated(client_id="c-1", owner_id=None),
    matter_opened("s-4"),
    SurveyDue(client_id="c-1", matter_id="m-1"),
]
numbered = list(enumerate(STORY))


def heard(order: list[tuple[int, EventData]]) -> MemoryService:
    office = new_office()
    start = office.now
    for number, data in order:
        office.hear(data, id=f"e-{number}", time=start + timedelta(minutes=number))
    return office


def state(office: MemoryService) -> list[object]:
    surveys = [(s.survey_id, s.client_id, s.matter_id) for s in office.all(SURVEYS)]
    return [office.all(CLIENTS), office.all(MATTERS), surveys]


@given(st.permutations(numbered), st.lists(st.sampled_from(numbered), max_size=5))
def test_any_order_with_repeats_ends_in_the_same_state(
    order: list[tuple[int, EventData]], repeats: list[tuple[int, EventData]]
) -> None:
    assert state(heard([*order, *repeats])) == state(heard(numbered))


@given(st.permutations(numbered[:-1]))
def test_an_open_recovery_ends_barred_to_the_same_person(
    order: list[tuple[int, EventData]],
) -> None:
    office = new_office()
    start = office.now
    office.hear(STORY[-1])
    answer(office, 1)
    for number, data in order:
        office.hear(data, id=f"e-{number}", time=start + timedelta(minutes=number))
    (task,) = office.tasks("service-recovery")
    assert (task.barred, task.roles) == (("s-4",), ())
