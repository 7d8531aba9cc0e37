"""Why would a message not go now? Every ground there is, in no order.

A message goes exactly where there is none. Where there are several, which of them the product
names first is its own affair.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.reminders.model.clocks import days_from, next_open
from tests.reminders.model.rules import BY_RULE, Key, Wanted, says_of, standing, wanted
from tests.reminders.model.told import LEFT, Facts, thing_of

DAY = timedelta(days=1)
LATELY = timedelta(hours=20)
SOON, SETTLE = timedelta(minutes=15), timedelta(seconds=5)
JOINS = "joins-letter"
ASKS = ("feedback", "review-ask")


@dataclass(frozen=True)
class Message:
    """A message as far as its grounds depend on it."""

    id: str
    key: Key
    client: str
    planned_for: datetime
    useless: datetime | None

    @property
    def kind(self) -> str:
        """The class of its rule."""
        return BY_RULE[self.key.rule].kind


@dataclass
class Grounds:
    """For good, or until an instant."""

    stop: set[str] = field(default_factory=set)
    wait: dict[str, datetime] = field(default_factory=dict)
    may: set[str] = field(default_factory=set)  # it may stop for these, and need not

    def __bool__(self) -> bool:
        return bool(self.stop or self.wait)


def grounds(facts: Facts, message: Message, now: datetime) -> Grounds:
    """Every ground on which this message does not go at this moment."""
    found = Grounds()
    ended = why_unwanted(facts, message.key, message.id)
    _of_the_last_word(found, facts, message, now)
    if any(_comes_instead(other, at, message, now) for other, at in facts.waiting):
        found.stop.add("superseded")
    if ended is not None:
        found.stop.add(ended)
    if message.useless is not None and now >= message.useless:
        found.stop.add("expired")
    _of_person(found, facts, message, now)
    if facts.held:
        found.wait["held"] = _until(now + DAY, message)
    asked = [a.at for other, a in facts.asked if a.client == message.client and other != message.id]
    if message.kind in ASKS and asked and max(asked) + DAY > now:
        found.wait["cap"] = _until(max(asked) + DAY, message)
    _of_hours(found, facts, message, now)
    _of_letters(found, facts, message, now)
    return found


def _of_the_last_word(found: Grounds, facts: Facts, message: Message, now: datetime) -> None:
    wish, about = BY_RULE[message.key.rule], message.key.about
    start, last = standing(facts, wish, about), facts.last_to(about, message.client)
    if not wish.lately or start is None or message.client != facts.whose(about):
        return
    if last is not None and last.says == says_of(start) and now < last.at + LATELY:
        found.stop.add("told-lately")
    if any(each == (about, message.client) for each, _ in facts.telling):
        found.may.add("told-lately")


def why_unwanted(facts: Facts, key: Key, message: str = "") -> str | None:
    """What became of an occurrence that is not wanted any more.

    ``message``: the message it became; it is looked at as the thing stands for its client.
    """
    if message:
        return _why_unwanted_by(facts, key._replace(about=_home(facts, key)), key, message)
    return _why_unwanted_by(facts, key, key, message)


def _home(facts: Facts, key: Key) -> str:
    thing = thing_of(key.about)
    theirs = facts.whose(thing) in (None, key.client)
    return thing if theirs else f"{thing}{LEFT}{key.client}"


def _why_unwanted_by(facts: Facts, at: Key, key: Key, message: str) -> str | None:
    everything = wanted(facts, at.about)
    if BY_RULE[key.rule].tells:
        others = [each for each in everything if each.rule == key.rule]
        last = facts.last_to(key.about, key.client)
        if message and last is not None and last.message == message:
            return "superseded" if others else None
        if key in everything:
            return None
        return "superseded" if others else "cancelled"
    if key in everything:
        return None
    armed = standing(facts, BY_RULE[key.rule], at.about) is not None
    return "superseded" if armed else "cancelled"


def overtaken(facts: Facts, each: Wanted, now: datetime) -> bool:
    """Whether a later one of the same series and anchor is due as well, and still of use."""
    series = each.wish.series
    return series is not None and any(
        other.wish.series == series
        and key not in facts.skipped
        and _is_due_after(each, other, facts.fired.get(key), now)
        for key, other in wanted(facts, each.key.about).items()
    )


def _is_due_after(each: Wanted, other: Wanted, fired: datetime | None, now: datetime) -> bool:
    """What has fired stays due when it did, whatever clock its client goes by since."""
    if fired is not None:
        return each.due < fired <= now
    return each.due < other.due <= now and (other.useless is None or now < other.useless)


def _comes_instead(other: Message, at: datetime, message: Message, now: datetime) -> bool:
    """Of those that waited together only the latest goes: nobody is sent a whole ladder at once."""
    series = BY_RULE[message.key.rule].series
    return (
        series is not None
        and series == BY_RULE[other.key.rule].series
        and message.key[1:] == other.key[1:]
        and message.planned_for < other.planned_for
        and at <= now
        and (other.useless is None or now < other.useless)
    )


def _of_person(found: Grounds, facts: Facts, message: Message, now: datetime) -> None:
    client = message.client
    if not facts.known(client):
        if now >= message.planned_for + DAY:
            found.stop.add("no-channel")
        else:
            found.wait["no-card"] = _until(message.planned_for + DAY, message)
        return
    purpose = "feedback" if message.kind == "review-ask" else message.kind
    if facts.agreed(client, purpose) is False:
        found.stop |= {"withdrawn", "no-channel"}
    calls = facts.chose(client, "preferred_channel") == "phone"
    if message.kind == "service" and calls and facts.of_client(client, "phone"):
        found.stop.add("prefers-phone")
    address = facts.of_client(client, "email")
    if address is None:
        found.stop.add("no-channel")
    elif address in facts.refused:
        found.stop.add("address-suppressed")


def _of_letters(found: Grounds, facts: Facts, message: Message, now: datetime) -> None:
    """One letter a day: what is planned within minutes is waited for; else, perhaps, tomorrow."""
    if message.kind != "service":
        return
    zone = facts.of_client(message.client, "timezone") or "UTC"
    soon = [
        due + SETTLE
        for client, about, due in facts.planned
        if client == message.client and about != message.key.about
        and now - SETTLE < due <= now + SOON
    ]  # fmt: skip
    today = now.astimezone(ZoneInfo(zone)).date()
    gone = any(
        client == message.client and at.astimezone(ZoneInfo(zone)).date() == today
        for other, (client, at) in facts.letters.items()
        if other != message.id
    )
    if not soon and gone and BY_RULE[message.key.rule].waits:
        soon = [days_from(now, 1, "10:00", 0, zone)]
    opens = next_open(min(soon), zone, _quiet(facts, message.client)) if soon else None
    if opens is not None and opens != min(soon):
        opens = opens.replace(second=0)
    if opens is not None and not (message.useless and opens >= message.useless):
        found.wait[JOINS] = opens


def _quiet(facts: Facts, client: str) -> tuple[str, str] | None:
    begins, ends = facts.of_client(client, "quiet_from"), facts.of_client(client, "quiet_to")
    return (begins, ends) if begins and ends and begins != ends else None


def _of_hours(found: Grounds, facts: Facts, message: Message, now: datetime) -> None:
    zone = facts.of_client(message.client, "timezone") or "UTC"
    opens = next_open(now, zone, _quiet(facts, message.client))
    if opens is None or (opens > now and message.useless and opens >= message.useless):
        found.stop.add("quiet-hours")
    elif opens > now:
        found.wait["quiet-hours"] = opens


def _until(instant: datetime, message: Message) -> datetime:
    """Whoever waits is back when the message becomes of no use, to say so."""
    return instant if message.useless is None else min(instant, message.useless)
