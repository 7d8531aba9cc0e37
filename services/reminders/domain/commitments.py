"""What does the firm owe, by when, and was it done?

A rule that keeps something makes one commitment for each thing that sets it off. Read off all that
has been said about the thing, so the order in which it was heard does not matter. Once met, missed
or voided, a commitment stays so; whether what was missed has been done since is kept beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.reminders.domain.card import Card
from services.reminders.domain.conditions import holds, known_now
from services.reminders.domain.kept_ends import kept_ends
from services.reminders.domain.moments import day_meant
from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.playbook import HAPPENED, Keep, Rule
from services.reminders.domain.schedule import Offset, Span, move, reckon, roll
from services.reminders.domain.subject import Fact, Subject
from shared.calendar import FirmCalendar

GO_ON = ("client_id", "matter_id")  # what has no end of its own: an older end is another one's
BEGINNINGS = ("at", HAPPENED)  # whoever asks again is owed no later than for the first time
NOT_WANTED, WITHDRAWN = "no-longer-wanted", "rule-withdrawn"


class State(StrEnum):
    """What became of a commitment."""

    OPEN = "open"
    MET = "met"
    MISSED = "missed"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One thing owed by an instant."""

    commitment_id: str
    rule_id: str
    rule_version: int
    thread: str
    standard: str
    source: str
    edition: str
    event_id: str
    begun: str  # the place in time of the event by which it is owed
    made_at: datetime
    due_at: datetime
    ask_at: datetime  # when a person is asked to do it
    state: State = State.OPEN
    client_id: str | None = None
    about: dict[str, str] = field(default_factory=dict)
    what: str | None = None
    at: datetime | None = None  # when it ended
    settled_at: datetime | None = None  # when that was recorded, by our own clock
    reason: str | None = None  # why it is void
    asked: bool = False  # a task was opened for it
    warnings: tuple[datetime, ...] = ()  # when whoever was asked is reminded of it, still to come
    over: bool = False  # missed, and nothing is to be done any more
    moved: bool = False  # a person gave it another day, which no rule takes back

    @property
    def needs_attention_at(self) -> datetime | None:
        """When a person is to be asked, or it is missed; None: it has ended."""
        if self.state is not State.OPEN:
            return None
        following = next(iter(self.warnings), self.due_at) if self.asked else self.ask_at
        return min(following, self.due_at)

    @property
    def followed(self) -> bool:
        """Whether what is heard can still change it."""
        return self.state is State.OPEN or (self.state is State.MISSED and not self.over)

    def is_followed_by(self, start: Fact, end: Fact | None) -> bool:
        """Whether this word on when makes another one of it.

        Not one that was said before this one was done, and is only heard after.
        """
        if self.state is State.OPEN or self.begun >= start.order:
            return False
        if self.state is State.MISSED or self.at is None:
            return True
        known_end = end is not None and _instant_of(end) == self.at
        return not known_end and start.happened > self.at

    def ended(self, at: datetime) -> "Commitment":
        """After it was done: in time, or too late."""
        if self.state is State.MISSED:
            return replace(self, over=True)
        if at > self.due_at:
            return replace(self, state=State.MISSED, at=at, over=True)
        return replace(self, state=State.MET, at=at)

    def missed(self, now: datetime) -> "Commitment":
        """After its instant has passed and nothing was heard."""
        return replace(self, state=State.MISSED, at=now)

    def voided(self, at: datetime, reason: str) -> "Commitment":
        """After it is not owed any more; what was missed before stays missed."""
        if self.state is State.MISSED or at > self.due_at:
            return self.ended(at)
        return replace(self, state=State.VOIDED, at=at, reason=reason)

    def warned(self, now: datetime) -> "Commitment":
        """After somebody was asked, or reminded of it."""
        ahead = tuple(each for each in self.warnings if each > now)
        return replace(self, asked=True, warnings=ahead)

    def moved_to(
        self, due_at: datetime, ask_at: datetime, warnings: tuple[datetime, ...] = ()
    ) -> "Commitment":
        """The same, due at another instant, as a person said; what was missed is owed anew."""
        moved = replace(
            self, due_at=due_at, ask_at=ask_at, warnings=warnings, asked=False, moved=True
        )
        if self.state is State.OPEN:
            return moved
        again = derived_id("k", self.commitment_id, due_at.isoformat())
        return replace(moved, commitment_id=again, state=State.OPEN, at=None, settled_at=None)


def standing(
    rule: Rule,
    subject: Subject,
    card: Card | None,
    known: Commitment | None,
    calendar: FirmCalendar,
    now: datetime,
) -> Commitment | None:
    """How this rule's commitment stands now; ``known``: the last one it made about the thing.

    None where nothing is owed and nothing ever was.
    """
    start, keep = subject.latest(rule.on), rule.keep
    if start is None or keep is None:
        return known
    wanted = holds(rule.when, start, subject, card)
    end = _end_of(rule, keep, subject, start, card)
    if known is None or known.is_followed_by(start, end):
        found = _made(rule, keep, subject, start, calendar) if wanted else None
        if found is None or not start.sets_off(rule):
            return known
    elif known.state is State.OPEN:
        found = _brought_up_to_date(known, rule, keep, subject, start, calendar)
    else:
        found = known
    if not found.followed:
        return found
    if end is not None:
        at = _instant_of(end)
        voids = end.type in keep.voids
        return found.voided(at, end.type) if voids else found.ended(at)
    return found if wanted else found.voided(now, NOT_WANTED)


def _made(
    rule: Rule, keep: Keep, subject: Subject, start: Fact, calendar: FirmCalendar
) -> Commitment | None:
    due_at = _due(rule, start, calendar)
    if due_at is None:
        return None
    words = subject.words(start)
    what = words.get("what") or words.get("kind")
    return Commitment(
        commitment_id=derived_id("k", rule.rule_id, subject.thread, start.order),
        rule_id=rule.rule_id,
        rule_version=rule.version,
        thread=subject.thread,
        standard=keep.standard,
        source=keep.source,
        edition=keep.edition,
        event_id=start.event_id,
        begun=start.order,
        made_at=start.instants.get("at", start.happened),
        due_at=due_at,
        ask_at=ask_at(keep, due_at, calendar),
        warnings=warnings_at(keep, due_at, calendar),
        client_id=subject.client_id,
        what=what if isinstance(what, str) else None,
    )


def _brought_up_to_date(
    known: Commitment, rule: Rule, keep: Keep, subject: Subject, start: Fact, calendar: FirmCalendar
) -> Commitment:
    """What is owed still, by the latest word on when; a day somebody gave holds until news."""
    fresh = _made(rule, keep, subject, start, calendar)
    named = start.instant(rule.anchors)
    said_again = named is not None and named[0] in BEGINNINGS
    if fresh is None or said_again or (known.moved and known.begun == start.order):
        return known
    what, moves = fresh.what or known.what, fresh.due_at != known.due_at
    return replace(
        fresh, commitment_id=known.commitment_id, made_at=known.made_at, about=known.about,
        what=what, asked=known.asked and not moves,
        warnings=fresh.warnings if moves else known.warnings,
    )  # fmt: skip


def _due(rule: Rule, start: Fact, calendar: FirmCalendar) -> datetime | None:
    """By when, on the firm's own clock; None where the event lacks what it is counted from."""
    found, moment = start.instant(rule.anchors), rule.moment
    if found is None or moment is None:
        return None
    name, anchor = found
    if moment.offset.span is Span.BUSINESS_HOURS:
        return calendar.add_business_hours(anchor, moment.offset.amount)
    if moment.offset.span is Span.BUSINESS_DAYS and moment.time is None:
        return calendar.add_business_days(anchor, moment.offset.amount)
    day = day_meant(start, name, calendar.zone.key)
    if day is not None and moment.time is None and moment.offset.on_calendar:
        on = roll(move(day, moment.offset, calendar.days.is_closed), moment.roll,
                  calendar.days.is_closed)  # fmt: skip
        return calendar.close_of_business(on)  # a day is over when the firm closes on it
    return reckon(moment, anchor, calendar.zone, calendar.days.is_closed, day).instant


def ask_at(keep: Keep, due_at: datetime, calendar: FirmCalendar) -> datetime:
    """When a person is asked, so that there is time left."""
    return before(due_at, keep.warn or Offset(-1_000, Span.DAYS), calendar)  # or as soon as owed


def warnings_at(keep: Keep, due_at: datetime, calendar: FirmCalendar) -> tuple[datetime, ...]:
    """When whoever was asked is reminded of it, the earliest first."""
    return tuple(sorted(before(due_at, each, calendar) for each in keep.again))


def before(due_at: datetime, warn: Offset, calendar: FirmCalendar) -> datetime:
    """So long before it is due, by the firm's calendar."""
    if warn.span is Span.BUSINESS_HOURS:
        return calendar.add_business_hours(due_at, warn.amount)
    if warn.span is Span.BUSINESS_DAYS:
        return calendar.add_business_days(due_at, warn.amount)
    hours = {Span.HOURS: 1, Span.DAYS: 24}[warn.span]
    return due_at + warn.amount * timedelta(hours=hours)


def _end_of(
    rule: Rule, keep: Keep, subject: Subject, start: Fact, card: Card | None
) -> Fact | None:
    """The earliest event that meets or voids it."""
    of_its_own = rule.per not in GO_ON
    first = min(f.first_stamp for f in _facts(rule.on, subject))
    said = [f for f in _facts(rule.until, subject) if holds(keep.fits(f.type), f, subject, card)]
    said += [f for f in kept_ends(rule, subject)
             if holds(known_now(keep.fits(f.type)), f, subject, card)]  # fmt: skip
    found = [
        fact
        for fact in said
        if (fact.stamp >= start.order or (of_its_own and fact.stamp < first
                                           and fact.type not in rule.until_by))
    ]  # fmt: skip
    return min(found, key=lambda fact: fact.stamp, default=None)


def _instant_of(end: Fact) -> datetime:
    return end.instants.get("at", end.happened)


def _facts(types: Iterable[str], subject: Subject) -> list[Fact]:
    return [subject.facts[each] for each in types if each in subject.facts]
