"""Where does a message's link lead?

Events carry no links. When a message is handed over, ``reminders`` asks the service that owns the
page; the token in the link is derived, never stored.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from shared.contracts.requests import Answer, Asked, RequestType
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


class LinkRequest(Asked):
    """What reminders asks: a link for this purpose, for one id."""

    purpose: str
    id: str


class Link(Answer):
    """The address, whole."""

    url: str


LINKS = RequestType("links", "The link for a message, made at hand-over.", LinkRequest, (Link,))


def answer_links(
    runtime: Runtime, makers: Iterable[LinkMaker]
) -> Callable[[LinkRequest], Awaitable[Link]]:
    """Answers with the link; RuleError ``unknown-purpose``, or whatever its maker says no with."""
    by_purpose = {maker.purpose: maker for maker in makers}

    async def answer(asked: LinkRequest) -> Link:
        maker = by_purpose.get(asked.purpose)
        if maker is None:
            message = "No link of this purpose is made here."
            raise RuleError(message, code="unknown-purpose")
        unit = await runtime.look(lambda unit: maker.needs(asked.id, unit))
        return Link(url=maker.url(asked.id, unit))

    return answer
