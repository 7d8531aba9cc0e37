"""Is every message being held back right now?"""

from services.reminders.domain.outbound import SWITCH
from services.reminders.ports import OUTBOUND
from shared.engine.runtime import Runtime


async def is_held(runtime: Runtime) -> bool:
    """What the switch says in the database; TemporaryError when it is away."""
    unit = await runtime.look(lambda _: [OUTBOUND.one(SWITCH)])
    outbound = unit.get(OUTBOUND, SWITCH)
    return outbound is not None and outbound.held
