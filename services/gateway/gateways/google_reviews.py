"""How is one review fetched from Google Business Profile?

With the firm's own app and refresh token, which replies go by too. One GET, to the name that was
judged; what comes back is bounded, and never raises for the other side.
"""

import asyncio

import httpx

from services.gateway.domain.fetching import (
    AWAY,
    NO_ACCOUNT,
    NO_JSON,
    NO_TOKEN,
    NOT_THERE,
    TOO_LARGE,
)
from services.gateway.workflow.fetching import Fetched
from shared.google.account import GoogleAccount
from shared.google.tokens import AccessTokens, NoTokenError, object_in

LARGEST = 256 * 1024


class GoogleReviews:
    """Fetches reviews in the name of one account."""

    def __init__(
        self, account: GoogleAccount | None, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._account, self._transport = account, transport
        self._tokens = AccessTokens(account) if account is not None else None

    async def __call__(self, name: str) -> Fetched:
        """The review of this name, or why it could not be fetched."""
        account, tokens = self._account, self._tokens
        if account is None or tokens is None:
            return Fetched(problem=NO_ACCOUNT)
        try:
            async with (
                asyncio.timeout(account.seconds),
                httpx.AsyncClient(
                    timeout=account.seconds, trust_env=False, follow_redirects=False,
                    transport=self._transport,
                ) as client,
            ):  # fmt: skip
                found = await _get(client, account, tokens, name)
                if found.problem == "status-401":  # the token may have been taken back
                    tokens.forget()
                    found = await _get(client, account, tokens, name)
                return found
        except NoTokenError as no:
            return Fetched(problem=AWAY if no.away else NO_TOKEN)
        except (httpx.HTTPError, TimeoutError):
            return Fetched(problem=AWAY)


async def _get(
    client: httpx.AsyncClient, account: GoogleAccount, tokens: AccessTokens, name: str
) -> Fetched:
    headers = await tokens.bearer(client)
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
    is_one = bool(object_in(bytes(content)))
    return Fetched(bytes(content)) if is_one else Fetched(problem=NO_JSON)
