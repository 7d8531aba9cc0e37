"""With which token does the firm log in to servers that take no password for mail (XOAUTH2)?

One got by the app's own right or by a refresh token (RFC 6749, sections 4.4 and 6), kept until just
before its end. A server of tokens that gives another refresh token has it written into the file of
the one before: what was asked for with the old one may end with it. Every call blocks, for a
bounded time, so whoever uses this does so in a thread.
"""

import os
from dataclasses import dataclass
from json import JSONDecodeError
from math import isfinite
from pathlib import Path
from threading import Lock
from typing import Any

import httpx

from shared.clock import monotonic
from shared.telemetry.logs import log

SECONDS = 30.0
EARLY = 60.0  # so many seconds before its end a token is renewed
BEARER = "user={user}\1auth=Bearer {token}\1\1"
AWAY, UNREADABLE, ODD = "token-away", "token-file", "token-refused"
REASONS = {
    "invalid_grant": "token-ended",
    "invalid_client": "token-app",
    "unauthorized_client": "token-app",
    "invalid_scope": "token-scope",
}
"""What a server of tokens says (RFC 6749, 5.2), as the word by which logs and pages say it."""
MAY_COME = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.REQUEST_TIMEOUT)


class NoMailTokenError(Exception):
    """There is no token to be had; ``reason`` is a word for logs and pages."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MailApp:
    """The firm's app at whoever keeps its mail; its files are secrets, read for each token."""

    client_id: str
    token_url: str
    scope: str = ""
    client_secret: Path | None = None
    refresh_token: Path | None = None  # none: the app logs in by its own right
    seconds: float = SECONDS


class MailTokens:
    """The token of one app, in one running process."""

    def __init__(self, app: MailApp) -> None:
        self._app = app
        self._lock = Lock()
        self._token, self._until = "", 0.0

    def token(self) -> str:
        """The token that holds now; NoMailTokenError where there is none."""
        with self._lock:
            if not self._token or monotonic() >= self._until:
                self._renew()
            return self._token

    def forget(self, token: str) -> None:
        """A server took this one for none: the next one is a new one."""
        with self._lock:
            if self._token == token:
                self._token = ""

    def _renew(self) -> None:
        form = self._form()
        try:
            answer = httpx.post(self._app.token_url, data=form, timeout=self._app.seconds)
        except httpx.HTTPError:
            raise NoMailTokenError(AWAY) from None
        said = _object_in(answer)
        token, seconds = said.get("access_token"), said.get("expires_in")
        if answer.status_code != httpx.codes.OK or not isinstance(token, str) or not token:
            raise NoMailTokenError(_reason(answer, said))
        self._keep(said.get("refresh_token"), form.get("refresh_token"))
        lasts = float(seconds) if isinstance(seconds, int | float) and isfinite(seconds) else 0.0
        self._token, self._until = token, monotonic() + lasts - EARLY

    def _form(self) -> dict[str, str]:
        app = self._app
        form = {"grant_type": "client_credentials", "client_id": app.client_id}
        if app.scope:
            form["scope"] = app.scope
        if app.client_secret is not None:
            form["client_secret"] = _secret_in(app.client_secret)
        if app.refresh_token is not None:
            form |= {
                "grant_type": "refresh_token", "refresh_token": _secret_in(app.refresh_token),
            }  # fmt: skip
        return form

    def _keep(self, given: Any, before: str | None) -> None:
        """Write a new refresh token into the file of the one before, whole or not at all."""
        file = self._app.refresh_token
        if file is None or not isinstance(given, str) or given in ("", before):
            return
        fresh = file.with_name(f".{file.name}.new")
        try:
            kept = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(kept, "w", encoding="utf-8") as writing:
                writing.write(given)
            fresh.replace(file)
        except OSError:
            log.warning("mail_refresh_token_not_kept", file=file.name)


def _secret_in(file: Path) -> str:
    try:
        said = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        said = ""
    if not said:
        raise NoMailTokenError(UNREADABLE)
    return said


def _object_in(answer: httpx.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except (JSONDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _reason(answer: httpx.Response, said: dict[str, Any]) -> str:
    if answer.is_server_error or answer.status_code in MAY_COME:
        return AWAY
    return REASONS.get(str(said.get("error")), ODD)
