"""Does the desk show what is due to whom this week, what was missed, and to whom it matters?"""

from datetime import datetime, timedelta
from typing import Any

from shared.contracts.commitments import CommitmentMade, CommitmentMet, CommitmentMissed
from shared.contracts.tasks import About
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLIENT, LEO, NOON, OSKAR, created


def said(kind: Any, id: str, due_at: datetime, **more: Any) -> Any:
    values: dict[str, Any] = {
        "commitment_id": id, "standard": "return-call", "source": "The firm", "edition": "2026-11",
        "about": About(client_id="c-1", call_id=id), "made_at": NOON, "due_at": due_at,
        "at": NOON, "rule_id": "return-call", "rule_version": 1, "owner_id": "leo",
    }  # fmt: skip
    return kind(**{**values, **more})


def hear(site: Site, *events: Any) -> None:
    for n, data in enumerate(events):
        site.memory.office.hear(data, id=f"e-{data.TYPE}-{data.commitment_id}-{n}")


TOMORROW, MONTH_AWAY = NOON + timedelta(days=1), NOON + timedelta(days=30)


async def test_what_is_due_this_week_stands_before_what_comes_later(site: Site) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    hear(site, said(CommitmentMade, "k-1", MONTH_AWAY, standard="promise", what="estimate"),
         said(CommitmentMade, "k-2", TOMORROW))  # fmt: skip
    page = (await (await site.as_person(LEO)).get("/promised")).text
    week, later = page.index("Due within seven days"), page.index("Due later")
    assert week < page.index("Returning a call") < later < page.index("A promise (estimate)")
    assert "The firm, 2026-11" in page
    assert 'href="/clients/c-1"' in page


async def test_what_was_missed_stands_first_and_what_was_met_not_at_all(site: Site) -> None:
    late = {"at": NOON, "by_seconds": 0}
    hear(site, said(CommitmentMade, "k-1", TOMORROW),
         said(CommitmentMet, "k-1", TOMORROW, at=NOON, by_seconds=-5),
         said(CommitmentMissed, "k-2", NOON, standard="convey-offer", **late),
         said(CommitmentMade, "k-2", NOON, standard="convey-offer"))  # fmt: skip
    page = (await (await site.as_person(LEO)).get("/promised")).text
    assert page.index("Missed in the last seven days") < page.index(
        "Telling the client of an offer"
    )
    assert "Nothing is due." in page
    assert "Returning a call" not in page


async def test_a_client_s_page_and_the_tasks_about_them_say_what_they_are_owed(site: Site) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    site.memory.office.hear(created(about={"client_id": "c-1"}), id="e-task")
    hear(site, said(CommitmentMade, "k-1", TOMORROW))
    browser = await site.as_person(ASH)
    for place in ("/clients/c-1", "/tasks/t-1"):
        page = (await browser.get(place)).text
        assert "Promised" in page
        assert "Returning a call" in page, page[page.index("<main") :]


async def test_who_only_keeps_the_machines_running_does_not_see_it(site: Site) -> None:
    assert (await (await site.as_person(OSKAR)).get("/promised")).status_code == 403
