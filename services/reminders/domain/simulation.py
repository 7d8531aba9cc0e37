"""How does a run of proposed rules over the firm's past stand, and what did it find?

One change is one run: what was in force and what is proposed, by their hashes. One process works
at it and says so every few seconds; where it falls silent, another begins it anew. After the third
time it is lost, and says so.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.reminders.domain.edition import Edition
from services.reminders.domain.edition_files import Files, hash_of
from shared.errors import RuleError

PERIODS = (30, 90, 365)  # days one may look back
SILENT = timedelta(seconds=20)  # then whoever worked at it is gone
TRIES = 3
LOST = ("It was begun three times, and each time the process that worked at it ended. Start it "
        "again; if that happens once more, look at the log of reminders.")  # fmt: skip
RULES_IN = "playbooks/"


class State(StrEnum):
    """Where a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"


OPEN = (State.WAITING, State.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How often a rule would do otherwise, in one way."""

    rule_id: str
    what: str  # would-act, would-stop, would-move, would-be-held-back, would-be-missed, …
    why: str = ""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One occurrence that would go another way."""

    rule_id: str
    what: str
    why: str = ""
    client_id: str | None = None
    matter_id: str | None = None
    before: datetime | None = None
    after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the run found: all of it counted, and some of each as examples."""

    since: datetime  # from then on it was compared
    until: datetime
    kept_from: datetime | None = None  # the first event that the stream still has
    events: int = 0
    acted_before: int = 0
    acted_after: int = 0
    counts: tuple[Count, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """One run, from the moment somebody asked for it."""

    simulation_id: str
    content_hash: str  # of what is proposed
    days: int
    by: str
    at: datetime
    state: State = State.WAITING
    base_files: dict[str, str] = field(default_factory=dict)  # sealed, until it ends
    files: dict[str, str] = field(default_factory=dict)  # sealed, until it ends
    worked_by: str | None = None  # the process that works at it
    seen_at: datetime | None = None  # when that said so last
    tries: int = 0
    heard: int = 0  # how far in the stream
    newest: int = 0
    ended_at: datetime | None = None
    why: str = ""  # why it failed, was cancelled, or is lost
    found: Found | None = None  # sealed

    @property
    def open(self) -> bool:
        """Whether it waits or is worked at."""
        return self.state in OPEN


def id_of(base_files: Files, content_hash: str) -> str:
    """The key of the one run about this change."""
    return f"{hash_of(base_files)[:32]}-{content_hash[:32]}"


def simulation_of(edition: Edition) -> str:
    """The key of the run about exactly what this edition changes."""
    return id_of(edition.base_files, edition.content_hash)


def changes_rules(edition: Edition) -> bool:
    """Whether it changes any rule; words alone change nothing that happens."""
    places = {*edition.base_files, *edition.files}
    return any(
        each.startswith(RULES_IN) and edition.base_files.get(each) != edition.files.get(each)
        for each in places
    )


def asked_for(edition: Edition, days: int, by: str, now: datetime) -> Simulation:
    """A run about this edition that waits for a process."""
    if days not in PERIODS:
        said = ", ".join(map(str, PERIODS))
        raise RuleError(f"Choose one of: {said} days.", code="invalid", field="days")
    return Simulation(
        simulation_id=simulation_of(edition), content_hash=edition.content_hash, days=days,
        by=by, at=now, base_files=dict(edition.base_files), files=dict(edition.files),
    )  # fmt: skip


def to_be_taken(run: Simulation, now: datetime) -> bool:
    """Whether it waits for a process, or the one that had it is gone."""
    if run.state is State.WAITING:
        return True
    return run.state is State.RUNNING and (run.seen_at is None or now - run.seen_at > SILENT)


def taken(run: Simulation, worker: str, now: datetime) -> Simulation:
    """This process works at it from the beginning; after the third time it is lost."""
    if run.tries >= TRIES:
        return ended(run, State.LOST, now, why=LOST)
    return replace(
        run, state=State.RUNNING, worked_by=worker, seen_at=now, tries=run.tries + 1, heard=0
    )


def is_worked_at(run: Simulation | None, worker: str, tries: int) -> bool:
    """Whether this process should go on with it: nobody cancelled it, nobody else has it."""
    return (
        run is not None
        and run.state is State.RUNNING
        and (run.worked_by, run.tries) == (worker, tries)
    )


def so_far(run: Simulation, heard: int, newest: int, now: datetime) -> Simulation:
    """Still worked at, and so far by now."""
    return replace(run, heard=heard, newest=newest, seen_at=now)


def ended(
    run: Simulation, state: State, now: datetime, *, why: str = "", found: Found | None = None
) -> Simulation:
    """Over; what it ran on is not needed any more."""
    return replace(run, state=state, ended_at=now, why=why, found=found, base_files={}, files={})
