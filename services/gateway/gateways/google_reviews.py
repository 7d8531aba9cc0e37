"""How is one review fetched from Google Business Profile?

With the firm's own app and refresh token, which replies go by too. One GET, to the name that was
judged; what comes back is bounded, and never raises for the other side.
"""

import asyncio
import json
from math import isfinite
from typing import Any

import httpx

from services.gateway.domain.fetching import (
    AWAY,
    NO_ACCOUNT,
    NO_JSON,
    NO_TOKEN,
    NOT_THERE,
    TOO_LARGE,
)
from services.gateway.ports import GoogleAccount
from services.gateway.workflow.fetching import Fetched
from shared.clock import monotonic

LARGEST = 256 * 1024
EARLY = 60.0  # so many seconds before its end a token is renewed


class _NoTokenError(Exception):
    """Google gives no token, for this reason."""


class GoogleReviews:
    """Fetches reviews in the name of one account."""

    def __init__(
        self, account: GoogleAccount | None, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._account, self._transport = account, transport
        self._token, self._until = "", 0.0

    async def __call__(self, name: str) -> Fetched:
        """The review of this name, or why it could not be fetched."""
        account = self._account
        if account is None:
            return Fetched(problem=NO_ACCOUNT)
        try:
            async with (
                asyncio.timeout(account.seconds),
                httpx.AsyncClient(
                    timeout=account.seconds, trust_env=False, follow_redirects=False,
                    transport=self._transport,
                ) as client,
            ):  # fmt: skip
                found = await self._get(client, account, name)
                if found.problem == "status-401":  # the token may have been taken back
                    self._token = ""
                    found = await self._get(client, account, name)
                return found
        except _NoTokenError as no:
            return Fetched(problem=str(no))
        except (httpx.HTTPError, TimeoutError):
            return Fetched(problem=AWAY)

    async def _get(self, client: httpx.AsyncClient, account: GoogleAccount, name: str) -> Fetched:
        headers = {"Authorization": f"Bearer {await self._valid_token(client, account)}"}
        async with client.stream("GET", f"{account.api}/v4/{name}", headers=headers) as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                return Fetched(problem=NOT_THERE)
            if answer.status_code != httpx.codes.OK:
                return Fetched(problem=f"status-{answer.status_code}")
            content = bytearray()
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > LARGEST:
                    return Fetched(problem=TOO_LARGE)
        is_one = bool(_object(bytes(content)))
        return Fetched(bytes(content)) if is_one else Fetched(problem=NO_JSON)

    async def _valid_token(self, client: httpx.AsyncClient, account: GoogleAccount) -> str:
        if self._token and monotonic() < self._until:
            return self._token
        try:
            form = {
                "grant_type": "refresh_token",
                "client_id": account.client_id,
                "client_secret": account.client_secret.read_text(encoding="utf-8").strip(),
                "refresh_token": account.refresh_token.read_text(encoding="utf-8").strip(),
            }
        except (OSError, UnicodeDecodeError):
            raise _NoTokenError(NO_TOKEN) from None
        answer = await client.post(account.tokens, data=form)
        said = _object(answer.content)
        token, seconds = said.get("access_token"), said.get("expires_in")
        if answer.status_code != httpx.codes.OK or not isinstance(token, str):
            is_away = answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error
            raise _NoTokenError(AWAY if is_away else NO_TOKEN)
        lasts = float(seconds) if isinstance(seconds, int | float) and isfinite(seconds) else 0.0
        self._token, self._until = token, monotonic() + lasts - EARLY
        return token


def _object(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
