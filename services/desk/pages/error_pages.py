"""How does a page say no?

In words, with a way on. What was refused by a rule has the status the API gives it; whoever is not
signed in is asked to, and comes back to where they were.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from services.desk.api.problems import ProblemError, problem_of
from services.desk.api.refusals import note_screened
from services.desk.domain.walls import ScreenedError
from services.desk.pages.language import N_, choose, put_back
from services.desk.pages.page_context import PageContext, context_of
from services.desk.pages.reader_language import language_of
from services.desk.pages.visitor import (
    ForeignFormError,
    NotSignedInError,
    PasswordFirstError,
    go,
    page_for_anybody,
)
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import RuleError, TemporaryError
from shared.web.forms import NotAFormError, read_form
from shared.web.origin import is_same_origin

TITLES = {
    401: N_("Please sign in again"),
    403: N_("This is not yours to do"),
    404: N_("There is nothing here"),
    405: N_("This is not done here"),
    409: N_("This cannot be done as things stand"),
    413: N_("This is more than a form can hold"),
    415: N_("Please use the form on the page"),
    422: N_("Something is missing"),
    429: N_("Please wait a little"),
    500: N_("Something went wrong here"),
    503: N_("Not just now"),
}
WRITTEN = frozenset(  # names of fields in which people write
    {
        "text",
        "words",
        "todo",
        "learned",
        *(f.name for k in TASK_KINDS.values() for f in k.fields if "text" in f.kind),
    }
)
Handler = Callable[[Request, Exception], Awaitable[Response]]


def add_refusals(web: FastAPI) -> None:
    """Answer every error of these pages with a page."""
    handlers: tuple[tuple[type[Exception], Handler], ...] = (
        (NotSignedInError, _not_signed_in),
        (PasswordFirstError, _password_first),
        (ForeignFormError, _foreign),
        (NotAFormError, _not_a_form),
        (ProblemError, _problem),
        (RuleError, _rule),
        (TemporaryError, _temporary),
        (RequestValidationError, _not_found),
        (HTTPException, _http),
        (Exception, _unexpected),
    )
    for kind, handler in handlers:
        web.add_exception_handler(kind, handler)


async def refusal(request: Request, status: int, message: str) -> Response:
    """A page that says no, with the frame of the person who is signed in."""
    title = TITLES.get(status, N_("Refused"))
    values = {"title": title, "message": message, "status": status, "typed": {}}
    page = await page_for_anybody(request, "refusal.html", status, **values)
    if status in (429, 503):
        page.headers["Retry-After"] = "5"
    return page


async def _not_signed_in(request: Request, _why: Exception) -> Response:
    place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in ("GET", "HEAD"):
        if "hx-request" in request.headers:
            to_sign_in = {"HX-Redirect": f"/login?next={quote('/inbox')}"}
            return Response(status_code=401, headers=to_sign_in)
        return go(f"/login?next={quote(place)}")
    context = context_of(request)
    typed = await _typed(request, context)
    message = N_("You were signed out meanwhile, and nothing was done.")
    values = {"title": TITLES[401], "message": message, "status": 401, "typed": typed}
    return context.page("refusal.html", 401, **values)


async def _typed(request: Request, context: PageContext) -> dict[str, str]:
    """What stood in a form of ours that came too late, so that it can be copied."""
    if not is_same_origin(request.headers, context.url):
        return {}
    try:
        sent = (await read_form(request)).plain()
    except NotAFormError:
        return {}
    return {name: value for name, value in sent.items() if value.strip() and name in WRITTEN}


async def _foreign(request: Request, _why: Exception) -> Response:
    message = N_("This form did not come from a page of this session, so nothing was done.")
    return await refusal(request, 403, message)


async def _not_a_form(request: Request, no: Exception) -> Response:
    status = no.status if isinstance(no, NotAFormError) else 415
    return await refusal(request, status, N_("Nothing was done."))


async def _problem(request: Request, problem: Exception) -> Response:
    if not isinstance(problem, ProblemError):
        raise problem
    return await refusal(request, problem.status, problem.detail)


async def _rule(request: Request, no: Exception) -> Response:
    if not isinstance(no, RuleError):
        raise no
    if isinstance(no, ScreenedError):
        await note_screened(request, context_of(request).desk, no.subjects)
    return await _problem(request, problem_of(no))


async def _password_first(_request: Request, _why: Exception) -> Response:
    return go("/login")


async def _temporary(request: Request, away: Exception) -> Response:
    detail = away.message if isinstance(away, TemporaryError) else ""
    message = detail or N_("Something behind this page is away. Try again in a moment.")
    return await refusal(request, 503, message)


async def _not_found(request: Request, _why: Exception) -> Response:
    return await refusal(request, 404, N_("This address leads nowhere."))


async def _http(request: Request, failure: Exception) -> Response:
    status = failure.status_code if isinstance(failure, HTTPException) else 500
    messages = {404: N_("This address leads nowhere, or no longer.")}
    page = await refusal(request, status, messages.get(status, N_("Nothing was done.")))
    if isinstance(failure, HTTPException) and failure.headers:
        page.headers.update(failure.headers)
    return page


async def _unexpected(request: Request, _failure: Exception) -> Response:
    before = choose(language_of(request, context_of(request)))  # answered outside all the others
    try:
        return await refusal(request, 500, N_("This could not be answered; the log says why."))
    finally:
        put_back(before)
