"""Is somebody's work done while they are away, by whoever acts for them?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.desk.domain.absences import Absence
from services.desk.domain.escalating import SeesToIt, sees_to_it
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.projecting import apply
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from tests.desk.browsing import Site, site_at
from tests.desk.facts import EVERYBODY, LENA, LEO, NOON, PAT, created, event

AWAY = {"since": "2026-03-02", "until": "2026-03-09", "substitute": "lena"}
DAY = timedelta(days=1)


@pytest.fixture
async def site() -> Site:
    """The pages on the second of March."""
    return await site_at(NOON)


def owner(site: Site, task_id: str) -> str | None:
    task = site.memory.office.get(LISTED, task_id)
    assert task is not None
    return task.owner_id


async def test_what_they_have_and_what_comes_goes_to_their_substitute(site: Site) -> None:
    hear = site.memory.office.hear
    hear(created("t-soon", owner_id="leo", due_at=NOON + 2 * DAY), id="e-1")
    hear(created("t-later", owner_id="leo", due_at=NOON + 20 * DAY, kind="follow-up",
                 service="desk"), id="e-2")  # fmt: skip
    browser = await site.as_person(LEO)
    assert (await browser.do("/absences", AWAY)).status_code == 303
    hear(created("t-new", owner_id="leo", due_at=NOON + 3 * DAY), id="e-3")
    assert [owner(site, each) for each in ("t-soon", "t-later", "t-new")] == ["lena", "leo", "lena"]
    page = (await browser.get("/absences")).text
    assert "9 March 2026" in page
    history = (await (await site.as_person(LENA)).get("/tasks/t-new")).text
    assert "is away" in history


async def test_without_a_substitute_or_with_one_who_is_away_too_it_is_everybodys(
    site: Site,
) -> None:
    await (await site.as_person(LENA)).do("/absences", {**AWAY, "substitute": ""})
    await (await site.as_person(LEO)).do("/absences", AWAY)
    site.memory.office.hear(created("t-new", owner_id="leo", due_at=NOON + DAY), id="e-3")
    assert owner(site, "t-new") is None


async def test_what_is_overdue_goes_past_who_is_away() -> None:
    away = Absence(since=NOON - DAY, until=NOON + DAY, substitute="lena")
    task = apply(ListedTask(task_id="t-1"), event(created("t-1")))
    staff = [replace(PAT, absences=(away,)), *(e for e in EVERYBODY if e != PAT)]
    assert sees_to_it(task, staff, NOON) == SeesToIt("lena", "acts-for", "pat")
    assert sees_to_it(task, staff, NOON + DAY) == SeesToIt("pat", "partner")
    nobody = [replace(each, absences=(away,)) for each in EVERYBODY]
    assert sees_to_it(task, nobody, NOON) == SeesToIt("pat", "partner")


async def test_a_partner_says_it_of_others_and_nobody_else_does(site: Site) -> None:
    of_leo = {**AWAY, "staff_id": "leo"}
    assert (await (await site.as_person(LENA)).do("/absences", of_leo)).status_code == 403
    assert (await (await site.as_person(PAT)).do("/absences", of_leo)).status_code == 303
    leo = site.memory.office.get(STAFF, "leo")
    assert leo is not None
    (absence,) = leo.absences
    back = {"staff_id": "leo", "since": absence.since.isoformat()}
    await (await site.as_person(PAT)).do("/absences/drop", back)
    leo = site.memory.office.get(STAFF, "leo")
    assert leo is not None
    assert leo.absences == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"since": "x"}, "since"), ({"until": "2026-02-01"}, "until"),
     ({"substitute": "leo"}, "substitute"), ({"substitute": "nobody"}, "substitute")],
)  # fmt: skip
async def test_what_is_refused_stands_at_its_field(
    site: Site, changes: dict[str, str], field: str
) -> None:
    answer = await (await site.as_person(LEO)).do("/absences", AWAY | changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
