"""Which events does reminders hear? Every one: playbooks change, listeners do not."""

from typing import Any

from services.reminders.workflow.bounces import BounceSteps
from services.reminders.workflow.colleagues import hear_name, needs_of_naming
from services.reminders.workflow.diary import DiarySteps
from services.reminders.workflow.digests import DigestSteps
from services.reminders.workflow.ended_letters import EndedLetterSteps
from services.reminders.workflow.events_heard import EventSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.firm_restrictions import (
    lift_from_firm,
    needs_of_firm_restrictions,
    place_on_firm,
)
from services.reminders.workflow.inquirer_letters import LetterSteps
from services.reminders.workflow.letter_drafts import LetterDraftSteps
from services.reminders.workflow.suppressed_addresses import hear_address, needs_of_stating
from services.reminders.workflow.text_reports import DeliverySteps
from services.reminders.workflow.unanswered_contacts import UnansweredSteps
from services.reminders.workflow.unmet_wish_tasks import WishSteps
from shared.contracts.concerns import ConcernClosed
from shared.contracts.deadlines import DeadlineCancelled, DeadlineDone, DeadlineMoved, DeadlineSet
from shared.contracts.desk import StaffDigestSet, StaffNamed
from shared.contracts.firm import (
    ClientContactLogged,
    ClientOnboarded,
    ClientUpdated,
    MatterClosed,
    MatterReopened,
)
from shared.contracts.intake import ClientPreferencesUpdated, InquirerLetterDue
from shared.contracts.letters import LetterRequested
from shared.contracts.mail import ContactBounced, ContactDelivered
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.engine.listening import Listener, hear_all, listen
from shared.engine.records import hear_orders

SAY_WISHES = (ClientOnboarded, ClientUpdated, ClientPreferencesUpdated)


def listeners(config: FirmConfig) -> list[Listener[Any]]:
    """What follows from each event is said in the playbooks; from a person's choice, by itself."""
    event_steps, letters = EventSteps(config), LetterSteps(config)
    digest_steps, bounces = DigestSteps(config), BounceSteps(config)
    approved, delivered = LetterDraftSteps(config), DeliverySteps(config)
    unanswered, wishes = UnansweredSteps(config), WishSteps(config)
    diary, ended = DiarySteps(config), EndedLetterSteps(config)
    return [
        *hear_orders(),
        *hear_all(event_steps.step, event_steps.needs),
        listen(ClientContactLogged, unanswered.hear, unanswered.needs),
        listen(ClientUpdated, hear_address, needs_of_stating),
        *(listen(each, wishes.hear, wishes.needs) for each in SAY_WISHES),
        listen(DeadlineSet, diary.hear_set, diary.needs),
        listen(DeadlineMoved, diary.hear_moved, diary.needs),
        listen(DeadlineDone, diary.hear_ended, diary.needs),
        listen(DeadlineCancelled, diary.hear_ended, diary.needs),
        listen(ContactBounced, bounces.hear, bounces.needs),
        listen(ContactDelivered, delivered.hear, delivered.needs),
        listen(InquirerLetterDue, letters.hear, letters.needs_of_hearing),
        listen(ConcernClosed, ended.hear, ended.needs),
        listen(MatterClosed, ended.hear, ended.needs),
        listen(MatterReopened, ended.hear, ended.needs),
        listen(LetterRequested, approved.hear, approved.needs_of_hearing),
        listen(StaffNamed, hear_name, needs_of_naming),
        listen(RestrictionPlaced, place_on_firm, needs_of_firm_restrictions),
        listen(RestrictionLifted, lift_from_firm, needs_of_firm_restrictions),
        listen(StaffDigestSet, digest_steps.hear, digest_steps.needs_of_hearing),
    ]
