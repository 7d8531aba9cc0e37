"""Does a spreadsheet hold exactly the list on the page, and nothing that computes?"""

import csv
import io
from typing import Any

import pytest

from services.desk.pages import csv_export
from shared.contracts.firm import ClientOnboarded
from tests.desk.browsing import Browser, Site
from tests.desk.facts import CLARA, LEO, created

FORMULA = '=HYPERLINK("x")'


async def rows(browser: Browser, query: str = "view=team") -> list[dict[str, str]]:
    answer = await browser.get(f"/inbox.csv?{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def hear(site: Site, *ids: str, **changes: Any) -> None:
    for task_id in ids:
        site.memory.office.hear(created(task_id, **changes), id=f"e-{task_id}")


async def test_a_row_says_what_the_list_says(site: Site) -> None:
    hear(site, "t-1")
    (row,) = await rows(await site.as_person(LEO))
    assert row == {
        "Task": "t-1", "What": "Call the client about appointment a-1", "Kind": "Call the client",
        "For whom": "Matter m-1", "Client id": "c-1", "Matter id": "m-1", "Why": "No channel.",
        "Who has it": "", "Due": "2026-03-03 12:00", "First due": "", "Snoozed until": "",
        "Priority": "Normal", "State": "Open", "Escalation": "", "Ended": "",
    }  # fmt: skip


async def test_a_name_that_looks_like_a_formula_is_text(site: Site) -> None:
    site.memory.office.hear(
        ClientOnboarded(client_id="c-1", name=FORMULA, email="a@example.com",
                        timezone="Europe/London", locale="en")
    )  # fmt: skip
    hear(site, "t-1")
    (row,) = await rows(await site.as_person(LEO))
    assert row["For whom"] == f"'{FORMULA}"


async def test_it_is_the_chosen_list_of_this_person(site: Site) -> None:
    hear(site, "t-1", priority="high")
    hear(site, "t-2", barred=("leo",))
    hear(site, "t-3")
    leo = await site.as_person(LEO)
    assert [row["Task"] for row in await rows(leo)] == ["t-1", "t-3"]
    assert [row["Task"] for row in await rows(leo, "view=team&priority=high")] == ["t-1"]
    assert await rows(await site.as_person(CLARA)) == []


async def test_a_long_list_is_whole_and_a_longer_one_says_that_it_is_cut(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_export, "AT_ONCE", 3)
    hear(site, *(f"t-{number}" for number in range(8)))
    leo = await site.as_person(LEO)
    assert [row["Task"] for row in await rows(leo)] == [f"t-{number}" for number in range(8)]
    monkeypatch.setattr(csv_export, "MOST", 6)
    assert [row["Task"] for row in await rows(leo)][-1] == csv_export.CUT


async def test_the_page_leads_to_it(site: Site) -> None:
    hear(site, "t-1")
    page = await (await site.as_person(LEO)).get("/inbox?view=team&priority=normal")
    assert 'href="/inbox.csv?view=team&amp;priority=normal"' in page.text
