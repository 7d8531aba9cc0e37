"""How do systems come in that speak HTTP only? Each signs as its own product does.

``examples/doors`` says which there are, ``examples/firm-doors.jsonl`` what they deliver on the day
and which events that becomes. They know the address of the gateway and their own secret, and
nothing else of ours.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from deploy.infra.secrets import write_private
from deploy.trial.example_day import EXAMPLES, filled_in
from shared.errors import ClienteleError

SOURCES = EXAMPLES / "doors"
DELIVERIES = EXAMPLES / "firm-doors.jsonl"
CLIO_SECRET = "given-by-clio-in-its-first-request"  # noqa: S105 - of a sample, chosen by its sender
ACCEPTED = 202

Sign = Callable[[bytes, str, datetime], dict[str, str]]


class NotTakenInError(ClienteleError):
    """A delivery was refused."""


@dataclass(frozen=True, slots=True)
class HttpDelivery:
    """One webhook of the day: to which door, what it says, and the events it is to become."""

    to: str
    says: tuple[str, ...]
    body: bytes


def names() -> list[str]:
    """Every system that comes in by HTTP, as its door is called."""
    return sorted(file.stem for file in SOURCES.glob("*.yaml"))


def make_secrets(folder: Path) -> None:
    """A secret for each of them, as the firm would write it down."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in names():
        write_private(folder / name, f"{secrets.token_hex(24)}\n")


def deliveries(now: datetime) -> list[HttpDelivery]:
    """What they deliver, in order."""
    found = []
    for line in DELIVERIES.read_text("utf-8").splitlines():
        said = json.loads(filled_in(line, now))
        body = json.dumps(said["delivery"], ensure_ascii=False).encode()
        found.append(HttpDelivery(said["to"], tuple(said["says"]), body))
    return found


async def deliver(gateway: str, folder: Path, some: Sequence[HttpDelivery], now: datetime) -> None:
    """One after the other, each signed; raises NotTakenInError."""
    async with httpx.AsyncClient(base_url=gateway, timeout=30) as sender:
        for each in some:
            secret = (folder / each.to).read_text().strip()
            headers = {"Content-Type": "application/json"}
            if each.to.startswith("clio-"):
                await _shake_hands(sender, each.to, secret)
            headers |= SIGNED_BY.get(each.to, by_clio)(each.body, secret, now)
            answer = await sender.post(f"/in/{each.to}", content=each.body, headers=headers)
            _check(answer, each.to)


async def _shake_hands(sender: httpx.AsyncClient, name: str, key: str) -> None:
    """Clio chooses the secret itself, and says it in a first request; its address holds our key."""
    headers = {"X-Hook-Secret": CLIO_SECRET}
    answer = await sender.post(f"/in/{name}", params={"key": key}, headers=headers)
    if answer.headers.get("X-Hook-Secret") != CLIO_SECRET:
        raise NotTakenInError(f"the handshake of {name} was answered {answer.status_code}")


def _check(answer: httpx.Response, name: str) -> None:
    if answer.status_code != ACCEPTED:
        raise NotTakenInError(f"a delivery of {name} was answered {answer.status_code}")


def by_clio(body: bytes, _: str, now: datetime) -> dict[str, str]:
    """The digest alone; the secret is the one Clio gave in its handshake."""
    del now
    return {"X-Hook-Signature": hmac.digest(CLIO_SECRET.encode(), body, "sha256").hex()}


def _stamped(header: str) -> Sign:
    """As Calendly and Stripe do: the instant and the body together."""

    def sign(body: bytes, secret: str, now: datetime) -> dict[str, str]:
        at = int(now.timestamp())
        made = hmac.digest(secret.encode(), f"{at}.".encode() + body, "sha256").hex()
        return {header: f"t={at},v1={made}"}

    return sign


SIGNED_BY: dict[str, Sign] = {
    "calendar": _stamped("Calendly-Webhook-Signature"),
    "billing": _stamped("Stripe-Signature"),
}


def described(connect: dict[str, Any]) -> tuple[str, Path]:
    """Where the gateway is, and where the firm keeps its systems' secrets."""
    return str(connect["gateway"]), Path(connect["data_dir"]) / "source-secrets"
