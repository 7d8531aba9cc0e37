"""Do reports call a location at which reviews stand as the firm calls it?"""

from shared.contracts.reports import RowsTold, RowTold
from tests.desk.browsing import site_at
from tests.desk.facts import NOON, PAT
from tests.desk.pages.test_reports import figure, report


async def test_figures_of_a_location_and_what_is_behind_them_name_it_as_the_firm_does() -> None:
    site = await site_at(NOON, locations={"accounts/1/locations/2": "Berlin, Mitte"})
    place = "google/accounts/1/locations/2"
    stars = figure(4.0, name="stars", group=place, unit="score", labels=[f"{place}|4"])
    site.memory.reports.told = report(report="reviews", figures=[stars])
    site.memory.reports.behind = RowsTold(rows=[
        RowTold(thing="rv-1", at=NOON.isoformat(), labels=[], msg_id="ab12",
                said={"site": "google", "location_id": place.partition("/")[2], "stars": "4"}),
    ])  # fmt: skip
    browser = await site.as_person(PAT)
    behind = (await browser.get(f"/reports/reviews/rows?figure=stars|{place}")).text
    assert "Google, Berlin, Mitte" in (await browser.get("/reports/reviews")).text
    assert "Google, Berlin, Mitte" in (await browser.get("/reports/reviews.csv")).text
    assert "Stars, mean: Google, Berlin, Mitte" in behind
    assert "4 stars on Google, Berlin, Mitte, not replied to" in behind
