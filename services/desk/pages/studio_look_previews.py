"""/studio/looks/…: how would a client's page, a mail and a letter look in a draft or an edition?

Each is a page of its own, as clients get it; nothing on it does anything.
"""

from base64 import b64decode
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from services.desk.api.problems import ProblemError
from services.desk.domain.look_samples import sample_style
from services.desk.pages.language import _, language, ngettext
from services.desk.pages.sent_message import AS_IT_LOOKED
from services.desk.pages.studio_asking import ask_studio
from services.desk.pages.studio_looks import PLACE
from services.desk.pages.visitor import Visit, Visitor
from shared.contracts.editions import DRAFT, LooksTold
from shared.firm.looks import Logo, Looks
from shared.web.headers import EVERYWHERE
from shared.web.language import FALLBACK, SHIPPED
from shared.web.templates import Pages

router = APIRouter()
CLIENTS = Pages(Path(__file__).parent / "look_templates")  # in the frame of clients' pages
CLIENTS.say_in(_, ngettext)
NOT_KEPT = EVERYWHERE | {"Cache-Control": "no-store"}


@router.get(PLACE + "/page")
async def show_page(request: Request, visit: Visitor) -> Response:
    """A page as clients see it."""
    told = await _told(request, visit)
    read = language() if language() in SHIPPED else FALLBACK
    looks = _looks(told)
    return CLIENTS.page(
        "look_page.html", language=read, direction="ltr", frame=SHIPPED[read], others={},
        firm=visit.context.firm, contact="", logo=looks.logo,
        logo_place=looks.logo.within if looks.logo else "",
        style_place=f"{PLACE}/page.css?edition={told.edition}",
    )  # fmt: skip


@router.get(PLACE + "/page.css")
async def show_style(request: Request, visit: Visitor) -> Response:
    """The colours of that page."""
    return _style(_looks(await _told(request, visit)).style())


@router.get(PLACE + "/samples.css")
async def show_samples(request: Request, visit: Visitor) -> Response:
    """The colours of the samples, by light and in the dark."""
    return _style(sample_style(_looks(await _told(request, visit))))


@router.get(PLACE + "/mail")
async def show_mail(request: Request, visit: Visitor) -> Response:
    """A mail as a mail program shows it."""
    told = await _told(request, visit, "mail")
    if not told.mail:
        raise ProblemError(404, _("This text cannot be worded as it is."), code="unworded")
    return HTMLResponse(told.mail, headers=AS_IT_LOOKED)


@router.get(PLACE + "/letter.pdf")
async def show_letter(request: Request, visit: Visitor) -> Response:
    """A letter as it is printed."""
    told = await _told(request, visit, "letter")
    if not told.letter:
        raise ProblemError(404, _("This text cannot be worded as it is."), code="unworded")
    more = {"Content-Disposition": 'inline; filename="letter.pdf"'}
    content = b64decode(told.letter)
    return Response(content, media_type="application/pdf", headers=NOT_KEPT | more)


async def _told(request: Request, visit: Visit, shows: str | None = None) -> LooksTold:
    edition = request.query_params.get("edition", "")
    if not edition:
        raise ProblemError(404, _("There is no such edition."), code="unknown")
    return await ask_studio(
        visit, LooksTold, ask="looks", shows=shows,
        edition=None if edition == DRAFT else edition,
        language=language() if shows else None,
    )  # fmt: skip


def _looks(told: LooksTold) -> Looks:
    said = told.looks
    logo = Logo(b64decode(said.logo), said.width, said.height) if said.logo else None
    return Looks(logo, said.colour, said.colour_dark)


def _style(text: str) -> Response:
    return Response(text, media_type="text/css", headers=NOT_KEPT)
