"""Which events does intake hear?"""

from functools import partial
from typing import Any

from services.intake.ports import FirmConfig
from services.intake.workflow import (
    attending,
    clients,
    consents,
    hearing_of_letters,
    inquiries,
    matters,
    merging,
    parties,
    records_receipts,
    records_requests,
    registering,
    reviewing,
)
from shared.contracts.firm import (
    AppointmentCancelled,
    AppointmentRescheduled,
    ClientOnboarded,
    ClientUpdated,
    InquiryReceived,
    MatterClosed,
    MatterOpened,
    MatterReopened,
    PartyAdded,
)
from shared.contracts.firm_editions import FirmEditionApproved
from shared.contracts.handovers import HandoverCompleted
from shared.contracts.intake import ConsentGranted, ConsentWithdrawn
from shared.contracts.records import (
    AccessRequested,
    ClientMerged,
    ErasureRequested,
    RecordsConfirmed,
)
from shared.contracts.reminders import (
    AppointmentOutcomeDue,
    InquirerLetterFailed,
    InquirerLetterSent,
    InquirerLetterUnknown,
    RestrictionReviewDue,
)
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.editions import needs_of_edition, take_edition
from shared.engine.listening import Listener, listen
from shared.engine.records import hear_orders


def listeners(config: FirmConfig) -> list[Listener[Any]]:
    """One line per event: what happened, the step that follows, what the step needs."""
    take_inquiry = partial(inquiries.take_inquiry, config)
    take_client = partial(clients.take_client, config)
    take_party = partial(parties.take_party, config)
    open_matter = partial(matters.open_matter, config)
    ask_outcome = partial(attending.ask_what_came_of_it, config)
    not_sent = partial(hearing_of_letters.take_not_sent, config)
    return [
        listen(InquiryReceived, take_inquiry, partial(inquiries.needs_of_inquiry, config)),
        listen(ClientOnboarded, take_client, partial(clients.needs_of_client, config)),
        listen(ClientUpdated, take_client, partial(clients.needs_of_client, config)),
        listen(PartyAdded, take_party, partial(parties.needs_of_party, config)),
        listen(MatterOpened, open_matter, partial(matters.needs_of_opening, config)),
        listen(HandoverCompleted, partial(matters.hand_over, config), matters.needs_of_handover),
        listen(MatterClosed, matters.close_matter, matters.needs_of_closing),
        listen(MatterReopened, matters.reopen_matter, matters.needs_of_closing),
        listen(ConsentGranted, consents.take_consent, consents.needs_of_consent),
        listen(ConsentWithdrawn, consents.take_withdrawal, consents.needs_of_consent),
        listen(AppointmentOutcomeDue, ask_outcome, attending.needs_of_outcome_due),
        listen(AppointmentCancelled, attending.call_off, attending.needs_of_change),
        listen(AppointmentRescheduled, attending.move, attending.needs_of_change),
        listen(
            InquirerLetterSent, hearing_of_letters.take_sent, hearing_of_letters.needs_of_letter
        ),
        listen(RestrictionPlaced, registering.hear_placed, registering.needs_of_hearing),
        listen(RestrictionLifted, registering.hear_lifted, registering.needs_of_hearing),
        listen(
            RestrictionReviewDue,
            partial(reviewing.ask_for_review, config),
            reviewing.needs_of_asking,
        ),
        *of_records(config),
        listen(InquirerLetterFailed, not_sent, hearing_of_letters.needs_of_letter),
        listen(InquirerLetterUnknown, not_sent, hearing_of_letters.needs_of_letter),
    ]


def of_records(config: FirmConfig) -> list[Listener[Any]]:
    """What a client asks about their own records, and what was done."""
    take_request = partial(records_requests.take_request, config)
    return [
        listen(AccessRequested, take_request, records_requests.needs_of_request),
        listen(ErasureRequested, take_request, records_requests.needs_of_request),
        listen(RecordsConfirmed, records_receipts.take_receipt, records_receipts.needs_of_receipt),
        *hear_orders(),
        listen(FirmEditionApproved, take_edition, needs_of_edition),
        listen(ClientMerged, partial(merging.hear_merge, config), merging.needs_of_merge),
    ]
