"""What is shown of a proposal to whoever is asked about it, and what may they decide there?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.edition import Edition
from services.reminders.domain.edition_files import changes_between
from services.reminders.domain.simulation import changes_rules, simulation_of
from services.reminders.ports import EDITIONS, SIMULATIONS
from services.reminders.workflow.edition_tasks import edition_in, needs_of_task
from services.reminders.workflow.editions import EditionSteps
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task

WORDS = {"new": "new", "changed": "changed", "gone": "taken away"}


@dataclass(frozen=True)
class EditionDecisionSteps:
    """The task about a proposal."""

    editions: EditionSteps

    def needs(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The proposal, what is in force, and what is known of it from the past."""
        id = edition_in(task.ref)
        yield from self.editions.needs(id, unit)
        yield from needs_of_task(id)
        edition = unit.peek(EDITIONS, id)
        if edition is not None:
            yield SIMULATIONS.one(simulation_of(edition))

    def decide(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Rejected, with the reason; the task ends with it."""
        reason = str(said.fields.get("reason") or "")
        if not reason.strip():
            raise RuleError("Say why.", code="missing", field="reason")
        self.editions.reject(edition_in(task.ref), said.actor.id, reason, unit)

    def show(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """What it changes, in a few words; every line stands on its page."""
        edition = unit.get(EDITIONS, edition_in(task.ref))
        if edition is None:
            return {}
        stale = self.editions.check(edition, unit)
        changes = changes_between(edition.base_files, edition.files)
        return {
            "edition": str(edition.number),
            "by": edition.by,
            "note": edition.note,
            "changes": "\n".join(f"{each.place}: {WORDS[each.what]}" for each in changes),
            "simulated": _simulated(edition, unit),
            "stale": stale.message if stale is not None else "",
        }


def _simulated(edition: Edition, unit: UnitOfWork) -> str:
    run = unit.get(SIMULATIONS, simulation_of(edition))
    if run is not None and run.found is not None:
        ways = sum(each.count for each in run.found.counts)
        return f"Simulated over {run.days} days: {ways} things would go another way."
    if not changes_rules(edition):
        return "It changes words alone: who gets what, and when, stays as it is."
    return "It was not simulated."
