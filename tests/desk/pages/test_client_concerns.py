"""Does a client's page say whether they are wronged or at odds with us, and how far it is?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.concerns_asked import ConcernsTold, ConcernTold, StepTold
from tests.desk.browsing import Site
from tests.desk.facts import CLIENT, LEO, NOON, OSKAR, created

PLACE = "/clients/c-1"
BEFORE, LATER = (NOON - timedelta(days=2)).isoformat(), (NOON + timedelta(days=3)).isoformat()
OPEN: dict[str, Any] = {
    "concern_id": "k-1", "kind": "complaint", "title": "A complaint about fees",
    "matter_id": "m-1", "is_open": True, "since": BEFORE,
    "steps": [
        StepTold(name="acknowledged", label="Acknowledged", at=BEFORE, by="leo"),
        StepTold(name="investigated", label="Looked into"),
        StepTold(name="told", label="Told what came of it", due_at=LATER),
        StepTold(name="resolved", label="Closed", due_at=LATER),
    ],
}  # fmt: skip
ENDED: dict[str, Any] = {
    "concern_id": "k-0", "kind": "recovery", "title": "An unhappy client", "is_open": False,
    "since": BEFORE, "outcome": "Apologised", "client_knows": True,
    "steps": [StepTold(name="resolved", label="Closed", at=BEFORE, by="leo")],
}  # fmt: skip


@pytest.fixture
async def known(site: Site) -> Site:
    """A client with a task and two concerns."""
    site.memory.office.hear(CLIENT)
    site.memory.office.hear(created("t-call"))
    site.memory.concerns.told["c-1"] = ConcernsTold(
        items=[ConcernTold(**OPEN), ConcernTold(**ENDED)]
    )
    return site


async def page(site: Site, place: str = PLACE) -> str:
    answer = await (await site.as_person(LEO)).get(place)
    assert answer.status_code == 200
    return answer.text


def section(text: str) -> str:
    return text.partition('id="concerns"')[2].partition("</section>")[0]


async def test_every_step_stands_with_who_did_it_and_what_is_next(known: Site) -> None:
    text = section(await page(known))
    assert "A complaint about fees" in text
    assert text.index("Acknowledged") < text.index("Looked into") < text.index("Told what came")
    assert ", by Leo" in text
    assert text.count('aria-current="step"') == 1
    assert "An unhappy client" in text.partition("<details")[2]
    assert "The client knows." in text


@pytest.mark.parametrize("form", ["short", "full", "brief"])
async def test_they_stand_in_every_form_of_the_page(known: Site, form: str) -> None:
    assert "A complaint about fees" in section(await page(known, f"{PLACE}?form={form}"))


async def test_whoever_is_about_to_call_reads_that_a_complaint_is_open(known: Site) -> None:
    text = await page(known, "/tasks/t-call")
    before = text.partition('aria-labelledby="before-title"')[2].partition("</section>")[0]
    assert "A complaint about fees." in before
    assert "Looked into: Not yet" in before
    assert "An unhappy client" not in before


async def test_a_step_that_is_late_says_so(known: Site) -> None:
    late = [StepTold(name="acknowledged", label="Acknowledged", due_at=BEFORE)]
    known.memory.concerns.told["c-1"] = ConcernsTold(items=[ConcernTold(**OPEN | {"steps": late})])
    text = await page(known)
    assert "2 days late" in section(text)
    assert 'class="tone-danger"' in text.partition('id="card"')[2].partition("</section>")[0]


async def test_who_has_none_has_no_empty_list_of_them(known: Site) -> None:
    known.memory.concerns.told.clear()
    assert 'id="concerns"' not in await page(known)


@pytest.mark.parametrize("place", [PLACE, "/tasks/t-call"])
async def test_while_feedback_is_away_the_page_says_so_and_the_rest_is_shown(
    known: Site, place: str
) -> None:
    known.memory.concerns.away = True
    text = await page(known, place)
    assert "Whether they complained cannot be told just now" in text
    assert "Anna Müller" in text


async def test_who_does_not_work_with_clients_sees_none(known: Site) -> None:
    known.memory.office.hear(created("t-ops", kind="follow-up", role="ops", roles=("ops",)))
    answer = await (await known.as_person(OSKAR)).get("/tasks/t-ops")
    assert "A complaint about fees" not in answer.text
