"""Has this person signed in with this browser before?

The browser keeps a signed mark for each of the last people who did; it says nothing about who they
are, and lets nobody in: it only counts wrong passwords apart from those of strangers.
"""

import hashlib
import secrets
from collections.abc import Callable

from fastapi import Request
from itsdangerous import BadSignature, TimestampSigner
from starlette.responses import Response

from services.desk.pages import cookies
from services.desk.pages.page_context import PageContext

COOKIE = "clientele-device"
SECONDS = 180 * 24 * 3600
MOST = 5  # people who share a browser, at a front desk
BETWEEN = "~"


def known_device(context: PageContext, request: Request, user: str) -> str | None:
    """The mark of this browser for this log-in name; None for a stranger's."""
    return next(
        (each for each in map(_opener(context, user), _kept(context, request)) if each), None
    )


def remember_device(context: PageContext, request: Request, response: Response, user: str) -> None:
    """This person has just signed in here: a new mark, beside those of others."""
    is_theirs = _opener(context, user)
    others = [each for each in _kept(context, request) if not is_theirs(each)]
    new = _signer(context, user).sign(secrets.token_urlsafe(16)).decode()
    cookies.write(context, response, COOKIE, BETWEEN.join([new, *others[: MOST - 1]]), SECONDS)


def _kept(context: PageContext, request: Request) -> list[str]:
    kept = cookies.read(context, request, COOKIE) or ""
    return [each for each in kept.split(BETWEEN)[:MOST] if each]


def _opener(context: PageContext, user: str) -> Callable[[str], str | None]:
    signer = _signer(context, user)

    def mark_in(signed: str) -> str | None:
        try:
            return signer.unsign(signed, max_age=SECONDS).decode()
        except BadSignature:
            return None

    return mark_in


def _signer(context: PageContext, user: str) -> TimestampSigner:
    return TimestampSigner(context.form_key, salt=f"device of {user}", digest_method=hashlib.sha256)
