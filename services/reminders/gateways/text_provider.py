"""What happens between us and the provider of text messages?

The widespread form of message resources: a form with To, From and Body is posted with a log-in, and
what becomes of it is reported to an address of ours, perhaps before the answer. Until the request
is written a failure is safe to repeat; after it, only an answer tells.
"""

from dataclasses import dataclass
from hashlib import sha256
from math import inf

import httpx

from services.reminders.domain.text_status import outcome_of
from services.reminders.gateways.text_reports import ReportPaths
from services.reminders.ports import OutgoingMessage
from shared.channels import NOT_TRIED, Outcome, Result
from shared.clock import monotonic
from shared.errors import ClienteleError

CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 60.0
TRIES = 2  # where the provider knows a repeated request by its key
NOT_BEGUN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where text messages go, and in whose name."""

    url: str
    user: str
    password: str
    sender: str  # a number, or the id of a pool of numbers
    knows_repeats: bool = False  # it takes a request with the same Idempotency-Key once
    connect_seconds: float = CONNECT_SECONDS
    answer_seconds: float = ANSWER_SECONDS


class NoProviderError(ClienteleError):
    """The firm sends text messages, and nobody says who takes them."""


class HttpTexts:
    """Hands text messages to a provider over HTTP."""

    def __init__(self, provider: Provider, reports: ReportPaths | None = None) -> None:
        self._provider = provider
        self.reports = reports
        self._client: httpx.AsyncClient | None = None

    def check(self) -> None:
        """NoProviderError where nothing could be handed over; said when a service starts."""
        if not (self._provider.url and self._provider.user and self._provider.password):
            raise NoProviderError(
                "The firm sends text messages (CLIENTELE_SMS_FROM, or text_messages.sender in "
                "firm.toml): set CLIENTELE_SMS_URL, CLIENTELE_SMS_USER and "
                "CLIENTELE_SMS_PASSWORD_FILE to where its provider takes them, or take the sender "
                "away."
            )

    async def hand_over(self, message: OutgoingMessage, begin_until: float = inf) -> Outcome:
        """Hand one message over; says what became of it, and never raises for the other side."""
        if monotonic() >= begin_until:
            return NOT_TRIED
        outcome = await self._post(message)
        for _ in range(TRIES - 1 if self._provider.knows_repeats else 0):
            if outcome.result is not Result.UNKNOWN:
                break
            outcome = await self._post(message)
        return outcome

    async def close(self) -> None:
        """Let go of the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _post(self, message: OutgoingMessage) -> Outcome:
        provider = self._provider
        try:
            answer = await self._connected().post(
                provider.url,
                data=self._form(message),
                auth=(provider.user, provider.password),
                headers={"Idempotency-Key": _key_of(message)} if provider.knows_repeats else {},
            )
        except NOT_BEGUN:
            return Outcome(Result.RETRY, "provider-away")
        except httpx.HTTPError:
            return Outcome(Result.UNKNOWN, "no-answer")
        return outcome_of(answer.status_code, _code_of(answer))

    def _form(self, message: OutgoingMessage) -> dict[str, str]:
        form = {"To": message.address, "From": self._provider.sender, "Body": message.text}
        if self.reports is not None:
            form["StatusCallback"] = self.reports.address(message.contact_id, message.number)
        return form

    def _connected(self) -> httpx.AsyncClient:
        if self._client is None:
            times = httpx.Timeout(
                self._provider.answer_seconds, connect=self._provider.connect_seconds
            )
            self._client = httpx.AsyncClient(timeout=times, trust_env=False)
        return self._client


def _key_of(message: OutgoingMessage) -> str:
    """The same for the same words to the same number about the same thing."""
    said = "\n".join((message.contact_id, message.address, message.text))
    return sha256(said.encode()).hexdigest()[:32]


def _code_of(answer: httpx.Response) -> int | None:
    """The provider's own code, where its answer holds one."""
    try:
        code = answer.json().get("code")
    except (ValueError, AttributeError):
        return None
    return code if isinstance(code, int) else None
