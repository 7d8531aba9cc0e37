"""What has been said about one thing: an appointment, an invoice, a survey, a client?

A subject keeps the latest event of each type by event stamp. Whether a rule is armed is read off
that alone, so events may arrive in any order, and more than once, and end in the same state.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from services.reminders.domain.imported_starts import counted_from
from services.reminders.domain.occurrence import ONCE, anchor_text
from services.reminders.domain.playbook import HAPPENED, Imported, Rule
from services.reminders.domain.whole_days import with_whole_day

Value = str | int | bool | datetime
PUBLIC_ENDINGS = ("_id", "timezone", "service", "trigger")
"""Texts of which every value is an id or a word of our own; any other may name somebody."""


class Standing(StrEnum):
    """How a rule stands towards a subject."""

    UNARMED = "unarmed"
    ARMED = "armed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The latest event of one type about a subject."""

    type: str
    stamp: str
    first_stamp: str  # of the earliest event of this type
    event_id: str
    happened: datetime
    history: bool = False
    instants: dict[str, datetime] = field(default_factory=dict)
    values: dict[str, str | int | bool] = field(default_factory=dict)
    heard_at: datetime | None = None  # of an import: when it was heard
    began: datetime | None = None  # when the earliest event of this type happened
    once: bool = False  # such a thing happens once: said again, it is no news of when

    @property
    def order(self) -> str:
        """By what the latest event of several types is found."""
        return self.first_stamp if self.once else self.stamp

    @property
    def client_id(self) -> str | None:
        """The client it names, if it names one."""
        said = self.values.get("client_id") or self.values.get("about.client_id")
        return str(said) if said else None

    def instant(self, anchors: Iterable[str]) -> tuple[str, datetime] | None:
        """The first of these anchors that the event has."""
        for name in anchors:
            if name == HAPPENED:
                return name, (self.began if self.once else None) or self.happened
            if name in self.instants:
                return name, self.instants[name]
        return None

    def sets_off(self, rule: Rule) -> bool:
        """Whether the rule acts on it: on an import only as far as the rule says."""
        if not self.history:
            return True
        if self.heard_at is None or rule.moment is None:
            return False
        return rule.imported is Imported.FROM_IMPORT or self.lay_ahead(rule.anchors)

    def lay_ahead(self, anchors: Iterable[str]) -> bool:
        """Whether what an import told of was still to come when it was heard."""
        found = self.instant(anchors) if self.heard_at is not None else None
        if found is None or self.heard_at is None:
            return False
        return found[0] != HAPPENED and found[1] > self.heard_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a message told about a thing; kept is the one that was handed over last."""

    instants: dict[str, str] = field(default_factory=dict)
    values: dict[str, str | int | bool] = field(default_factory=dict)
    zone: str | None = None  # where it takes place
    ended: bool = False  # that it is off
    contact_id: str = ""
    number: int = 0  # of the deliberate repeat of that message
    at: datetime | None = None
    before: "Statement | None" = None  # what had been told before that, should it not have come

    def says(self, other: "Statement") -> bool:
        """Whether both tell the same."""
        mine = (self.instants, self.values, self.ended)
        return mine == (other.instants, other.values, other.ended)

    def without(self, contact_id: str) -> "Statement | None":
        """What the client was told last if this message did not come."""
        if self.contact_id == contact_id:
            return self.before
        if self.before is not None and self.before.contact_id == contact_id:
            return replace(self, before=None)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One thing that rules follow, named by a field and its value: ``appointment_id:a1``."""

    thread: str
    client_id: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    details: dict[str, dict[str, str]] = field(default_factory=dict)  # free text, per event type
    ends: dict[str, Fact] = field(default_factory=dict)  # see kept_ends
    told: Statement | None = None  # by the last message that went, or may have
    cleared_until: datetime | None = None  # what happened by then is forgotten, and stays so

    def is_cleared(self, happened: datetime) -> bool:
        """Whether this happened before the time that was cleared was over."""
        return self.cleared_until is not None and happened <= self.cleared_until

    def with_event(self, event: Any, heard_at: datetime | None = None) -> "Subject":
        """The subject after an event about it; ``heard_at`` is kept of an import."""
        if self.is_cleared(event.time):
            return self
        before = self.facts.get(event.type)
        first = min(before.first_stamp, event.stamp) if before else event.stamp
        began = min(before.began or before.happened, event.time) if before else event.time
        if before is not None and before.stamp >= event.stamp:
            if first == before.first_stamp:
                return self
            older = replace(before, first_stamp=first, began=began)
            return replace(self, facts={**self.facts, event.type: older})
        fact, texts = fact_of(event, heard_at)
        fact = replace(fact, first_stamp=first, began=began)
        facts, details = {**self.facts, event.type: fact}, {**self.details, event.type: texts}
        after = replace(self, facts=facts, details=details)
        by = after.named_by
        return replace(after, client_id=by.client_id if by is not None else self.client_id)

    @property
    def named_by(self) -> Fact | None:
        """The latest event that says whose it is: an older one that comes late changes nothing."""
        facts = [fact for fact in self.facts.values() if fact.client_id is not None]
        return max(facts, key=lambda fact: fact.stamp) if facts else None

    def latest(self, types: Iterable[str]) -> Fact | None:
        """The latest event of these types."""
        facts = [self.facts[each] for each in types if each in self.facts]
        return max(facts, key=lambda fact: fact.order) if facts else None

    def was_behind(self, types: Iterable[str], instant: datetime) -> bool:
        """Whether this instant lay behind already when the thing was imported."""
        fact = self.latest(types)
        return fact is not None and fact.heard_at is not None and instant < fact.heard_at

    def standing(self, rule: Rule) -> tuple[Standing, Fact | None]:
        """Whether the rule is armed, and by which event."""
        start = self.latest(rule.on)
        if start is None:
            return Standing.UNARMED, None
        end = self.latest(rule.until)
        if end is not None and (end.stamp >= start.stamp or self._ended_unseen(rule, end)):
            return Standing.ENDED, start
        if not start.sets_off(rule):
            return Standing.UNARMED, start
        return Standing.ARMED, start

    def anchor_of(self, rule: Rule, fact: Fact) -> tuple[datetime | None, str] | None:
        """The instant the rule reckons from, and its part of an occurrence's identity.

        None where the event lacks every anchor. A rule that acts once for each time it starts is
        known by the end before that start: a corrected date is the same occurrence.
        """
        found = fact.instant(rule.anchors)
        if rule.anchors and found is None:
            return None
        instant = found[1] if found else None
        if fact.history and rule.imported is Imported.FROM_IMPORT:
            instant = counted_from(rule, self.thread, instant, fact.heard_at)
        if not rule.once:
            return instant, anchor_text(instant)
        end = self.latest(rule.until)
        return instant, f"{ONCE}:{end.stamp}" if end is not None else ONCE

    def with_ends_of(self, rules: Iterable[Rule], others: Mapping[str, "Subject"]) -> "Subject":
        """The subject with the ends that were said of something larger, such as its matter.

        ``others``: what is known of that, by its thread.
        """
        facts = dict(self.facts)
        for rule in rules:
            for end, thread in self.ends_elsewhere(rule):
                said = others[thread].facts.get(end) if thread in others else None
                if said is not None and (end not in facts or facts[end].stamp < said.stamp):
                    facts[end] = said
        return replace(self, facts=facts) if facts != self.facts else self

    def ends_elsewhere(self, rule: Rule) -> list[tuple[str, str]]:
        """Which ends of this rule are said of something else, and of what: event type, thread."""
        start = self.latest(rule.on)
        if start is None:
            return []
        named = ((end, by, start.values.get(by)) for end, by in rule.until_by.items())
        return [(end, f"{by}:{value}") for end, by, value in named if value is not None]

    @property
    def belongs_to(self) -> list[str]:
        """The larger things it is part of, as their threads: ``matter_id:m-1``."""
        ids = {f"{name}:{value}" for fact in self.facts.values()
               for name, value in fact.values.items()
               if name.endswith("_id") and name != "client_id"}  # fmt: skip
        return sorted(ids - {self.thread})

    def words(self, fact: Fact) -> dict[str, Value]:
        """Everything the event said, for a message's text."""
        return {**fact.instants, **fact.values, **self.details.get(fact.type, {})}

    def _ended_unseen(self, rule: Rule, end: Fact) -> bool:
        """An end older than every start ends the start: the clocks of two systems differ.

        Not one of something larger: a matter closed once and taken up again ends nothing of today.
        """
        if end.type in rule.until_by:
            return False
        starts = [self.facts[each].first_stamp for each in rule.on if each in self.facts]
        return end.stamp < min(starts)


def fact_of(event: Any, heard_at: datetime | None = None) -> tuple[Fact, dict[str, str]]:
    """An event as it is kept, and its free texts; ``heard_at`` is kept of an import."""
    instants, values, texts = _sorted_out(event.data)
    instants, values = with_whole_day(instants, values)
    fact = Fact(
        type=event.type, stamp=event.stamp, first_stamp=event.stamp, event_id=event.id,
        happened=event.time, history=event.history, instants=instants, values=values,
        heard_at=heard_at if event.history else None, began=event.time,
        once=getattr(type(event.data), "HAPPENS_ONCE", False),
    )  # fmt: skip
    return fact, texts


def thread_of(field_name: str, data: BaseModel) -> str | None:
    """The name of the subject this event is about, seen by a rule's ``per``."""
    value = getattr(data, field_name, None)
    return f"{field_name}:{value}" if value is not None else None


def client_of(data: BaseModel) -> str | None:
    """The client an event is about, if it names one."""
    direct = getattr(data, "client_id", None)
    found = direct or getattr(getattr(data, "about", None), "client_id", None)
    return str(found) if found else None


def said_by(data: BaseModel) -> dict[str, Any]:
    """Every field of an event that has a value, as conditions name it."""
    return dict(_flat(data))


def _sorted_out(
    data: BaseModel,
) -> tuple[dict[str, datetime], dict[str, str | int | bool], dict[str, str]]:
    """The instants, the plain values and the free texts of an event."""
    instants: dict[str, datetime] = {}
    values: dict[str, str | int | bool] = {}
    texts: dict[str, str] = {}
    days = getattr(type(data), "DAYS", ())
    for name, value in _flat(data):
        if isinstance(value, datetime):
            instants[name] = value
        elif isinstance(value, date):
            values[name] = value.isoformat()
            if name in days:  # midnight in UTC: a bare date
                instants[name] = datetime.combine(value, time(), UTC)
        elif isinstance(value, str) and not name.endswith(PUBLIC_ENDINGS):
            texts[name] = value
        elif isinstance(value, str | int | bool):
            values[name] = value
    return instants, values, texts


def _flat(data: BaseModel, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name in type(data).model_fields:
        value = getattr(data, name)
        if isinstance(value, BaseModel) and name == "about":
            yield from _flat(value, "about.")
        elif value is not None:
            yield prefix + name, value
