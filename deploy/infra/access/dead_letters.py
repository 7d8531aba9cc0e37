"""Which dead letters do the services hold, and what becomes of those that are chosen?

A dead letter is an event a service could not apply. Listings carry ids and reasons, never what the
event said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deploy.infra.access.service_requests import RefusedError, ServiceAwayError, Services, told
from deploy.infra.services import SERVICES
from shared.contracts.answers import LettersDiscarded, LetterShown, LettersListed, LettersTried
from shared.errors import ClienteleError

SHAPE = (
    "id", "consumer", "event_type", "reason", "field_errors", "stream_seq", "first_at", "last_at",
    "count", "replays", "status", "message", "fingerprint",
)  # fmt: skip
INSTANTS = ("first_at", "last_at")
MOST_ERRORS = 3
AT_ONCE = 500  # rows that fit one answer
PATIENCE_SECONDS = 60.0

DeadLetter = dict[str, Any]


class UnknownDeadLetterError(ClienteleError):
    """There is no dead letter with this id."""


class SayWhichError(ClienteleError):
    """Say which dead letters: by id, --fingerprint, --seq or --service."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which dead letters; None means any."""

    ids: tuple[str, ...] = ()
    service: str | None = None
    fingerprint: str | None = None
    seq: int | None = None
    status: str | None = None

    @property
    def says_which(self) -> bool:
        """Whether it names anything at all."""
        return bool(self.ids or self.service or self.fingerprint or self.seq is not None)

    def services(self) -> tuple[str, ...]:
        """Whom to ask."""
        if self.service is None:
            return SERVICES
        if self.service not in SERVICES:
            raise SayWhichError(f"there is no service {self.service}, only {', '.join(SERVICES)}")
        return (self.service,)

    def question(self) -> dict[str, Any]:
        """The same, as a service understands it."""
        asked = {"fingerprint": self.fingerprint, "stream_seq": self.seq, "status": self.status}
        return {name: value for name, value in asked.items() if value is not None}

    def has(self, letter: DeadLetter) -> bool:
        """Whether a letter that was named by its id is chosen by the rest too."""
        pairs = (
            (self.service, "consumer"), (self.fingerprint, "fingerprint"),
            (self.seq, "stream_seq"), (self.status, "status"),
        )  # fmt: skip
        return all(wanted in (None, letter.get(name)) for wanted, name in pairs)


async def find(services: Services, choice: Choice) -> list[DeadLetter]:
    """The chosen letters, those that wait for somebody first."""
    if choice.ids:
        named = [await _one(services, dead_letter_id) for dead_letter_id in choice.ids]
        return [letter for letter in named if choice.has(letter)]
    found: list[DeadLetter] = []
    for name in choice.services():
        found += await _all(services, name, choice.question())
    return in_order(found)


async def act_on(services: Services, what: str, letter: DeadLetter) -> dict[str, Any]:
    """Replay or discard one letter; what became of it."""
    try:
        question = {"ask": "dead-letters", "do": what, "id": letter["id"]}
        answer = await services.ask(letter["consumer"], question, PATIENCE_SECONDS)
    except RefusedError as no:
        return {"id": letter["id"], "outcome": no.message}
    if what == "discard":
        return {
            "id": letter["id"],
            "outcome": "discarded" if told(LettersDiscarded, answer).discarded else "gone",
        }
    tried = told(LettersTried, answer).items
    return tried[0].model_dump() if tried else {"id": letter["id"], "outcome": "gone"}


def shaped(row: Mapping[str, Any]) -> DeadLetter:
    """A dead letter in the shape other tools are built against."""
    letter = {name: row[name] for name in SHAPE if row.get(name) is not None}
    for name in INSTANTS:
        at = datetime.fromisoformat(str(letter[name]))
        letter[name] = at.isoformat(timespec="milliseconds")
    return letter


def service_of(dead_letter_id: str) -> str:
    """Which service a dead letter belongs to: its id begins with the name."""
    service = dead_letter_id.rpartition("-")[0]
    if service not in SERVICES:
        raise UnknownDeadLetterError(
            f"{dead_letter_id} is not the id of a dead letter, such as intake-17"
        )
    return service


def in_order(letters: Iterable[DeadLetter]) -> list[DeadLetter]:
    """Those that wait for somebody first, each group newest first."""
    newest_first = sorted(letters, key=lambda each: str(each["last_at"]), reverse=True)
    return sorted(newest_first, key=lambda each: each["status"] != "open")


def stream_order(letters: Iterable[DeadLetter]) -> list[DeadLetter]:
    """As the events came, service by service."""
    return sorted(letters, key=lambda each: (each["consumer"], each.get("stream_seq", 0)))


def reason_of(letter: DeadLetter) -> str:
    """Why, in one line: the first fields that were refused, or the sentence."""
    errors = letter.get("field_errors") or []
    said = [f"{each['field']}: {each['message']}" for each in errors[:MOST_ERRORS]]
    if len(errors) > MOST_ERRORS:
        said.append(f"and {len(errors) - MOST_ERRORS} more")
    return "; ".join(said) or str(letter.get("message") or "")


async def _one(services: Services, dead_letter_id: str) -> DeadLetter:
    """One letter; that of a document, which names no service, is asked of each.

    ServiceAwayError where nobody who answers has it, and somebody does not answer.
    """
    question = {"ask": "dead-letters", "do": "show", "id": dead_letter_id}
    try:
        answer = await services.ask(service_of(dead_letter_id), question)
    except UnknownDeadLetterError:
        if (found := await _whoever_has(services, question)) is None:
            raise
        answer = found
    return shaped(told(LetterShown, answer).item.model_dump())


async def _whoever_has(services: Services, question: dict[str, Any]) -> dict[str, Any] | None:
    away: ServiceAwayError | None = None
    for name in SERVICES:
        try:
            return await services.ask(name, question)
        except RefusedError:
            continue
        except ServiceAwayError as error:
            away = away or error
    if away is not None:
        raise away
    return None


async def _all(services: Services, name: str, question: dict[str, Any]) -> list[DeadLetter]:
    """Every chosen letter of one service, in pages that fit a message."""
    rows: list[Any] = []
    page = {"ask": "dead-letters", "do": "list", "limit": AT_ONCE, **question}
    while True:
        answer = await services.ask(name, {**page, "skip": len(rows)})
        items = told(LettersListed, answer).items
        rows += [each.model_dump() for each in items]
        if len(items) < AT_ONCE:
            return [shaped(row) for row in rows]
