"""With which token is Google asked? One got by the refresh token, kept until just before its end.

RFC 6749, section 6.
"""

import json
from math import isfinite
from typing import Any

import httpx

from shared.clock import monotonic
from shared.google.account import GoogleAccount

EARLY = 60.0  # so many seconds before its end a token is renewed
MAY_COME = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.REQUEST_TIMEOUT)


class NoTokenError(Exception):
    """Google gives us no token; ``away``: it may the next time, and nobody has to do anything."""

    def __init__(self, *, away: bool) -> None:
        super().__init__()
        self.away = away


class AccessTokens:
    """The token of one account, in one running process."""

    def __init__(self, account: GoogleAccount) -> None:
        self._account = account
        self._token, self._until = "", 0.0

    def forget(self) -> None:
        """It was taken for none: the next one is a new one."""
        self._token = ""

    async def bearer(self, client: httpx.AsyncClient) -> dict[str, str]:
        """The header of a request; raises NoTokenError where there is no token to be had."""
        if not self._token or monotonic() >= self._until:
            await self._renew(client)
        return {"Authorization": f"Bearer {self._token}"}

    async def _renew(self, client: httpx.AsyncClient) -> None:
        form = self._form()
        try:
            answer = await client.post(self._account.tokens, data=form)
        except httpx.HTTPError:
            raise NoTokenError(away=True) from None
        said = object_in(answer.content)
        token, seconds = said.get("access_token"), said.get("expires_in")
        if answer.status_code != httpx.codes.OK or not isinstance(token, str):
            raise NoTokenError(away=answer.is_server_error or answer.status_code in MAY_COME)
        lasts = float(seconds) if isinstance(seconds, int | float) and isfinite(seconds) else 0.0
        self._token, self._until = token, monotonic() + lasts - EARLY

    def _form(self) -> dict[str, str]:
        account = self._account
        try:
            return {
                "grant_type": "refresh_token",
                "client_id": account.client_id,
                "client_secret": account.client_secret.read_text(encoding="utf-8").strip(),
                "refresh_token": account.refresh_token.read_text(encoding="utf-8").strip(),
            }
        except (OSError, UnicodeDecodeError):
            raise NoTokenError(away=False) from None


def object_in(content: bytes) -> dict[str, Any]:
    """What Google says, where it says an object; else an empty one."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
