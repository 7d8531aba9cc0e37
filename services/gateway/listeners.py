"""Which events does the gateway hear?"""

from typing import Any

from services.gateway.workflow.filing import file_unread, needs_of_filing
from services.gateway.workflow.knowing import know, needs_of_knowing
from shared.contracts.firm import ClientOnboarded, ClientUpdated
from shared.contracts.records import RecordsOrdered
from shared.engine.listening import Listener, listen
from shared.engine.records import hear_orders


def listeners() -> list[Listener[Any]]:
    """One line per event: what happened, the step that follows, what the step needs."""
    return [
        *hear_orders(),
        listen(RecordsOrdered, file_unread, needs_of_filing),
        listen(ClientOnboarded, know, needs_of_knowing),
        listen(ClientUpdated, know, needs_of_knowing),
    ]
