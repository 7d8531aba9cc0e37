"""Which events does intake hear?"""

from typing import Any

from services.intake.workflow import clients, consents, inquiries, matters, parties
from shared.contracts.firm import (
    ClientOnboarded,
    ClientUpdated,
    InquiryReceived,
    MatterClosed,
    MatterOpened,
    MatterReopened,
    PartyAdded,
)
from shared.contracts.intake import ConsentGranted, ConsentWithdrawn
from shared.engine.listening import Listener, listen


def listeners() -> list[Listener[Any]]:
    """One line per event: what happened, the step that follows, what the step needs."""
    return [
        listen(InquiryReceived, inquiries.take_inquiry, inquiries.needs_of_inquiry),
        listen(ClientOnboarded, clients.take_client, clients.needs_of_client),
        listen(ClientUpdated, clients.take_client, clients.needs_of_client),
        listen(PartyAdded, parties.take_party, parties.needs_of_party),
        listen(MatterOpened, matters.open_matter, matters.needs_of_opening),
        listen(MatterClosed, matters.close_matter, matters.needs_of_closing),
        listen(MatterReopened, matters.reopen_matter, matters.needs_of_closing),
        listen(ConsentGranted, consents.take_consent, consents.needs_of_consent),
        listen(ConsentWithdrawn, consents.take_withdrawal, consents.needs_of_consent),
    ]
