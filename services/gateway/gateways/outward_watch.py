"""How do subscriptions stand, every few seconds? What waited for one that goes on now goes."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from uuid import uuid4

from services.gateway.domain.subscriptions import Subscription
from services.gateway.gateways.outward_figures import OutwardFigures
from services.gateway.ports import ALL, RECEIVERS, SUBSCRIPTIONS, DispatchLog, OutwardConfig
from services.gateway.workflow.dispatching import DispatchSteps
from services.gateway.workflow.subscribing import needs_of_again, send_again
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.telemetry.logs import log

LOOK_SECONDS = 5.0
IN_ONE_COMMIT = 200


async def watch(
    log_of: Callable[[Runtime], DispatchLog], config: OutwardConfig, figures: OutwardFigures,
    runtime: Runtime,
) -> None:  # fmt: skip
    """For as long as the process runs."""
    kept = log_of(runtime)
    while not runtime.leaving:
        try:
            await take_up(kept, config, runtime)
            await look(kept, figures, runtime)
        except TemporaryError:
            log.warning("subscriptions_wait", reason="away")
        await asyncio.sleep(LOOK_SECONDS)


async def take_up(kept: DispatchLog, config: OutwardConfig, runtime: Runtime) -> None:
    """What an earlier process of this replica left in hand may have arrived: it goes again."""
    while ids := await kept.left_behind(config.sender, IN_ONE_COMMIT):
        step = partial(DispatchSteps(config).look_again, ids)
        await runtime.act(step, partial(needs_of_again, ids), cause=_cause(runtime, "take-up"))
        if len(ids) < IN_ONE_COMMIT:
            return


async def look(kept: DispatchLog, figures: OutwardFigures, runtime: Runtime) -> None:
    """Show how each stands, and let what waited for an active one go."""
    unit = await runtime.look(_needs)
    found = unit.find(SUBSCRIPTIONS, "all", ALL)
    receivers = {each.name: unit.peek(RECEIVERS, each.name) for each in found}
    known = {name: each for name, each in receivers.items() if each is not None}
    figures.show(found, known, await kept.waiting(), runtime.clock.now())
    await let_go(kept, [each for each in found if each.state == "active"], runtime)


async def let_go(
    kept: DispatchLog, subscriptions: Sequence[Subscription], runtime: Runtime
) -> None:
    """What was held back for these goes."""
    for each in subscriptions:
        while ids := await kept.held(each.name, IN_ONE_COMMIT):
            step, needs = partial(send_again, ids), partial(needs_of_again, ids)
            await runtime.act(step, needs, cause=_cause(runtime, "let-go"))


def _cause(runtime: Runtime, what: str) -> Cause:
    own_id = f"{what}-{uuid4().hex}"
    source = f"urn:clientele:{runtime.name}"
    return Cause(source, own_id, what, own_id, None, runtime.clock.now())


def _needs(unit: ReadSoFar) -> Iterable[Need]:
    yield SUBSCRIPTIONS.by("all", ALL)
    yield from (RECEIVERS.one(each.name) for each in unit.peek_all(SUBSCRIPTIONS, "all", ALL))
