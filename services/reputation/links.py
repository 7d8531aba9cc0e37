"""Where does the link of a review ask lead?

For everybody to the same place: the firm's page on the review site. As long as that is a sample, no
link is made, and the ask waits.
"""

from collections.abc import Iterable

from services.reputation.domain.ask import AskingSite, ask_for
from services.reputation.ports import ASKS
from shared.errors import RuleError, TemporaryError
from shared.requests.links import LinkMaker
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

PURPOSE = "review-ask"


def review_link(site: AskingSite) -> LinkMaker:
    """Answers reminders' question for the link of a review ask."""

    def url(ask_id: str, unit: UnitOfWork) -> str:
        if unit.get(ASKS, ask_id) is None:
            raise RuleError("there is no such ask", code="unknown-ask")
        if site.is_sample:
            raise TemporaryError("the review page is a sample: set CLIENTELE_REVIEW_PAGE_URL")
        return ask_for(site).page_url

    return LinkMaker(PURPOSE, needs=_needs, url=url)


def _needs(ask_id: str, _: ReadSoFar) -> Iterable[Need]:
    yield ASKS.one(ask_id)
