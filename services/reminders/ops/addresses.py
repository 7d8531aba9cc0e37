"""To which addresses does nothing go any more, and how does one work again?

Ops see whose they are, since when and why; the addresses themselves stay sealed.
"""

from typing import Literal
from uuid import uuid4

from services.reminders.ports import SUPPRESSIONS, Tally
from services.reminders.workflow.suppressed_addresses import (
    lift,
    lift_address,
    needs_of,
    needs_of_address,
)
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError

MOST = 500


class AddressesAsked(Asked):
    """Which addresses failed for good (``list``), or let mail go there again (``lift``)?

    ``list``: at most 500, of one client or of all; ``lift``: one address, those of one client, or
    all of them.
    """

    ask: Literal["addresses"]
    do: str = "list"
    address: str | None = None
    client_id: str | None = None
    all: bool = False


class AddressTold(Answer):
    """Whose address, why nothing goes there, and since when (ISO 8601)."""

    client_id: str
    reason: str
    at: str


class AddressesListed(Answer):
    """Oldest first."""

    items: list[AddressTold]


class AddressesLifted(Answer):
    """How many entries there were."""

    lifted: int


async def addresses(
    tally: Tally, runtime: Runtime, asked: AddressesAsked
) -> AddressesListed | AddressesLifted:
    """List or lift."""
    match asked.do:
        case "list":
            return AddressesListed(items=await _listed(tally, runtime, asked.client_id))
        case "lift":
            return AddressesLifted(lifted=await _lifted(tally, runtime, asked))
        case _:
            raise RuleError("Do one of: list, lift.", field="do")


async def _listed(tally: Tally, runtime: Runtime, client_id: str | None) -> list[AddressTold]:
    ids = await tally.suppressed(client_id, MOST)
    unit = await runtime.look(lambda _: needs_of(ids))
    found = (unit.get(SUPPRESSIONS, each) for each in ids)
    return [
        AddressTold(client_id=each.client_id, reason=each.reason, at=each.at.isoformat())
        for each in found
        if each is not None
    ]


async def _lifted(tally: Tally, runtime: Runtime, asked: AddressesAsked) -> int:
    address, client_id = asked.address, asked.client_id
    if address:
        return await runtime.act(
            lambda unit: lift_address(address, unit),
            lambda _: needs_of_address(address),
            cause=_cause(runtime),
        )
    if not client_id and not asked.all:
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
