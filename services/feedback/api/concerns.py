"""How far are a client's concerns, for the page of that client?

``concerns.feedback`` is asked by the desk alone, in the name of a person who works with clients.
What staff wrote about a concern is on its task, which only those see who may lead it; here are the
steps, which the timeline tells everybody too.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime

from services.feedback.domain.concern import Concern
from services.feedback.domain.practice import Practice
from services.feedback.ports import CONCERNS
from services.feedback.workflow.showing import OUTCOME_WORDS, progress
from shared.contracts.concerns_asked import ConcernsAsked, ConcernsTold, ConcernTold, StepTold
from shared.contracts.requests import RequestType
from shared.contracts.task_kind import STAFF
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.tasks import check_unscreened, is_screened

MOST = 10
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class ConcernsRequest(ConcernsAsked):
    """Whose, and who asks."""

    actor: Actor


CONCERNS_REQUEST = RequestType(
    "concerns",
    "How far the concerns of a client are, step by step; no word anybody wrote.",
    ConcernsRequest,
    (ConcernsTold,),
)


def answer_concerns(
    practice: Practice,
) -> Callable[[Runtime, ConcernsRequest], Awaitable[ConcernsTold]]:
    """Answers the question; RuleError for whoever's work is not with clients."""

    async def answer(runtime: Runtime, asked: ConcernsRequest) -> ConcernsTold:
        if not set(asked.actor.roles) & set(STAFF):
            raise RuleError(f"Clients are seen by: {', '.join(STAFF)}.", code="wrong-role")
        check_unscreened({"client_id": asked.client_id}, asked.actor)

        def needs(_: ReadSoFar) -> Iterable[Need]:
            yield CONCERNS.by("client", asked.client_id)

        unit = await runtime.look(needs)
        found = [
            each
            for each in unit.find(CONCERNS, "client", asked.client_id)
            if not is_screened({"matter_id": each.matter_id}, asked.actor)
        ]
        found.sort(key=_latest, reverse=True)
        found.sort(key=lambda each: each.state != "open")
        items = [_told(each, practice) for each in found[:MOST]]
        return ConcernsTold(items=items, more=max(len(found) - MOST, 0))

    return answer


def _latest(concern: Concern) -> tuple[datetime, str]:
    return (concern.opened_at or BEFORE_ALL, concern.concern_id)


def _told(concern: Concern, practice: Practice) -> ConcernTold:
    shown = progress(concern, practice)
    return ConcernTold(
        concern_id=concern.concern_id,
        kind=concern.kind,
        title=shown["concern"],
        matter_id=concern.matter_id,
        is_open=concern.state == "open",
        since=concern.opened_at.isoformat() if concern.opened_at else "",
        steps=[StepTold(**each) for each in shown["steps"]],
        outcome=OUTCOME_WORDS.get(concern.outcome or "", concern.outcome or ""),
        client_knows=concern.client_told,
    )
