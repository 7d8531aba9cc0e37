"""Is a matter led by whoever took it over, and may they clear its conflicts?"""

from typing import Any

import pytest

from services.intake.ports import CLIENTS, MATTERS
from shared.contracts.handovers import HandoverCompleted
from shared.tasks import TASKS
from tests.fakes.memory import START, MemoryService
from tests.intake.office import OWNER, intake, onboarded, opened, party


def handover(to: str = "lena", **changes: Any) -> HandoverCompleted:
    facts = {"client_id": "c-1", "matter_id": "m-1", "from": OWNER, "to": to, "at": START}
    return HandoverCompleted.model_validate(facts | changes)


def leader(office: MemoryService) -> str | None:
    matter = office.get(MATTERS, "m-1")
    assert matter is not None
    return matter.owner_id


@pytest.mark.parametrize("first", [True, False])
def test_the_newest_word_on_who_leads_it_holds_in_any_order(first: bool) -> None:
    office = intake()
    office.hear(onboarded())
    events = [(opened(), START), (handover(), START.replace(hour=23))]
    for number, (event, time) in enumerate(events if first else reversed(events)):
        office.hear(event, id=f"e-{number}", time=time)
    assert leader(office) == "lena"


def test_the_clients_own_lawyer_follows_where_it_is_their_matter() -> None:
    office = intake()
    office.hear(onboarded(owner_id=OWNER, matter_id="m-1"))
    office.hear(opened())
    office.hear(handover(), time=START.replace(hour=23))
    client = office.get(CLIENTS, "c-1")
    assert client is not None
    assert client.owner_id == "lena"


def test_who_takes_it_over_does_not_clear_its_conflicts() -> None:
    office = intake()
    office.hear(onboarded(client_id="c-2", name="Zenon Widerlich"))
    office.hear(onboarded())
    office.hear(opened())
    office.hear(party("Zenon Widerlich"))
    (task,) = [each for each in office.all(TASKS) if each.kind == "conflict-check"]
    office.hear(handover(), time=START.replace(hour=23))
    after = office.get(TASKS, task.task_id)
    assert after is not None
    assert {OWNER, "lena"} <= set(after.barred)
