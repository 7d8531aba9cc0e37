"""Does the statement name the standard, the tests, the gaps and the way to report a barrier?"""

from dataclasses import replace

from services.desk.pages.application import build_pages
from services.desk.pages.page_context import PageContext
from tests.desk.browsing import Site
from tests.desk.facts import ASH


async def test_the_statement_is_there_for_everybody(site: Site) -> None:
    for browser in (site.browser(), await site.as_person(ASH)):
        page = (await browser.get("/accessibility")).text
        for each in ("WCAG) 2.2, level AA", "axe-core", "320", "without JavaScript",
                     "What is missing"):  # fmt: skip
            assert each in page


async def test_every_footer_leads_to_it(site: Site) -> None:
    browser = await site.as_person(ASH)
    for page in (await browser.get("/inbox"), await site.browser().get("/login")):
        assert '<a href="/accessibility">' in page.text.partition("<footer")[2]


async def test_a_barrier_is_reported_to_whom_the_firm_names(site: Site) -> None:
    assert "tell whoever looks after the desk" in (await site.browser().get("/accessibility")).text
    context: PageContext = site.web.state.context
    site.web = build_pages(replace(context, accessibility_contact="access@example.com"))
    assert "access@example.com" in (await site.browser().get("/accessibility")).text
