"""It is time to ask a client for a review: what follows?

The same for every client. This step can read nothing but whether this matter was asked about.
"""

from collections.abc import Iterable

from services.reputation.domain.ask import AskingSite, ReviewAsk, ask_for, ask_id_for
from services.reputation.ports import ASKS
from shared.contracts.envelope import Event
from shared.contracts.reminders import ReviewAskDue
from shared.contracts.reputation import ReviewRequested
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_asking(event: Event[ReviewAskDue], _: ReadSoFar) -> Iterable[Need]:
    """Whether this matter was asked about before; nothing else, on purpose."""
    yield ASKS.one(ask_id_for(event.data.matter_id))


def ask(site: AskingSite, event: Event[ReviewAskDue], unit: UnitOfWork) -> None:
    """Say that the client is to be asked, once per matter."""
    due = event.data
    ask_id = ask_id_for(due.matter_id)
    if event.history or unit.get(ASKS, ask_id) is not None:
        return
    asked = ask_for(site)
    unit.put(
        ASKS,
        ReviewAsk(
            ask_id=ask_id,
            client_id=due.client_id,
            matter_id=due.matter_id,
            site=asked.site,
            asked_at=unit.now,
        ),
    )
    unit.announce(
        ReviewRequested(
            request_id=ask_id,
            client_id=due.client_id,
            matter_id=due.matter_id,
            site=asked.site,
        )
    )
