"""/accessibility: which standard does the desk meet, what was tested, what is missing?

The clients' statement in the words that hold for the desk; it says nothing that no test does.
"""

from dataclasses import replace

from babel.dates import format_date
from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.pages.page_context import context_of
from services.desk.pages.visitor import page_for_anybody
from shared.web.accessibility import CHECKED, STATEMENTS

router = APIRouter()
STATEMENT = replace(
    STATEMENTS["en"],
    title="Accessibility of the desk",
    promise="Everybody of the firm should be able to work at the desk. Its pages follow the Web "
    "Content Accessibility Guidelines (WCAG) 2.2, level AA.",
    tested=(
        "A program (axe-core) judges the pages in a real browser, in light and dark colours: it "
        "may find nothing serious or critical.",
        "The main ways are gone by keyboard alone, and once more without JavaScript.",
        "The pages are used 320 pixels wide, which is a wide screen enlarged to 400 %: nothing is "
        "to be scrolled sideways but tables, each within its own frame.",
    ),
    gaps=(
        "Nobody who uses a screen reader, a magnifier or voice control every day has tried the "
        "desk for us yet.",
        "It is tested in Chromium; other browsers are not tested regularly.",
        "Single keys do something in the inbox. Whoever dictates turns them off in the settings.",
        "What clients and reviewers wrote is shown as it is; its language is not marked.",
    ),
    tell_us="Please tell whoever looks after the desk.",
    tell_at="Whom to tell:",
)


@router.get("/accessibility")
async def show_statement(request: Request) -> Response:
    """The statement, for whoever is signed in and whoever is not."""
    return await page_for_anybody(
        request,
        "statement.html",
        statement=STATEMENT,
        checked=format_date(CHECKED, "long", locale="en"),
        contact=context_of(request).accessibility_contact,
    )
