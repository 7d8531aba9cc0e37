"""When do concerns of one cause stop being single ones?

So many of one cause, closed within so short a time, are a pattern: then the cause itself is asked
about, once, until somebody has decided. What was decided about them counts for no further pattern.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.contracts.keys import id_made_of

MOST_KEPT = 200  # closings of one cause


@dataclass(frozen=True, slots=True)
class PatternRule:
    """How many within which time; the firm's own."""

    concerns: int
    within: timedelta
    days_to_decide: int = 5  # business days


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A concern that was closed with this cause."""

    concern_id: str
    at: datetime
    pattern_id: str | None = None  # the pattern it is part of


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a partner decided about a pattern."""

    pattern_id: str
    decision: str  # train, change-rule or accept
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Everything closed with one cause, its patterns, and what was decided about them."""

    cause_code: str
    closings: tuple[Closing, ...] = ()
    open_pattern: str | None = None  # waits for a decision
    decided: tuple[Decided, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)  # sealed: by pattern

    def part_of(self, pattern_id: str) -> list[Closing]:
        """The concerns of a pattern, the first one first."""
        return [each for each in self.closings if each.pattern_id == pattern_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What somebody, or a team, is to learn from a pattern, and by when."""

    learning_id: str
    pattern_id: str
    cause_code: str
    due_at: datetime
    assigned_at: datetime
    assigned_by: str
    staff_id: str | None = None
    team: str | None = None
    completed_at: datetime | None = None
    what: str | None = None  # sealed: in the partner's words
    note: str | None = None  # sealed: in the learner's


def with_closing(cause: Cause, concern_id: str, at: datetime) -> Cause:
    """The cause after a concern was closed with it; the same one again moves it, no more."""
    others = [each for each in cause.closings if each.concern_id != concern_id]
    known = next((each for each in cause.closings if each.concern_id == concern_id), None)
    pattern_id = known.pattern_id if known else None
    closing = Closing(concern_id=concern_id, at=at, pattern_id=pattern_id)
    every = sorted([*others, closing], key=lambda each: (each.at, each.concern_id))
    return replace(cause, closings=tuple(every[-MOST_KEPT:]))


def with_pattern(cause: Cause, rule: PatternRule) -> Cause:
    """The cause with the pattern its concerns make now, or joined to the one that is open."""
    free = [each for each in cause.closings if each.pattern_id is None]
    joined = _joining(cause, free, rule)
    if joined and cause.open_pattern is not None:
        return _marked(cause, joined, cause.open_pattern)
    found = None if cause.open_pattern else _window(free, rule)
    if not found:
        return cause
    pattern_id = pattern_id_of(cause.cause_code, found[0].concern_id)
    return replace(_marked(cause, found, pattern_id), open_pattern=pattern_id)


def with_decision(cause: Cause, decided: Decided, reason: str) -> Cause:
    """The cause after somebody decided about its open pattern."""
    return replace(
        cause,
        open_pattern=None,
        decided=(*cause.decided, decided),
        reasons={**cause.reasons, decided.pattern_id: reason},
    )


def pattern_id_of(cause_code: str, first_concern: str) -> str:
    """The id of the pattern that began with this concern."""
    return id_made_of("pattern", cause_code, first_concern)


def _joining(cause: Cause, free: Sequence[Closing], rule: PatternRule) -> list[Closing]:
    """Those that belong to the open pattern: close enough in time to one of it."""
    if cause.open_pattern is None:
        return []
    part = cause.part_of(cause.open_pattern)
    return [each for each in free if any(abs(each.at - p.at) <= rule.within for p in part)]


def _window(free: Sequence[Closing], rule: PatternRule) -> list[Closing]:
    """The earliest ones that are many enough within the time."""
    for first in free:
        near = [each for each in free if timedelta(0) <= each.at - first.at <= rule.within]
        if len(near) >= rule.concerns:
            return near
    return []


def _marked(cause: Cause, found: Sequence[Closing], pattern_id: str) -> Cause:
    ids = {each.concern_id for each in found}
    closings = tuple(replace(each, pattern_id=pattern_id) if each.concern_id in ids else each
                     for each in cause.closings)  # fmt: skip
    return replace(cause, closings=closings)
