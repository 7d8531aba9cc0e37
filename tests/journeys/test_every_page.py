"""Does every page of the desk open on a running installation, for whoever it is for?"""

import importlib
import pkgutil

import pytest
from fastapi import APIRouter
from starlette.routing import Route

import services.desk.pages
from services.desk.pages.report_words import REPORTS
from tests.journeys.firm import Firm
from tests.journeys.test_operations import sign_in

ALLOWED = {200, 303, 403}
NEED_MORE = {"/auth/callback", "/login/sso", "/ops/dead-letters", "/studio/file",
             "/studio/looks/letter.pdf", "/studio/looks/mail", "/studio/looks/page",
             "/studio/looks/page.css", "/studio/looks/samples.css",
             "/studio/text", "/studio/text/look"}  # fmt: skip


def pages() -> set[str]:
    """Every address without a part that varies, and each report."""
    found = {f"/reports/{name}{form}" for name in REPORTS for form in ("", ".csv")}
    package = services.desk.pages
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        router = getattr(importlib.import_module(module.name), "router", None)
        routes = router.routes if isinstance(router, APIRouter) else []
        found |= {each.path for each in routes
                  if isinstance(each, Route) and "GET" in (each.methods or ())}  # fmt: skip
    return {each for each in found if "{" not in each and each not in NEED_MORE}


@pytest.mark.parametrize("role", ["partner", "ops", "assistant"])
async def test_no_page_fails(firm: Firm, role: str) -> None:
    browser = await sign_in(firm, role)
    opened = {place: (await browser.get(place)).status_code for place in sorted(pages())}
    await browser.aclose()
    assert len(opened) > 40
    assert {place: status for place, status in opened.items() if status not in ALLOWED} == {}
