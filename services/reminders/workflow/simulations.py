"""Somebody has a change simulated, or a process works at it: what is kept?

One run at a time for the firm: the head of the editions names it, so that two who ask at once meet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.edition import HEAD, Edition, check_base
from services.reminders.domain.edition import State as Stands
from services.reminders.domain.edition_files import hash_of
from services.reminders.domain.simulation import (
    Found,
    Simulation,
    State,
    asked_for,
    ended,
    is_worked_at,
    simulation_of,
    so_far,
    taken,
    to_be_taken,
)
from services.reminders.ports import EDITION_HEAD, EDITIONS, SIMULATIONS
from services.reminders.workflow.editions import EditionSteps, head_in, needs_of_editions
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_run(unit: ReadSoFar) -> Iterator[Need]:
    """The run that waits or is worked at, if any."""
    yield EDITION_HEAD.one(HEAD)
    head = unit.peek(EDITION_HEAD, HEAD)
    if head is not None and head.simulating is not None:
        yield SIMULATIONS.one(head.simulating)


def run_in(unit: UnitOfWork) -> Simulation | None:
    """The run that waits or is worked at."""
    head = head_in(unit)
    return unit.get(SIMULATIONS, head.simulating) if head.simulating is not None else None


@dataclass(frozen=True)
class SimulationSteps:
    """What people and processes do about runs."""

    editions: EditionSteps

    def needs_of_starting(self, edition_id: str, unit: ReadSoFar) -> Iterator[Need]:
        """The edition or draft, what is in force, and the run there is."""
        yield from needs_of_editions(unit)
        yield from needs_of_run(unit)
        yield EDITIONS.one(edition_id)
        edition = unit.peek(EDITIONS, edition_id)
        if edition is not None:
            yield SIMULATIONS.one(simulation_of(edition))

    def start(
        self, edition_id: str, content_hash: str, days: int, by: str, unit: UnitOfWork
    ) -> Simulation:
        """A run about exactly this; asked twice, it is the same. RuleError says why not."""
        edition = self._to_simulate(edition_id, content_hash, unit)
        run = asked_for(edition, days, by, unit.now)
        there = run_in(unit)
        if there is not None and there.open:
            if there.simulation_id == run.simulation_id:
                return there
            raise RuleError("Another change is being simulated: one at a time. Wait for it, or "
                            "cancel it.", code="one-at-a-time")  # fmt: skip
        unit.put(SIMULATIONS, run)
        unit.put(EDITION_HEAD, replace(head_in(unit), simulating=run.simulation_id))
        noted = replace(edition, simulated_hash=content_hash, simulated_at=unit.now)
        unit.put(EDITIONS, noted)
        return run

    def cancel(self, by: str, unit: UnitOfWork) -> Simulation | None:
        """The run there is ends; its process sees that, and stops."""
        run = run_in(unit)
        if run is None or not run.open:
            return run
        return self._end(ended(run, State.CANCELLED, unit.now, why=by), unit)

    def take(self, worker: str, unit: UnitOfWork) -> Simulation | None:
        """The run that this process works at from now on, if there is one to take."""
        run = run_in(unit)
        if run is None or not to_be_taken(run, unit.now):
            return None
        after = taken(run, worker, unit.now)
        if after.state is State.LOST:
            self._end(after, unit)
            return None
        unit.put(SIMULATIONS, after)
        return after

    def note(self, mine: Simulation, heard: int, newest: int, unit: UnitOfWork) -> bool:
        """Whether to go on; it is so far by now."""
        run = self._mine(mine, unit)
        if run is None:
            return False
        unit.put(SIMULATIONS, so_far(run, heard, newest, unit.now))
        return True

    def finish(self, mine: Simulation, found: Found, unit: UnitOfWork) -> None:
        """It is done, and this was found."""
        run = self._mine(mine, unit)
        if run is not None:
            self._end(ended(run, State.DONE, unit.now, found=found), unit)

    def fail(self, mine: Simulation, why: str, unit: UnitOfWork) -> None:
        """It could not be done; nobody tries again by themselves."""
        run = self._mine(mine, unit)
        if run is not None:
            self._end(ended(run, State.FAILED, unit.now, why=why), unit)

    def _mine(self, mine: Simulation, unit: UnitOfWork) -> Simulation | None:
        run = run_in(unit)
        if run is None or run.simulation_id != mine.simulation_id:
            return None
        return run if is_worked_at(run, mine.worked_by or "", mine.tries) else None

    def _end(self, run: Simulation, unit: UnitOfWork) -> Simulation:
        unit.put(SIMULATIONS, run)
        unit.put(EDITION_HEAD, replace(head_in(unit), simulating=None))
        return run

    def _to_simulate(self, edition_id: str, content_hash: str, unit: UnitOfWork) -> Edition:
        edition = unit.get(EDITIONS, edition_id)
        if edition is None or edition.content_hash == "":
            raise RuleError("There is no such edition, or the draft changes nothing.",
                            code="unknown")  # fmt: skip
        if edition.state not in (Stands.DRAFT, Stands.PROPOSED):
            raise RuleError("This was decided already.", code="already-decided")
        if edition.content_hash != content_hash:
            raise RuleError("It was changed meanwhile: look at it again.", code="other-content")
        check_base(edition, head_in(unit), self.editions.in_force(unit))
        if edition.content_hash == hash_of(edition.base_files):
            raise RuleError("It changes nothing: there is nothing to simulate.",
                            code="nothing-changed")  # fmt: skip
        return edition
