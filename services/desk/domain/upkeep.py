"""What do a service's figures mean, and what should somebody do?

Every figure is said in words, with its meaning; where it is not well, with what to do first. The
bounds are those of the alerts, so that the page and the pager agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from shared.contracts.answers import Figures, SourceHeard
from shared.contracts.catalogue import PUBLISHED_BY

SERVICES = tuple(PUBLISHED_BY)  # every service says something
MANY_PENDING = 1000
LATE_SECONDS, STUCK_SECONDS, PARKED_LONG_SECONDS = 120.0, 60.0, 3600.0
SHARDS = 16
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Meaning:
    """One figure: what it is called, what it means, and what to do when it is not well."""

    name: str
    title: str
    means: str
    do: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of one service, said in words. tone: ok, warn or danger."""

    service: str
    meaning: Meaning
    said: str
    tone: str

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return self.tone == "ok"


Said = tuple[str, str]  # in words, and its tone

MEANINGS: tuple[Meaning, ...] = (
    Meaning("pending", "Events waiting", "In the stream, and not yet taken in by this service.",
            "If the number falls, wait. If not, look at the log of the service; start it again if "
            "it takes in nothing."),
    Meaning("overdue", "Due work", "Timers and other due work that should have been done by now.",
            "It waits until the stream has been taken in: look at the events waiting first, then "
            "at the leases and the database."),
    Meaning("outbox", "Announcements waiting", "What was decided and is not yet in the stream.",
            "Is NATS there, and is the stream full? Nothing is lost: they go out by themselves."),
    Meaning("dead", "Dead letters", "Events that could not be applied and wait for a person.",
            "Mend the cause, then try them again or put them aside, below."),
    Meaning("parked", "Parked events", "Events that wait for a better moment, tried by themselves.",
            "Something outside is away, or an event is newer than this release: upgrade."),
    Meaning("unaccounted", "Unaccounted events", "Events received that have no outcome.",
            "A defect: nothing may be lost unseen. Keep the logs and the database, and report it."),
    Meaning("leases", "Leases", "Which replica takes in events, and who does the due work.",
            "If it stays so for more than ten seconds: does the service run, does MongoDB answer?"),
    Meaning("clearing", "Records to clear", "Clients whose working records are over by law, and "
            "have not gone yet.",
            "They go within minutes, some at a time. If not: its log says records_failed with a "
            "fingerprint."),
    Meaning("unknown", "Messages of unknown fate", "Handed over, and nobody can say whether they "
            "arrived.",
            "Each has a task in the inbox. The log of the mail server knows."),
    Meaning("held", "Messages to clients", "Whether messages leave, or all of them are held back.",
            "What falls due waits. When it is safe again: clientele outbound release"),
    Meaning("sources", "Sources at the doors", "Which other systems come in by HTTP, which "
            "mailbox is read, and when each last spoke.",
            "Look at its own log of deliveries: does it still send here, and what is it answered? "
            "One without a secret is answered 503. A mailbox that cannot be read: does its server "
            "answer, is its password still right?"),
    Meaning("subscriptions", "Systems that get events", "Which other systems get events by HTTP, "
            "and whether they take them.",
            "Does the receiver run, and is its address still right? clientele subscriptions test "
            "says what comes of one event, log what came of the last. The rest waits."),
    Meaning("edition", "Rules and texts", "Which edition of the firm's own rules and texts is in "
            "force, and whether its folder says the same.",
            "Propose the folder (clientele firm import), or write the folder that gives what is in "
            "force (clientele firm export). Until then the edition holds."),
)  # fmt: skip


def findings_of(service: str, figures: Figures) -> list[Finding]:
    """Every figure this service has, in the order of ``MEANINGS``."""
    found = []
    for meaning in MEANINGS:
        said = SAYING[meaning.name](figures)
        if said is not None:
            found.append(Finding(service, meaning, *said))
    return found


def long(seconds: float) -> str:
    """A length of time as people say it."""
    for size, word in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {word}{'' if number == 1 else 's'}"
    number = int(timedelta(seconds=seconds).total_seconds())
    return f"{number} second{'' if number == 1 else 's'}"


def _pending(figures: Figures) -> Said:
    waiting, flying = figures.pending, figures.ack_pending
    if waiting == 0:
        return ("None" if flying == 0 else f"None, {flying} in hand"), "ok"
    return f"{waiting:,}", "warn" if waiting > MANY_PENDING else "ok"


def _overdue(figures: Figures) -> Said:
    oldest = max(figures.overdue.values(), default=0.0)
    if oldest < 1:
        return "Nothing overdue", "ok"
    tone = "danger" if oldest > LATE_SECONDS else "ok"
    return f"The oldest is {long(oldest)} late", tone


def _outbox(figures: Figures) -> Said:
    waiting, oldest = figures.outbox_waiting, figures.outbox_oldest_seconds
    if waiting == 0:
        return "None", "ok"
    return (
        f"{waiting:,}, the oldest for {long(oldest)}",
        "danger" if oldest > STUCK_SECONDS else "ok",
    )


def _dead(figures: Figures) -> Said:
    count = figures.dead_open
    return (f"{count:,}", "warn") if count else ("None", "ok")


def _parked(figures: Figures) -> Said:
    count = figures.parked
    return (f"{count:,}", "warn") if count else ("None", "ok")


def _unaccounted(figures: Figures) -> Said:
    count = figures.unaccounted
    return (f"{count:,}", "danger") if count else ("None", "ok")


def _leases(figures: Figures) -> Said:
    holders = figures.leases
    consumer = next((each.replica for each in holders if each.name == "consumer"), None)
    shards = sum(each.name.startswith("shard:") for each in holders)
    replicas = sum(each.name.startswith("replica:") for each in holders)
    if consumer is None:
        return "Nobody takes in events", "danger"
    if shards < SHARDS:
        return f"Only {shards} of {SHARDS} parts of the due work are held", "danger"
    many = f", {replicas} replicas" if replicas > 1 else ""
    return f"Replica {consumer} takes in events{many}", "ok"


def _clearing(figures: Figures) -> Said:
    count, oldest = figures.clearing, figures.clearing_oldest_seconds
    if count == 0:
        return "None", "ok"
    return f"{count:,}, the oldest for {long(oldest)}", "warn" if oldest > DAY else "ok"


def _unknown(figures: Figures) -> Said | None:
    count = figures.own.unknown
    if count is None:
        return None
    if count == 0:
        return "None", "ok"
    return f"{count:,}, the oldest for {long(figures.own.unknown_oldest_seconds or 0.0)}", "warn"


def _held(figures: Figures) -> Said | None:
    own = figures.own
    if own.held is None:
        return None
    if own.held and own.held_reason == "refusals":
        return "All held back: the mail server refused too many in a row", "danger"
    if own.held and own.held_reason == "sample-values":
        return (
            "None goes: the firm's name or address is a sample (clientele doctor)",
            "danger",
        )
    return ("All held back", "danger") if own.held else ("They go out", "ok")


def _sources(figures: Figures) -> Said | None:
    found = figures.own.sources
    if found is None:
        return None
    if not found:
        return "None is set up", "ok"
    closed = any(not each.is_open or each.away for each in found)
    silent = any(each.silent_seconds or each.ends_seconds is not None for each in found)
    tone = "danger" if closed else "warn" if silent else "ok"
    return "; ".join(map(_source, found)), tone


def _source(heard: SourceHeard) -> str:
    if not heard.is_open:
        return f"{heard.source}: has no secret, and stays closed"
    if heard.away:
        return f"{heard.source}: cannot be read ({heard.away})"
    if heard.last_seconds is None:
        said = "has not spoken yet"
    else:
        said = f"spoke {long(heard.last_seconds)} ago"
        if heard.rhythm_seconds:
            said += f", as a rule every {long(heard.rhythm_seconds)}"
    silent = f", silent for {long(heard.silent_seconds)} too long" if heard.silent_seconds else ""
    return f"{heard.source}: {said}{silent}{_ending(heard.ends_seconds)}"


def _ending(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f", its webhook ends in {long(seconds)}: renew it" if seconds else ", its webhook ended"


def _subscriptions(figures: Figures) -> Said | None:
    found = figures.own.subscriptions
    if found is None:
        return None
    if not found:
        return "None is set up", "ok"
    off = [each.name for each in found if each.state == "disabled"]
    failing = [each.name for each in found if each.state == "active" and each.failing_since]
    if off:
        return f"Switched off: {', '.join(off)}", "danger"
    if failing:
        return f"Taking nothing just now: {', '.join(failing)}", "warn"
    return f"{len(found)}, all as they should be", "ok"


def _edition(figures: Figures) -> Said | None:
    number = figures.own.edition
    if number is None:
        return None
    if figures.own.folder_differs:
        return f"Edition {number}; the firm's folder says something else", "warn"
    return (f"Edition {number}" if number else "The folder, or as shipped"), "ok"


SAYING: dict[str, Callable[[Figures], Said | None]] = {
    "pending": _pending,
    "overdue": _overdue,
    "outbox": _outbox,
    "dead": _dead,
    "parked": _parked,
    "unaccounted": _unaccounted,
    "leases": _leases,
    "clearing": _clearing,
    "unknown": _unknown,
    "held": _held,
    "sources": _sources,
    "subscriptions": _subscriptions,
    "edition": _edition,
}
