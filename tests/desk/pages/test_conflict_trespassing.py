"""Are the pages about conflict checks closed to whoever decides none?"""

import pytest

from services.desk.domain.conflicts import check_sees_conflicts
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError
from services.desk.pages.page_context import nav_for
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLARA, LEO, OSKAR, PAT
from tests.desk.pages.test_trespassing import address, kept, methods, routes


@pytest.mark.parametrize("person", [ASH, LEO, OSKAR], ids=lambda each: each.staff_id)
async def test_who_decides_no_conflict_checks_sees_and_searches_none(
    site: Site, person: StaffMember
) -> None:
    browser = await site.as_person(person)
    before = await kept(site)
    about_checks = [each for each in routes(site) if each.path.startswith("/conflicts")]
    assert about_checks
    for route in about_checks:
        opens = "GET" in methods(route)
        answer = await (browser.get if opens else browser.do)(address(route))
        assert answer.status_code == 403, route.path
    assert site.memory.checks.asked == []
    assert await kept(site) == before


LAWYERS = {"conflict-check": ("lawyer",)}


@pytest.mark.parametrize("person", [ASH, CLARA, OSKAR, PAT], ids=lambda each: each.staff_id)
def test_where_the_firm_says_who_decides_them_others_see_none(person: StaffMember) -> None:
    with pytest.raises(NotAllowedError, match="seen by: lawyer"):
        check_sees_conflicts(person, LAWYERS)
    assert "/conflicts" not in dict(nav_for(person, LAWYERS))


def test_whom_the_firm_says_so_of_sees_them() -> None:
    check_sees_conflicts(LEO, LAWYERS)
    assert "/conflicts" in dict(nav_for(LEO, LAWYERS))
