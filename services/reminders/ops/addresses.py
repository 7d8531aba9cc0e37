"""To which addresses does nothing go any more, and how does one work again?

Ops see whose they are, since when and why; the addresses themselves stay sealed.
"""

from typing import Any
from uuid import uuid4

from services.reminders.ports import SUPPRESSIONS, Tally
from services.reminders.workflow.suppressed_addresses import (
    lift,
    lift_address,
    needs_of,
    needs_of_address,
)
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import RuleError

MOST = 500


async def addresses(tally: Tally, runtime: Runtime, asked: dict[str, Any]) -> dict[str, Any]:
    """``{"do": "list" | "lift", "address": …, "client_id": …, "all": true}``.

    ``list``: at most 500, of one client or of all; ``lift``: one address, those of one client, or
    all of them.
    """
    match asked.get("do", "list"):
        case "list":
            return {"items": await _listed(tally, runtime, asked.get("client_id"))}
        case "lift":
            return {"lifted": await _lifted(tally, runtime, asked)}
        case _:
            raise RuleError("Do one of: list, lift.", field="do")


async def _listed(tally: Tally, runtime: Runtime, client_id: str | None) -> list[dict[str, Any]]:
    ids = await tally.suppressed(client_id, MOST)
    unit = await runtime.look(lambda _: needs_of(ids))
    found = (unit.get(SUPPRESSIONS, each) for each in ids)
    return [
        {"client_id": each.client_id, "reason": each.reason, "at": each.at.isoformat()}
        for each in found
        if each is not None
    ]


async def _lifted(tally: Tally, runtime: Runtime, asked: dict[str, Any]) -> int:
    address, client_id = asked.get("address"), asked.get("client_id")
    if address:
        return await runtime.act(
            lambda unit: lift_address(str(address), unit),
            lambda _: needs_of_address(str(address)),
            cause=_cause(runtime),
        )
    if not client_id and not asked.get("all"):
        raise RuleError("Say which: an address, a client, or all.", field="address")
    lifted = 0
    while ids := await tally.suppressed(client_id, MOST):
        lifted += await runtime.act(
            lambda unit, ids=ids: lift(ids, unit),  # type: ignore[misc]
            lambda _, ids=ids: needs_of(ids),  # type: ignore[misc]
            cause=_cause(runtime),
        )
    return lifted


def _cause(runtime: Runtime) -> Cause:
    asked = f"ops-{uuid4().hex}"
    return Cause("urn:clientele:ops", asked, "ops", asked, None, runtime.clock.now())
