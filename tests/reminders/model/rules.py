"""What do the shipped playbooks want, said a second time in plain words?

A table of their messages, and what it makes of the events told: which occurrences are wanted, when
each falls due, until when it is of use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from services.reminders.domain.occurrence import derived_id
from tests.reminders.model.clocks import days_from
from tests.reminders.model.told import Facts, Last, Says, Told, left_by, thing_of

NOW = None
FIRM = "Europe/Berlin"


class After(NamedTuple):
    """A distance in elapsed time."""

    elapsed: timedelta


class Days(NamedTuple):
    """A distance in calendar days on the client's clock, at a time of day."""

    days: int
    at: str | None = None
    roll: int = 0  # to the next open day, or the one before


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One rule of a playbook."""

    @property
    def at_a_time_of_day(self) -> bool:
        """Whether its messages are planned for a time of day and may share a letter."""
        of_a_day = isinstance(self.when, Days) and self.when.at is not None
        return of_a_day and self.sends and self.kind == "service"

    rule: str
    per: str
    starts: tuple[str, ...]
    ends: tuple[str, ...] = ()
    anchor: str | None = None  # a field, "happened", or None: once for ever
    when: After | Days | None = NOW
    kind: str = "service"
    twice_if_unknown: bool = True  # resend; else hold
    use: After | Days | None = None  # of use for so long
    stop: timedelta = timedelta(0)  # before the anchor
    past: str = "latest"
    series: str | None = None
    sends: bool = True
    waits: bool = False  # for the next day's letter, where one went today
    tells: bool = False  # says what stands, whenever the last word was another
    lately: bool = False  # not within 20 hours of being told the same
    day_of: str | None = None  # whose calendar the anchor is a day of; None: the client's


def _of_appointment(rule: str, when: After | Days | None, stop: int = 0) -> Wish:
    return Wish(
        rule=rule, per="appointment_id", anchor="starts_at", when=when,
        series=None if when is NOW else "appointments", tells=when is NOW, lately=when is not NOW,
        starts=("appointment-scheduled", "appointment-rescheduled"),
        ends=("appointment-cancelled",), stop=timedelta(minutes=stop),
    )  # fmt: skip


def _of_invoice(rule: str, when: Days, use: After | Days | None, *, sends: bool = True) -> Wish:
    return Wish(
        rule=rule, per="invoice_id", anchor="due_at", when=when, series="invoices", sends=sends,
        starts=("invoice-issued",), ends=("invoice-paid",), twice_if_unknown=False, use=use,
        day_of=FIRM, waits=sends and rule != "invoice-due",
    )  # fmt: skip


def _ask(rule: str, per: str, start: str, end: tuple[str, ...], days: int, kind: str) -> Wish:
    return Wish(
        rule=rule, per=per, starts=(start,), ends=end, anchor="happened" if days else None,
        when=Days(days) if days else NOW, kind=kind, twice_if_unknown=False, use=Days(7),
        past="skip" if days else "latest",
    )  # fmt: skip


WISHES = (
    _of_appointment("appointment-confirmation", NOW),
    _of_appointment("appointment-week-before", Days(-7, "10:00")),
    _of_appointment("appointment-day-before", Days(-1, "10:00")),
    _of_appointment("appointment-two-hours-before", After(timedelta(hours=-2)), stop=30),
    Wish(rule="appointment-outcome-due", per="appointment_id", anchor="starts_at",
         starts=("appointment-scheduled", "appointment-rescheduled"),
         ends=("appointment-cancelled",), when=After(timedelta(hours=24)), use=Days(14),
         sends=False),
    _of_invoice("invoice-week-before", Days(-7, "10:00", -1), None),
    _of_invoice("invoice-due", Days(0, "10:00", -1), After(timedelta(hours=12))),
    _of_invoice("invoice-week-after", Days(7, "10:00", 1), Days(5)),
    _of_invoice("invoice-two-weeks-after", Days(14, "10:00", 1), Days(10)),
    _of_invoice("invoice-month-after", Days(30, "10:00", 1), Days(10)),
    _of_invoice("invoice-call", Days(33, "09:00", 1), Days(90), sends=False),
    _ask("survey-invitation", "survey_id", "feedback-requested", ("feedback-submitted",), 0,
         "feedback"),
    _ask("survey-reminder", "survey_id", "feedback-requested", ("feedback-submitted",), 5,
         "feedback"),
    _ask("review-ask", "request_id", "review-requested", (), 0, "review-ask"),
    _ask("review-reminder", "request_id", "review-requested", (), 7, "review-ask"),
)  # fmt: skip
BY_RULE = {wish.rule: wish for wish in WISHES}


class Key(NamedTuple):
    """Which occurrence: its rule, what it is about, for which value of its anchor, and for whom."""

    rule: str
    about: str
    anchor: datetime | str | None
    client: str


@dataclass(frozen=True)
class Wanted:
    """An occurrence that is wanted, when it falls due, and when it has become of no use."""

    key: Key
    client: str
    due: datetime
    useless: datetime | None
    says: Says | None = None

    @property
    def wish(self) -> Wish:
        """The rule behind it."""
        return BY_RULE[self.key.rule]


def wanted(facts: Facts, about: str) -> dict[Key, Wanted]:
    """All that is wanted for one thing, such as ``appointment_id:a-1``."""
    return {each.key: each for each in _wanted(facts, about)}


def standing(facts: Facts, wish: Wish, about: str) -> Told | None:
    """The event that arms this rule for this thing; None where nothing does, or no longer."""
    name, _, value = about.partition(":")
    told = facts.about(name, value) if name == wish.per and left_by(about) is None else []
    starts = [each for each in told if each.type in wish.starts]
    ends = [each for each in told if each.type in wish.ends]
    if not starts:
        return None
    if ends and (ends[-1].order >= starts[-1].order or ends[-1].order < starts[0].order):
        return None
    return starts[-1]


def says_of(start: Told) -> Says:
    """What stands by this event."""
    return Says(start.says("starts_at"), start.says("location"), start.says("kind"))


def to_tell(facts: Facts, wish: Wish, about: str) -> tuple[Says, datetime] | None:
    """What has to be told now and since when; None where the last word says it."""
    former = left_by(about)
    if former is not None:
        return _to_tell_the_former(facts, wish, about, former)
    name, _, value = about.partition(":")
    told = facts.about(name, value) if name == wish.per else []
    last, start = facts.last_to(about, facts.whose(about)), standing(facts, wish, about)
    if start is not None:
        says = says_of(start)
        return None if last is not None and last.says == says else (says, start.at)
    ends = [each for each in told if each.type in wish.ends]
    if last is None or last.says.off or not any(each.type in wish.starts for each in told):
        return None
    return last.says._replace(off=True), ends[-1].at


def _to_tell_the_former(
    facts: Facts, wish: Wish, about: str, former: str
) -> tuple[Says, datetime] | None:
    """Whose it was is told that it is off for them, if the last word to them says otherwise."""
    name, _, value = thing_of(about).partition(":")
    last, whose = facts.last_to(about, former), facts.whose(about)
    if name != wish.per or last is None or last.says.off or whose in (None, former):
        return None
    return last.says._replace(off=True), facts.about(name, value)[-1].at


def _told_as(about: str, says: Says, last: Last | None) -> str:
    """The name of a statement: what it says, and after which message."""
    starts = says.starts.astimezone(UTC).isoformat(timespec="milliseconds")
    parts = [f"kind={says.kind}", f"starts_at={starts}"]
    parts += [f"location={says.place}"] if says.place else []
    after = f"{last.message}/{last.number}" if last else ""
    return derived_id("told-", about, after, str(says.off), *sorted(parts))


def told_anyway(facts: Facts, each: Wanted) -> bool:
    """Whether the client knows what a reminder would say, or is about to be told."""
    about = each.key.about
    start, last = standing(facts, each.wish, about), facts.last_to(about, each.client)
    if any(other.wish.tells for other in wanted(facts, each.key.about).values()):
        return True
    return start is not None and last is not None and last.says == says_of(start)


def too_late_to_plan(facts: Facts, each: Wanted, others: dict[Key, Wanted], now: datetime) -> bool:
    """Whether its moment had passed when it was planned, so that it only leaves a row."""
    wish = each.wish
    if each.useless is not None and now >= each.useless:
        return True
    if wish.when is NOW or each.due >= now:
        return False
    if wish.past == "skip" or (wish.lately and told_anyway(facts, each)):
        return True
    return wish.series is not None and any(other.due > each.due for other in others.values())


def _wanted(facts: Facts, about: str) -> Iterator[Wanted]:
    for wish in WISHES:
        if wish.tells:
            yield from _tellings(facts, wish, about)
            continue
        start = standing(facts, wish, about)
        if start is None:
            continue
        client = facts.whose(about) or ""
        zone = facts.of_client(client, "timezone") or start.says("timezone") or "UTC"
        anchor = start.at if wish.anchor == "happened" else start.says(wish.anchor or "")
        due = start.at
        if anchor is not None:
            due = _moved(anchor, wish.when, zone, start.at, wish.day_of, sends=wish.sends)
        limits = [] if wish.use is None else [_moved(due, wish.use, zone, due)]
        if anchor is not None and anchor > due:
            limits.append(anchor - wish.stop)
        yield Wanted(Key(wish.rule, about, anchor, client), client, due, min(limits, default=None))


def _tellings(facts: Facts, wish: Wish, about: str) -> Iterator[Wanted]:
    name, _, value = thing_of(about).partition(":")
    found = to_tell(facts, wish, about)
    starts = [each for each in facts.about(name, value) if each.type in wish.starts]
    if found is not None and starts:
        says, since = found
        client = left_by(about) or facts.whose(about) or ""
        named = _told_as(about, says, facts.last_to(about, client))
        yield Wanted(Key(wish.rule, about, named, client), client, since, says.starts, says)


def _moved(
    anchor: datetime,
    by: After | Days | None,
    zone: str,
    now: datetime,
    day_of: str | None = None,
    *,
    sends: bool = True,
) -> datetime:
    if by is None:
        return now
    if isinstance(by, After):
        return anchor + by.elapsed
    return days_from(anchor, *by, zone, day_of, sends=sends)
