"""Is the person named in a request really the one who is at the desk?

The desk signs, for each request, who asks for what, in which roles and until when (HMAC-SHA256),
with a key it shares with this one owner. So with the desk's log-in at NATS alone nobody can act in
somebody's name, and no owner can act in anybody's at another.
"""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from shared.clock import real_now
from shared.contracts.requests import Answer
from shared.errors import RuleError
from shared.state.keys import derive
from shared.tasks import Actor

GOOD_FOR = timedelta(minutes=1)
CLOCKS_APART = timedelta(minutes=1)
BOUND: Mapping[str, Sequence[str]] = {  # what a signature is about, by the verb of the request
    "decisions": ("decision_id", "task_id", "decision", "fields", "version"),
    "previews": ("decision_id", "task_id", "decision", "fields", "version"),
    "views": ("task_id",),
    "settlements": ("do", "id", "fingerprint"),
    "checks": (
        "ask",
        "request_id",
        "check_id",
        "why",
        "names",
        "role",
        "purpose",
        "show",
        "after",
        "limit",
        "client_id",
        "other_id",
    ),
    "cards": ("client_id",),
    "currents": ("after",),
    "concerns": ("client_id",),
    "finds": ("words", "led_by"),
    "restrictions": (
        "ask",
        "client_id",
        "matter_id",
        "inquiry_id",
        "request_id",
        "restriction_id",
        "kind",
        "scope",
        "staff_ids",
        "classes",
        "why",
    ),
    "records": ("request_id", "after"),
    "reports": ("ask", "report", "until", "months", "scope", "labels", "after"),
    "reviews": ("site", "location", "stars", "reply", "start", "limit"),
    "outgoing": (
        "ask",
        "client_id",
        "request_id",
        "do",
        "scope",
        "occurrence_id",
        "matter_id",
        "move_to",
        "why",
        "contact_id",
    ),
    "imports": (
        "ask",
        "list_id",
        "kind",
        "file",
        "number",
        "pieces",
        "content",
        "name",
        "said",
        "news_since",
        "run",
        "after",
    ),
    "senders": ("ask", "request_id", "address", "language", "source"),
    "editions": (
        "ask",
        "edition",
        "rule_id",
        "off",
        "as_shipped",
        "parts",
        "language",
        "message",
        "text",
        "seen",
        "content_hash",
        "note",
        "why",
        "request_id",
        "days",
        "place",
        "values",
        "values_seen",
        "picture",
        "shows",
    ),
}

A = TypeVar("A")
R = TypeVar("R", bound=Answer)


class UnprovedError(RuleError):
    """It is not proved who asks for this. Sign in again; if it stays so, tell operations."""

    def __init__(self) -> None:
        super().__init__(code="unproved")


@dataclass(frozen=True, slots=True)
class ActorSigner:
    """The desk's part: says in whose name a request is made."""

    key: bytes

    def actor(
        self,
        subject: str,
        asked: Mapping[str, Any],
        id: str,
        roles: Sequence[str],
        screened: Sequence[str] = (),
    ) -> dict[str, Any]:
        """This person as the request to this subject names them, signed for a minute."""
        until = (real_now() + GOOD_FOR).isoformat()
        key = derive(self.key, f"actor-{subject.split('.')[1]}")
        signature = _sign(key, subject, asked, id, roles, until, screened)
        said = {"id": id, "roles": list(roles), "until": until, "signature": signature}
        return {**said, "screened": list(screened)} if screened else said


@dataclass(frozen=True, slots=True)
class ActorVerifier:
    """An owner's part, and since when every desk signs."""

    key: bytes
    since: datetime

    def check(self, subject: str, asked: Mapping[str, Any], actor: Actor, now: datetime) -> None:
        """Raises UnprovedError unless the desk has signed exactly this, and lately."""
        if now < self.since:
            return
        signed = _sign(
            self.key, subject, asked, actor.id, actor.roles, actor.until or "", actor.screened
        )
        if not hmac.compare_digest(signed.encode(), (actor.signature or "").encode()):
            raise UnprovedError
        until = datetime.fromisoformat(actor.until or "")
        if not now - CLOCKS_APART <= until <= now + GOOD_FOR + CLOCKS_APART:
            raise UnprovedError


def proved(
    answer: Callable[[A], Awaitable[R]], subject: str, verifier: ActorVerifier | None
) -> Callable[[A], Awaitable[R]]:
    """Answers only whoever is proved to ask; without a verifier everybody, as before."""
    if verifier is None:
        return answer

    async def checked(asked: Any) -> R:
        verifier.check(subject, asked.model_dump(exclude={"actor"}), asked.actor, real_now())
        return await answer(asked)

    return checked


def read_signer(path: Path) -> ActorSigner:
    """From a file of 64 hex digits; ValueError for another."""
    return ActorSigner(_key(path.read_text(encoding="ascii").strip()))


def read_verifier(path: Path) -> ActorVerifier:
    """From a file of two lines: 64 hex digits, and an instant. ValueError for another."""
    key, since = path.read_text(encoding="ascii").split()
    instant = datetime.fromisoformat(since)
    if instant.tzinfo is None:
        raise ValueError(f"{path.name} says an instant without its offset")
    return ActorVerifier(_key(key), instant)


def _key(digits: str) -> bytes:
    key = bytes.fromhex(digits)
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key


def _sign(
    key: bytes,
    subject: str,
    asked: Mapping[str, Any],
    id: str,
    roles: Sequence[str],
    until: str,
    screened: Sequence[str],
) -> str:
    about = [asked.get(name) for name in BOUND[subject.split(".")[0]]]
    said = [subject, about, id, list(roles), until]
    if screened:  # of whom no wall keeps from anything, the same as ever
        said.append(list(screened))
    words = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(key, words, "sha256").hex()
