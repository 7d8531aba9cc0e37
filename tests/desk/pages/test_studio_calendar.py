"""Does the studio say when the firm is at work, and what other closed days would mean?"""

from tests.desk.browsing import Site
from tests.desk.facts import LEO, PAT

PLACE = "/studio/calendar"


async def test_a_year_is_read_and_a_day_is_tried(site: Site) -> None:
    pat = await site.as_person(PAT)
    assert 'href="/studio/calendar"' in (await pat.get("/studio")).text
    assert "Closed in 2027" in (await pat.get(f"{PLACE}?year=2027")).text
    tried = (await pat.get(f"{PLACE}?first=2026-07-06&last=2026-07-07&do=close")).text
    assert "closed_days = [" in tried
    assert "2026-07-07" in tried
    assert "within 1 business day: due" in tried
    again = await pat.get(f"{PLACE}?first=2026-07-08&do=open")
    assert "It is so already" in again.text


async def test_what_is_no_day_stands_at_its_field(site: Site) -> None:
    wrong = await (await site.as_person(PAT)).get(f"{PLACE}?first=monday")
    assert wrong.status_code == 422
    assert 'id="first-error"' in wrong.text


async def test_it_is_for_those_who_change_rules(site: Site) -> None:
    assert (await (await site.as_person(LEO)).get(PLACE)).status_code == 403
