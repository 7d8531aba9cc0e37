"""Which questions about simulating a change does reminders answer the desk?"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from services.reminders.api.editions_told import Reading
from services.reminders.domain.edition import Edition
from services.reminders.domain.simulation import (
    Found,
    Simulation,
    changes_rules,
    simulation_of,
)
from services.reminders.ports import SIMULATIONS
from services.reminders.workflow.editions import EditionSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.simulations import SimulationSteps, needs_of_run, run_in
from shared.contracts.editions import EditionsAsked
from shared.contracts.envelope import Cause
from shared.contracts.simulations import (
    SimulatedCount,
    SimulatedExample,
    SimulationFound,
    SimulationShown,
    SimulationState,
)
from shared.engine.runtime import Runtime
from shared.state.unit_of_work import UnitOfWork

Caused = Callable[[Runtime, Any], Cause]


class SimulationDesk:
    """What partners and ops ask about runs over the firm's past."""

    def __init__(self, config: FirmConfig, reading: Reading, cause: Caused) -> None:
        self._config, self._reading, self._cause = config, reading, cause
        self._steps = SimulationSteps(EditionSteps(config))

    async def start(
        self, runtime: Runtime, asked: EditionsAsked, edition: Edition, by: str
    ) -> None:
        """Have it worked at; RuleError says why not."""
        await self._reading(edition.files)
        step = partial(
            self._steps.start, edition.edition_id, asked.content_hash or "", asked.days, by
        )
        needs = partial(self._steps.needs_of_starting, edition.edition_id)
        await runtime.act(step, needs, cause=self._cause(runtime, asked))

    async def cancel(self, runtime: Runtime, asked: EditionsAsked, by: str) -> None:
        """The run there is ends."""
        step = partial(self._steps.cancel, by)
        await runtime.act(step, needs_of_run, cause=self._cause(runtime, asked))

    async def state(self, runtime: Runtime, edition: Edition) -> SimulationState:
        """The run about exactly this edition or draft."""
        key = simulation_of(edition)
        unit = await runtime.look(lambda unit: [*needs_of_run(unit), SIMULATIONS.one(key)])
        return state_told(self._config, edition, unit)


def state_told(config: FirmConfig, edition: Edition, unit: UnitOfWork) -> SimulationState:
    """The run about this edition, or why there is none."""
    run, busy = unit.get(SIMULATIONS, simulation_of(edition)), run_in(unit)
    other = busy is not None and busy.open and busy.simulation_id != simulation_of(edition)
    return SimulationState(
        edition=str(edition.number) if edition.number else "draft",
        content_hash=edition.content_hash,
        run=_shown(run) if run is not None else None,
        older_at=_iso(edition.simulated_at) if run is None else None,
        changes_rules=changes_rules(edition),
        required=config.simulate_first,
        busy_with=busy.by if busy is not None and other else None,
    )


def _shown(run: Simulation) -> SimulationShown:
    return SimulationShown(
        simulation_id=run.simulation_id,
        state=run.state.value,
        days=run.days,
        by=run.by,
        at=run.at.isoformat(),
        ended_at=_iso(run.ended_at),
        heard=run.heard,
        newest=run.newest,
        tries=run.tries,
        why=run.why,
        found=_found(run.found) if run.found is not None else None,
    )


def _found(found: Found) -> SimulationFound:
    return SimulationFound(
        since=found.since.isoformat(),
        until=found.until.isoformat(),
        kept_from=_iso(found.kept_from),
        events=found.events,
        acted_before=found.acted_before,
        acted_after=found.acted_after,
        counts=[
            SimulatedCount(rule_id=each.rule_id, what=each.what, why=each.why, count=each.count)
            for each in found.counts
        ],
        examples=[
            SimulatedExample(
                rule_id=each.rule_id, what=each.what, why=each.why, client_id=each.client_id,
                matter_id=each.matter_id, before=_iso(each.before), after=_iso(each.after),
            )
            for each in found.examples
        ],
    )  # fmt: skip


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
