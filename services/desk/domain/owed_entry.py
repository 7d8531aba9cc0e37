"""Can what a person typed be taken as a promise, a requested call, an offer or a deadline?

What is entered at the desk is said as if another system of the firm had said it: the same
commitments and the same diary follow. Each refusal names its field and what to do. What a call or a
promise is about is chosen from a list: events carry nobody's words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from shared.contracts.deadlines import DeadlineSet
from shared.contracts.fields import KEY_PATTERN, LINE_PATTERN, read_day
from shared.contracts.promises import CallRequested, OfferReceived, PromiseMade

Entered = PromiseMade | CallRequested | OfferReceived | DeadlineSet
ENTRIES = {
    "promise": "A promise",
    "call": "A call to return",
    "offer": "An offer",
    "deadline": "A deadline",
}
PROMISED = {
    "update": "To tell them how it stands",
    "document": "A document",
    "estimate": "An estimate of costs",
    "call": "A call",
    "filing": "A filing",
    "other": "Something else",
}
PURPOSES = {
    "question": "A question",
    "documents": "Documents",
    "appointment": "An appointment",
    "invoice": "An invoice",
    "urgent": "Something urgent",
    "other": "Something else",
}
LONGEST_KIND, LONGEST_RULE = 80, 300
FURTHEST = timedelta(days=366 * 40)
LONG_AGO = timedelta(days=31)


class EntryError(ValueError):
    """What is wrong with what was typed, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed about which client, by whom, when, and by which clock it counts."""

    values: Mapping[str, str]
    client_id: str
    entry_id: str
    by: str
    now: datetime
    zone: ZoneInfo
    closes: time
    problems: dict[str, str]

    def matter(self, *, needed: bool) -> str | None:
        """The matter, where one was named."""
        said = self.values.get("matter", "").strip()
        if not said and needed:
            self.problems["matter"] = "Say which matter it belongs to."
        if said and re.fullmatch(KEY_PATTERN, said) is None:
            self.problems["matter"] = "Give the id of a matter: letters, digits, - and _."
        return said or None

    def day(self, field: str) -> date | None:
        """A day that was typed; None for none."""
        said = self.values.get(field, "").strip()
        try:
            return read_day(said) if said else None
        except ValueError:
            self.problems[field] = "Give the day, like 2026-12-04."
            return None

    def moment(self, day_field: str, clock: str, otherwise: time) -> datetime | None:
        """A day and a time by the firm's clock; where no time was typed, another one."""
        day, said = self.day(day_field), self.values.get(clock, "").strip()
        try:
            at = time.fromisoformat(said) if said else otherwise
        except ValueError:
            self.problems[clock] = "Give the time, like 15:30."
            return None
        return datetime.combine(day, at, self.zone).astimezone(UTC) if day else None

    def chosen(self, field: str, choices: Mapping[str, str]) -> str:
        """One of these."""
        said = self.values.get(field, "")
        if said not in choices:
            self.problems[field] = "Choose one of the list."
        return said

    def line(self, field: str, longest: int, missing: str) -> str:
        """One line of plain text."""
        said = " ".join(self.values.get(field, "").split())
        if not said:
            self.problems[field] = missing
        elif len(said) > longest or re.fullmatch(LINE_PATTERN, said) is None:
            self.problems[field] = f"Use one line of at most {longest} characters."
        return said


def entered(what: str, typed: Typed) -> Entered:
    """The event that says it; EntryError names each field that cannot be taken."""
    try:
        event = READERS[what](typed)
    except ValidationError:
        event = None
    if typed.problems or event is None:
        raise EntryError(typed.problems or {"": "This cannot be taken as it is."})
    return event


def _promise(typed: Typed) -> Entered | None:
    due_at = typed.moment("due_day", "due_time", typed.closes)
    what, matter = typed.chosen("promised", PROMISED), typed.matter(needed=False)
    if due_at is None:
        typed.problems.setdefault("due_day", "Say by which day it was promised.")
    elif due_at <= typed.now:
        typed.problems["due_day"] = "This instant has passed: give one to come."
    if typed.problems or due_at is None:
        return None
    return PromiseMade.model_validate(
        {"promise_id": typed.entry_id, "client_id": typed.client_id, "matter_id": matter,
         "what": what, "due_at": due_at, "by": typed.by, "at": typed.now}
    )  # fmt: skip


def _call(typed: Typed) -> Entered | None:
    purpose = typed.chosen("purpose", PURPOSES)
    at = _past(typed, "day", "time") or typed.now
    if typed.problems:
        return None
    return CallRequested(call_id=typed.entry_id, client_id=typed.client_id, purpose=purpose, at=at)


def _offer(typed: Typed) -> Entered | None:
    matter = typed.matter(needed=True)
    at = _past(typed, "day", "time") or typed.now
    expires_at = typed.moment("expires_day", "expires_time", time(23, 59))
    if typed.problems or matter is None:
        return None
    return OfferReceived(
        offer_id=typed.entry_id, client_id=typed.client_id, matter_id=matter, at=at,
        expires_at=expires_at,
    )  # fmt: skip


def _deadline(typed: Typed) -> Entered | None:
    matter, day = typed.matter(needed=True), typed.day("date")
    kind = typed.line("kind", LONGEST_KIND, "Say what has to be done, in a word: appeal, reply.")
    rule = typed.line("source_rule", LONGEST_RULE, "Say by which rule or order, like § 517 ZPO.")
    today = typed.now.astimezone(typed.zone).date()
    if day is None:
        typed.problems.setdefault("date", "Say on which day it runs out.")
    elif day > today + FURTHEST or day < today - LONG_AGO:
        typed.problems["date"] = "Give a day within forty years, and of the last month at most."
    if typed.problems or day is None or matter is None:
        return None
    return DeadlineSet.model_validate(
        {"deadline_id": typed.entry_id, "client_id": typed.client_id, "matter_id": matter,
         "kind": kind, "date": day, "source_rule": rule, "set_by": typed.by}
    )  # fmt: skip


def _past(typed: Typed, day: str, clock: str) -> datetime | None:
    """When something came; now, where nobody said."""
    at = typed.moment(day, clock, time(9))
    if at is not None and at > typed.now + timedelta(minutes=5):
        typed.problems[day] = "This has not happened yet."
    if at is not None and at < typed.now - LONG_AGO:
        typed.problems[day] = "This is more than a month ago."
    return min(at, typed.now) if at is not None else None


READERS: dict[str, Callable[[Typed], Entered | None]] = {
    "promise": _promise, "call": _call, "offer": _offer, "deadline": _deadline,
}  # fmt: skip
