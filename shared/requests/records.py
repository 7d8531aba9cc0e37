"""What does a service hold of a client who asked to see it?

``records.<service>`` is asked by the desk alone, in the name of whoever answers the request, and
only once a person has let it go ahead: the service has heard of that itself.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import Field

from shared.contracts.requests import Answer, Asked, RequestType
from shared.engine.records import ORDERS, Records
from shared.engine.records_told import told_of
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor

ROLES = ("lawyer", "partner")


class RecordsAsked(Asked):
    """For which request, and where to go on."""

    request_id: str
    after: str = ""
    actor: Actor


class RecordsTold(Answer):
    """Some of what is held; ``next``: where to go on, None: that was all."""

    items: list[dict[str, Any]] = Field(default_factory=list)
    next: str | None = None


RECORDS = RequestType(
    "records", "What is held of a client who asked to see it, a part at a time.",
    RecordsAsked, (RecordsTold,),
)  # fmt: skip


def answer_records(
    runtime: Runtime, records: Records
) -> Callable[[RecordsAsked], Awaitable[RecordsTold]]:
    """RuleError for whoever may not, and where nobody has let the request go ahead."""

    async def answer(asked: RecordsAsked) -> RecordsTold:
        if not set(asked.actor.roles) & set(ROLES):
            raise RuleError(f"Records are gathered by: {', '.join(ROLES)}.", code="wrong-role")
        unit = await runtime.look(lambda _: [ORDERS.one(asked.request_id)])
        order = unit.get(ORDERS, asked.request_id)
        if order is None or order.do != "export":
            raise RuleError("Nobody has let this request go ahead.", code="not-ordered")
        items, next = await told_of(runtime, records, order, asked.after)
        return RecordsTold(items=items, next=next)

    return answer
