"""What happens between us and Google Business Profile when a reply goes under a review?

The site is asked first what stands there. A reply of somebody else is left alone; ours is not put
there twice. What Google thinks of it (it looks before it shows) stands in the reply's state.
"""

import asyncio
from dataclasses import dataclass
from math import inf
from typing import Any

import httpx

from services.reputation.domain.response import hash_of
from services.reputation.ports import SiteOutcome, SiteState
from services.reputation.workflow.publishing import GONE, OUTSIDE
from shared.channels import NOT_TRIED, Outcome, Result
from shared.clock import monotonic
from shared.google.account import GoogleAccount
from shared.google.tokens import AccessTokens, NoTokenError, object_in

STATES: dict[str, SiteState] = {"APPROVED": "live", "PENDING": "submitted", "REJECTED": "rejected"}
NOT_BEGUN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)
AWAY, NO_ANSWER, NO_TOKEN = "site-away", "no-answer", "no-token"


@dataclass(frozen=True, slots=True)
class ReplyToGoogle:
    """What is handed over: exactly the approved words, and what we put there before."""

    name: str
    text: str
    put: tuple[str, ...] = ()  # hashes of what is ours
    only_look: bool = False  # it was submitted: nothing is put there any more


class GoogleReplies:
    """Puts replies under reviews, and looks what became of them."""

    name = "google"

    def __init__(
        self, account: GoogleAccount, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._account, self._transport = account, transport
        self._tokens = AccessTokens(account)

    async def hand_over(self, message: ReplyToGoogle, begin_until: float = inf) -> Outcome:
        """Hand one reply over; says what became of it, and never raises for the other side."""
        if monotonic() >= begin_until:
            return NOT_TRIED
        try:
            async with asyncio.timeout(2 * self._account.seconds), self._connected() as client:
                return await self._deliver(client, message)
        except NoTokenError as no:
            return Outcome(Result.RETRY, AWAY if no.away else NO_TOKEN)
        except NOT_BEGUN:
            return Outcome(Result.RETRY, AWAY)
        except (httpx.HTTPError, TimeoutError):
            return Outcome(Result.UNKNOWN, NO_ANSWER)

    def _connected(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            timeout=self._account.seconds, trust_env=False, transport=self._transport
        )

    async def _deliver(self, client: httpx.AsyncClient, message: ReplyToGoogle) -> Outcome:
        url = f"{self._account.api}/v4/{message.name}"
        answer = await self._ask(client, "GET", url)
        if answer.status_code != httpx.codes.OK:
            return _not_taken(answer)
        reply = _object(object_in(answer.content).get("reviewReply"))
        there = str(reply.get("comment") or "")
        if there == message.text:
            return _taken(reply)
        if there and hash_of(there) not in message.put:
            return Outcome(Result.REFUSED, OUTSIDE)
        if message.only_look:
            return Outcome(Result.REFUSED, "reply-gone")
        answer = await self._ask(client, "PUT", f"{url}/reply", {"comment": message.text})
        if answer.status_code != httpx.codes.OK:
            return _not_taken(answer)
        said = object_in(answer.content)
        return _taken(said) if said.get("reviewReplyState") else SiteOutcome(
            Result.HANDED_OVER, state="submitted"
        )  # fmt: skip

    async def _ask(
        self, client: httpx.AsyncClient, method: str, url: str, body: Any = None
    ) -> httpx.Response:
        """One request; with a new token where the one we had is not taken any more."""
        answer = await self._once(client, method, url, body)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._tokens.forget()
            answer = await self._once(client, method, url, body)
        return answer

    async def _once(
        self, client: httpx.AsyncClient, method: str, url: str, body: Any
    ) -> httpx.Response:
        headers = await self._tokens.bearer(client)
        return await client.request(method, url, json=body, headers=headers)


def _taken(reply: dict[str, Any]) -> SiteOutcome:
    """What Google thinks of it; where it says nothing, it shows it."""
    state = STATES.get(str(reply.get("reviewReplyState") or "APPROVED"), "submitted")
    reason = str(reply.get("policyViolation") or "")[:200] if state == "rejected" else None
    return SiteOutcome(Result.HANDED_OVER, reason, state=state)


def _not_taken(answer: httpx.Response) -> Outcome:
    status = answer.status_code
    if status == httpx.codes.NOT_FOUND:
        return Outcome(Result.REFUSED, GONE)
    if status == httpx.codes.BAD_REQUEST:
        return Outcome(Result.REFUSED_MESSAGE, "status-400")
    return Outcome(Result.RETRY, f"status-{status}")


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
