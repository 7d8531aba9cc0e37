"""How do replies get onto review sites?

Most sites let a firm answer only on their own pages, so the first way is by hand: a person is asked
to copy the approved text, opens the site, and says whether it took it. Google takes replies from
programs, where the firm has given us an account there (`google.py`).
"""

from collections.abc import Mapping
from dataclasses import replace

from services.reputation.domain.reply_times import ReplyTimes
from services.reputation.domain.response import Response
from services.reputation.domain.sites import normal_site
from services.reputation.ports import ReviewSite
from services.reputation.workflow.publishing import begin
from shared.contracts.task_kinds import REVIEW_POSTING
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import About, Why, open_task

NOT_POSTED_YET = "The reply was approved and is not posted yet."


class ByHand:
    """Asks a person to post the approved text."""

    def __init__(self, times: ReplyTimes) -> None:
        self._times = times

    def publish(self, approved: Response, unit: UnitOfWork, why: str = NOT_POSTED_YET) -> Response:
        """Open the task; its page shows exactly the approved text, and where it belongs."""
        task = open_task(
            unit,
            kind=REVIEW_POSTING.kind,
            ref=approved.response_id,
            about=About(review_id=approved.review_id),
            title=REVIEW_POSTING.label,
            why=Why(event_id=unit.cause.id, text=why),
            due_at=self._times.posting_due(unit.now),
            occasion=str(len(approved.history)),
        )
        return replace(approved, task_id=task.task_id)


class ByProgram:
    """Has the approved text go by itself; by hand where the review has no name at its site."""

    def __init__(self, by_hand: ByHand) -> None:
        self._by_hand = by_hand

    def publish(self, approved: Response, unit: UnitOfWork) -> Response:
        """Let it go, or ask a person."""
        return approved if begin(approved, unit) else self._by_hand.publish(approved, unit)


class Sites:
    """The adapter of each site, and by hand for all others."""

    def __init__(self, times: ReplyTimes, adapters: Mapping[str, ReviewSite] | None = None) -> None:
        self._adapters = dict(adapters or {})
        self.by_hand = ByHand(times)

    def of(self, site: str) -> ReviewSite:
        """The adapter for this site."""
        return self._adapters.get(normal_site(site), self.by_hand)
