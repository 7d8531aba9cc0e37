"""Where does a message's link lead?

Events carry no links. When a message is handed over, ``reminders`` asks the service that owns the
page; the token in the link is derived, never stored.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.bus.request_reply import RequestHandler, refusal
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


@dataclass(frozen=True, slots=True)
class LinkMaker:
    """For links of this purpose: the address for one id; RuleError when there is none."""

    purpose: str
    needs: Callable[[str, ReadSoFar], Iterable[Need]]
    url: Callable[[str, UnitOfWork], str]


class LinkRequest(BaseModel):
    """What reminders asks."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    purpose: str
    id: str


def answer_links(runtime: Runtime, makers: Iterable[LinkMaker]) -> RequestHandler:
    """Answers ``{purpose, id}`` with ``{url}``."""
    by_purpose = {maker.purpose: maker for maker in makers}

    async def answer(payload: dict[str, Any]) -> dict[str, Any]:
        asked = LinkRequest.model_validate(payload)
        maker = by_purpose.get(asked.purpose)
        if maker is None:
            return {"refused": refusal("unknown-purpose", "No link of this purpose is made here.")}
        unit = await runtime.look(lambda unit: maker.needs(asked.id, unit))
        try:
            return {"url": maker.url(asked.id, unit)}
        except RuleError as no:
            return {"refused": refusal(no.code, no.message)}

    return answer
