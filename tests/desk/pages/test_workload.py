"""Does a partner see what lies with whom, each number leading to exactly these tasks?"""

import csv
import io
import re
from datetime import timedelta

import pytest

from services.desk.domain.spreadsheet import MARK
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLIENT, LEO, NOON, OSKAR, PAT, created

DAY = timedelta(days=1)
NUMBER = re.compile(r'<td>\s*(?:<a href="([^"]+)">)?(\d+)')


@pytest.fixture
def busy(site: Site) -> Site:
    """Leo has four tasks, one of them overdue; Ash has one; nobody has one."""
    office = site.memory.office
    office.hear(CLIENT, id="e-client")
    for number, (owner, days) in enumerate(
        [("leo", -2), ("leo", 0.1), ("leo", 5), ("leo", 20), ("ash", 1), (None, -1)]
    ):
        task = created(f"t-{number}", owner_id=owner, due_at=NOON + days * DAY)
        office.hear(task, id=f"e-{number}")
    barred = created("t-barred", owner_id="leo", due_at=NOON - DAY, barred=("pat",))
    office.hear(barred, id="e-barred")
    return site


def row_of(page: str, name: str) -> list[tuple[str, str]]:
    """The numbers beside a name, each with where it leads."""
    (row,) = [each for each in page.split("<tr>") if f'<th scope="row">{name}</th>' in each]
    return [(count, where.replace("&amp;", "&")) for where, count in NUMBER.findall(row)]


async def test_what_lies_with_each_stands_with_what_is_overdue(busy: Site) -> None:
    page = (await (await busy.as_person(PAT)).get("/reports/workload")).text
    assert [count for count, _ in row_of(page, "Leo")] == ["4", "2", "1"]
    assert [count for count, _ in row_of(page, "Ash")] == ["1", "1", "0"]
    assert [count for count, _ in row_of(page, "Nobody yet")] == ["1", "0", "1"]
    assert [count for count, _ in row_of(page, "Lena")] == ["0", "0", "0"]
    names = re.findall(r'<th scope="row">([^<]+)</th>', page)
    assert (names[:2], names[-1]) == (["Leo", "Ash"], "Nobody yet")


async def test_each_number_leads_to_exactly_these_tasks(busy: Site) -> None:
    browser = await busy.as_person(PAT)
    page = (await browser.get("/reports/workload")).text
    for name in ("Leo", "Ash", "Nobody yet"):
        for count, where in row_of(page, name):
            if where:
                listed = (await browser.get(where)).text
                assert len(set(re.findall(r'href="/tasks/(t-\w+)', listed))) == int(count), where


async def test_bars_are_drawn_for_whoever_has_something_and_lead_there_too(busy: Site) -> None:
    page = (await (await busy.as_person(PAT)).get("/reports/workload")).text
    said = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', page)
    assert [words for _, words in said] == [
        "Leo: 4", "Ash: 1", "Nobody yet: 1", "Leo: 1", "Nobody yet: 1",
    ]  # fmt: skip
    assert said[3][0] == "/inbox?view=team&amp;owner=leo&amp;due=overdue"


async def test_it_is_saved_for_a_spreadsheet(busy: Site) -> None:
    text = (await (await busy.as_person(PAT)).get("/reports/workload.csv")).text
    rows = list(csv.reader(io.StringIO(text.removeprefix(MARK))))
    assert rows[0] == ["Person", "Open tasks", "Due within a week", "Overdue", "Overdue since"]
    assert rows[1][:4] == ["Leo", "4", "2", "1"]
    assert rows[1][4]


@pytest.mark.parametrize("person", [ASH, LEO, OSKAR], ids=lambda each: each.staff_id)
@pytest.mark.parametrize("place", ["/reports/workload", "/reports/workload.csv"])
async def test_it_is_for_partners(busy: Site, person: object, place: str) -> None:
    browser = await busy.as_person(person)  # type: ignore[arg-type]  # one of the people
    assert (await browser.get(place)).status_code == 403


async def test_with_nothing_to_do_nothing_is_drawn(site: Site) -> None:
    page = (await (await site.as_person(PAT)).get("/reports/workload")).text
    assert 'class="plot"' not in page
    assert [count for count, _ in row_of(page, "Leo")] == ["0", "0", "0"]
