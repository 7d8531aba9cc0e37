"""/accessibility: which standard does the desk meet, what was tested, what is missing?

The clients' statement in the words that hold for the desk; it says nothing that no test does.
"""

from dataclasses import replace

from babel.dates import format_date
from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.pages.language import N_, language, retold
from services.desk.pages.page_context import context_of
from services.desk.pages.visitor import known_visit
from shared.web.accessibility import CHECKED, STATEMENTS, Statement

router = APIRouter()
TITLE = N_("Accessibility of the desk")
PROMISE = N_(
    "Everybody of the firm should be able to work at the desk. Its pages follow the Web "
    "Content Accessibility Guidelines (WCAG) 2.2, level AA."
)
TESTED = (
    N_(
        "A program (axe-core) judges the pages in a real browser, in light and dark colours: it "
        "may find nothing serious or critical."
    ),
    N_("The main ways are gone by keyboard alone, and once more without JavaScript."),
    N_(
        "The pages are used 320 pixels wide, which is a wide screen enlarged to 400 %: nothing is "
        "to be scrolled sideways but tables, each within its own frame."
    ),
)
GAPS = (
    N_(
        "Nobody who uses a screen reader, a magnifier or voice control every day has tried the "
        "desk for us yet."
    ),
    N_("It is tested in Chromium; other browsers are not tested regularly."),
    N_("Single keys do something in the inbox. Whoever dictates turns them off in the settings."),
    N_("What clients and reviewers wrote is shown as it is; its language is not marked."),
)
TELL_US, TELL_AT = N_("Please tell whoever looks after the desk."), N_("Whom to tell:")


def statement() -> Statement:
    """The statement, in the reader's language where the clients' own is there in it."""
    return replace(
        STATEMENTS.get(language(), STATEMENTS["en"]),
        title=retold(TITLE),
        promise=retold(PROMISE),
        tested=tuple(map(retold, TESTED)),
        gaps=tuple(map(retold, GAPS)),
        tell_us=retold(TELL_US),
        tell_at=retold(TELL_AT),
    )


@router.get("/accessibility")
async def show_statement(request: Request) -> Response:
    """The statement, for whoever is signed in and whoever is not."""
    visit = await known_visit(request)  # whoever reads it, in their language
    page = visit.page if visit else context_of(request).page
    return page(
        "statement.html",
        statement=statement(),
        checked=format_date(CHECKED, "long", locale=language()),
        contact=context_of(request).accessibility_contact,
    )
