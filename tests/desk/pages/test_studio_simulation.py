"""Is a change simulated from the browser, and approved with what was found about exactly it?"""

from datetime import UTC, datetime

from services.reminders.domain.simulation import Count, Example, Found
from tests.desk.browsing import Site
from tests.desk.facts import OSKAR, PAT
from tests.desk.pages.test_studio import PARTS, RULE, change, kept, propose
from tests.desk.walls import wall
from tests.reminders.editions import work

PLACE = "/studio/editions/1/simulation"
SINCE = datetime(2026, 2, 1, tzinfo=UTC)
FOUND = Found(
    since=SINCE, until=datetime(2026, 3, 2, tzinfo=UTC), kept_from=SINCE, events=120,
    acted_before=9, acted_after=8,
    counts=(
        Count(rule_id="survey-due", what="would-move", count=31),
        Count(rule_id="welcome", what="would-be-held-back", why="asked-lately", count=2),
    ),
    examples=tuple(
        Example(rule_id="survey-due", what="would-move", client_id=id, before=SINCE, after=SINCE)
        for id in ("c-1", "c-2")
    ),
)  # fmt: skip


def found(site: Site) -> None:
    """The process that works at it is done."""
    reminders = kept(site).reminders
    work(reminders, "finish", work(reminders, "take", "0:a"), FOUND)


async def test_it_is_started_watched_and_stands_where_the_change_is_approved(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    await change(pat, RULE, **PARTS)
    await propose(pat)
    assert "It was not simulated." in (await oskar.get("/studio/editions/1")).text
    wrong = await change(oskar, PLACE, do="start", days="12")
    assert (wrong.status_code, 'id="days-error"' in wrong.text) == (422, True)
    assert (await change(oskar, PLACE, do="start", days="90")).status_code == 303
    waits = (await pat.get(PLACE)).text
    assert "Waits for a process" in waits
    assert 'hx-trigger="every 3s"' in waits
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in waits
    found(site)
    page = (await pat.get(PLACE)).text
    assert "http-equiv" not in page
    assert "Survey due: 31" in page
    assert "And 29 more." in page
    assert "Asked lately: 2" in page
    assert "/clients/c-1" in page
    seen = (await oskar.get("/studio/editions/1")).text
    assert "Simulated exactly as it stands here" in seen
    assert "Would happen at another time: 31" in seen


async def test_who_works_with_no_clients_sees_counts_alone(site: Site) -> None:
    oskar = await site.as_person(OSKAR)
    await change(oskar, RULE, **PARTS)
    await change(oskar, "/studio/editions/draft/simulation", do="start", days="30")
    found(site)
    page = (await oskar.get("/studio/editions/draft/simulation")).text
    assert "Survey due: 31" in page
    assert "c-1" not in page
    assert "seen by those whose work is with clients" in page


async def test_a_run_is_cancelled_by_anybody_who_may_start_one(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    await change(pat, RULE, **PARTS)
    await propose(pat)
    await change(pat, PLACE, do="start", days="30")
    assert (await change(oskar, PLACE, do="cancel")).status_code == 303
    assert "Cancelled by Oskar" in (await pat.get(PLACE)).text


async def test_whom_a_wall_keeps_away_is_told_a_number_and_no_client(site: Site) -> None:
    pat = await site.as_person(PAT)
    site.memory.office.hear(wall("client", "pat"))
    await change(pat, RULE, **PARTS)
    await change(pat, "/studio/editions/draft/simulation", do="start", days="30")
    found(site)
    page = (await pat.get("/studio/editions/draft/simulation")).text
    assert "/clients/c-1" not in page
    assert "/clients/c-2" in page
    assert "1 of clients from whom a wall keeps you." in page
