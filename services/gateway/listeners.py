"""Which events does the gateway hear?"""

from typing import Any

from services.gateway.workflow.filing import file_unread, needs_of_filing
from services.gateway.workflow.knowing import know, needs_of_knowing
from services.gateway.workflow.sending_out import needs_of_sending, send_out
from shared.contracts.firm import ClientOnboarded, ClientUpdated
from shared.contracts.firm_editions import FirmEditionApproved
from shared.contracts.records import RecordsOrdered
from shared.editions import needs_of_edition, take_edition
from shared.engine.listening import Listener, hear_all, listen
from shared.engine.records import hear_orders


def listeners() -> list[Listener[Any]]:
    """Every event may be subscribed to; what each other line does stands in it."""
    return [
        *hear_all(send_out, needs_of_sending),
        *hear_orders(),
        listen(FirmEditionApproved, take_edition, needs_of_edition),
        listen(RecordsOrdered, file_unread, needs_of_filing),
        listen(ClientOnboarded, know, needs_of_knowing),
        listen(ClientUpdated, know, needs_of_knowing),
    ]
