"""Which events does reminders hear? Every one: playbooks change, listeners do not."""

from typing import Any

from services.reminders.workflow.bounces import BounceSteps
from services.reminders.workflow.digests import DigestSteps
from services.reminders.workflow.events_heard import EventSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.suppressed_addresses import hear_address, needs_of_stating
from shared.contracts.desk import StaffDigestSet
from shared.contracts.firm import ClientUpdated
from shared.contracts.mail import ContactBounced
from shared.engine.listening import Listener, hear_all, listen


def listeners(config: FirmConfig) -> list[Listener[Any]]:
    """What follows from each event is said in the playbooks; from a person's choice, by itself."""
    event_steps, digest_steps, bounces = (
        EventSteps(config),
        DigestSteps(config),
        BounceSteps(config),
    )
    return [
        *hear_all(event_steps.step, event_steps.needs),
        listen(ClientUpdated, hear_address, needs_of_stating),
        listen(ContactBounced, bounces.hear, bounces.needs),
        listen(StaffDigestSet, digest_steps.hear, digest_steps.needs_of_hearing),
    ]
