"""What does the desk keep in a browser?

The id of a session, and before that of a visit to the sign-in page: random, and nothing else. Who
chose a language there: which.
Through TLS the cookie is a ``__Host-`` one, which no other site and no plain connection can set.
Browsers refuse such a cookie from plain http, so on the loopback address of one machine, where
there is no network to listen on, it has a plain name.
"""

import secrets

from fastapi import Request
from starlette.responses import Response

from services.desk.pages.page_context import PageContext

SESSION, VISIT, SIGN_ON = "clientele", "clientele-visit", "clientele-sign-on"
LANGUAGE = "clientele-language"
VISIT_SECONDS, SIGN_ON_SECONDS = 3600, 600
LONGEST = 4096


def new_id() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def read(context: PageContext, request: Request, name: str) -> str | None:
    """What a browser keeps under a name."""
    value = request.cookies.get(_full(context, name))
    return value if value and len(value) <= LONGEST else None


def write(
    context: PageContext, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    """Have the browser keep this until it is closed, or for so many seconds."""
    response.set_cookie(
        _full(context, name),
        value,
        max_age=seconds,
        path="/",
        secure=context.is_https,
        httponly=True,
        samesite="lax",
    )


def drop(context: PageContext, response: Response, name: str) -> None:
    """Have the browser forget it."""
    response.delete_cookie(
        _full(context, name), path="/", secure=context.is_https, httponly=True, samesite="lax"
    )


def _full(context: PageContext, name: str) -> str:
    return f"__Host-{name}" if context.is_https else name
