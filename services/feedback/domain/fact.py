"""What is one thing that is counted, and where does it count?

One fact for one thing: an answer, a commitment, an inquiry, a review. Events tell of it piecemeal,
in any order and more than once; of each of its fields the newest telling holds. What it counts as
(in which month, for whom, under which labels) is kept beside it, so that another telling takes away
exactly what was added, and figures counted anew come out the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.feedback.domain.matter import Matter, owner_at

FIRM = "firm"
AREA, OWNER, STAGE = "area", "owner", "stage"
CLIENT = "client_id"
OF_A_PERSON = (CLIENT, "inquiry_id", "task_id")

Labels = Callable[[Mapping[str, Any]], tuple[str, ...]]
"""Under which labels a fact counts, by what was told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one event tells of one thing that is counted."""

    measure: str
    thing: str
    fields: Mapping[str, Any]
    matter_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Where a fact counts: a month of the firm's calendar, the scopes, the labels."""

    month: str  # 2026-11
    scopes: tuple[str, ...]
    labels: tuple[str, ...]

    def places(self) -> Iterator[tuple[str, str]]:
        """Month and scope of each tally it counts in."""
        return ((self.month, scope) for scope in self.scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is counted; ``at`` among what was told decides its month."""

    fact_id: str
    measure: str
    thing: str
    matter_id: str | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)  # of each field's newest telling
    msg_id: str = ""  # of the newest event of all: what it goes back to
    counted: Counted | None = None
    cleared: bool = False  # only that it counted is kept, so that it counts once

    @property
    def at(self) -> datetime | None:
        """The instant by which it belongs to a month; None while that is not known."""
        at = self.said.get("at")
        return at if isinstance(at, datetime) else None

    @property
    def client_id(self) -> str | None:
        """Whom it is about, where that was told."""
        told = self.said.get(CLIENT)
        return str(told) if told else None


def of_client(fact: Fact, client_id: str) -> Fact:
    """The same fact of another client's id; it counts as it did."""
    return replace(fact, said={**fact.said, CLIENT: client_id})


def is_over(fact: Fact, until: datetime) -> bool:
    """Whether it belongs to a time until this instant; where it has none, it was told by then."""
    if fact.cleared:
        return False
    told = (datetime.fromisoformat(stamp.partition(" ")[0]) for stamp in fact.stamps.values())
    return (fact.at or max(told, default=until)) <= until


def mark_of(fact: Fact) -> Fact:
    """What stays of a fact that was cleared: where it counts. What is told of it comes too late."""
    return Fact(
        fact_id=fact.fact_id, measure=fact.measure, thing=fact.thing, counted=fact.counted,
        cleared=True,
    )  # fmt: skip


def of_nobody(fact: Fact, ref: str) -> Fact:
    """What stays as a figure when a person is erased: no id of theirs."""
    said = {name: ref if name in OF_A_PERSON else value for name, value in fact.said.items()}
    return replace(fact, said=said, matter_id=ref if fact.matter_id else None)


def fact_id_of(measure: str, thing: str) -> str:
    """The id of the one fact about this thing."""
    return f"{measure}:{thing}"


def with_told(fact: Fact | None, told: Told, stamp: str, msg_id: str) -> Fact:
    """The fact after this was told; older tellings of a field change nothing."""
    if fact is not None and fact.cleared:
        return fact
    known = fact or Fact(
        fact_id=fact_id_of(told.measure, told.thing), measure=told.measure, thing=told.thing
    )
    newer = {name: value for name, value in told.fields.items()
             if value is not None and stamp > known.stamps.get(name, "")}  # fmt: skip
    matter_id = known.matter_id or told.matter_id
    if not newer and matter_id == known.matter_id and fact is not None:
        return known
    latest = max(known.stamps.values(), default="")
    return replace(
        known,
        matter_id=matter_id,
        said={**known.said, **newer},
        stamps={**known.stamps, **dict.fromkeys(newer, stamp)},
        msg_id=msg_id if stamp > latest else known.msg_id,
    )


def recounted(fact: Fact, matter: Matter | None, labels: Labels, zone: ZoneInfo) -> Fact:
    """The fact with where it counts, by what is known now; what was cleared counts as it did."""
    if fact.cleared:
        return fact
    if fact.at is None:
        return replace(fact, counted=None)
    return replace(
        fact,
        counted=Counted(
            month=f"{fact.at.astimezone(zone):%Y-%m}",
            scopes=tuple(_scopes(fact, fact.at, matter)),
            labels=labels(fact.said),
        ),
    )


def _scopes(fact: Fact, at: datetime, matter: Matter | None) -> Iterator[str]:
    """The firm, and its area, lawyer and stage; whose a matter was when it happened."""
    yield FIRM
    area = (matter.practice_area if matter else None) or fact.said.get("practice_area")
    owner = fact.said.get("owner_id") or (owner_at(matter, at) if matter else None)
    for name, value in ((AREA, area), (OWNER, owner), (STAGE, fact.said.get("stage"))):
        if value:
            yield f"{name}:{value}"
