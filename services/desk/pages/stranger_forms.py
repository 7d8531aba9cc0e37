"""How do forms of people who are not signed in come from our own page, and to the same browser?"""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.pages import cookies
from services.desk.pages.language import _
from services.desk.pages.page_context import PageContext, context_of
from services.desk.pages.visitor import ForeignFormError, check_origin
from shared.web import csrf
from shared.web.forms import Typed, read_form

TheContext = Annotated[PageContext, Depends(context_of)]


def check_passwords_are_on(context: PageContext) -> None:
    """Where the single sign-on is the only way in, nothing about passwords is there."""
    if not context.passwords:
        message = _("Nobody has a password here. Sign in with {sso_name}.").format(
            sso_name=context.sso_name
        )
        raise ProblemError(404, message, code="passwords-off")


async def strangers_form(request: Request, context: PageContext) -> Typed:
    """A form from our own page, shown to this very browser."""
    check_origin(request, context)
    typed = await read_form(request)
    visit = cookies.read(context, request, cookies.VISIT)
    if visit is None or not csrf.is_form_token(context.form_key, visit, typed.one(csrf.FIELD)):
        raise ForeignFormError
    return typed


def page_for_stranger(
    request: Request, context: PageContext, name: str, status: int, **values: object
) -> Response:
    """A page with a form for somebody unknown: bound to a random id their browser keeps."""
    visit = cookies.read(context, request, cookies.VISIT) or cookies.new_id()
    page = context.page(name, status, token=csrf.form_token(context.form_key, visit), **values)
    cookies.write(context, page, cookies.VISIT, visit, cookies.VISIT_SECONDS)
    return page
