"""Is every event catalogued, granted to somebody, and free of what must not travel?"""

import inspect
from types import ModuleType

import pytest

from shared.contracts import (
    attendance,
    commitments,
    concerns,
    deadlines,
    desk,
    feedback,
    firm,
    firm_editions,
    handovers,
    incidents,
    intake,
    letters,
    mail,
    promises,
    records,
    reminders,
    reputation,
    restrictions,
    scorecards,
    tasks,
    testimonials,
)
from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE, FOREIGN_TYPES, PLAYBOOK_TYPES, PUBLISHED_BY
from shared.contracts.fields import KEY_PATTERN

MODULES = [
    firm, firm_editions, handovers, promises, deadlines, letters, mail, intake, attendance,
    records, restrictions, reminders,
    commitments, concerns, feedback, scorecards, reputation, testimonials, desk, incidents, tasks,
]  # fmt: skip
PROMISED = {
    "inquiry-received", "client-onboarded", "client-updated", "party-added", "conflict-detected",
    "conflict-cleared", "matter-opened", "matter-closed", "appointment-scheduled",
    "appointment-rescheduled", "appointment-cancelled", "document-requested", "document-received",
    "invoice-issued", "invoice-paid", "client-contact-logged", "contact-gap-detected",
    "consent-granted", "consent-withdrawn", "survey-due", "feedback-requested",
    "feedback-submitted", "service-recovery-opened", "service-recovery-resolved", "review-ask-due",
    "review-requested", "review-received", "review-response-drafted", "review-response-approved",
    "review-response-published", "contact-planned", "contact-sent", "contact-deferred",
    "contact-suppressed", "contact-failed", "contact-unknown", "task-created", "task-updated",
    "task-cancelled", "task-completed", "task-escalated",
}  # fmt: skip
DELIVER_NAMES_OR_TEXT = {
    "inquiry-received", "client-onboarded", "client-updated", "party-added", "review-received",
    "inquirer-letter-due", "staff-named",
}  # fmt: skip
ASKS_NOBODY = {"gateway"}  # what it cannot read is a dead letter
PRIVATE = {"name", "email", "phone", "author_name", "adverse_parties", "comment", "note"}


def declared(module: ModuleType) -> set[str]:
    """The types of event a module declares itself."""
    return {
        each.TYPE
        for _, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, EventData)
        and hasattr(each, "TYPE")
        and each.__module__ == module.__name__
    }


def test_every_promised_type_is_there() -> None:
    assert CATALOGUE.keys() >= PROMISED


def test_every_declared_type_is_catalogued_once() -> None:
    types = [type for module in MODULES for type in declared(module)]
    assert sorted(types) == sorted(CATALOGUE)


@pytest.mark.parametrize("type", CATALOGUE)
def test_every_type_may_be_published_by_somebody(type: str) -> None:
    assert type in FOREIGN_TYPES.union(*PUBLISHED_BY.values())


def test_other_systems_may_say_nothing_in_our_name() -> None:
    assert not FOREIGN_TYPES & (PLAYBOOK_TYPES | declared(feedback) | declared(tasks))


def test_reminders_may_publish_what_playbooks_announce() -> None:
    assert PUBLISHED_BY["reminders"] >= PLAYBOOK_TYPES


@pytest.mark.parametrize("service", sorted(PUBLISHED_BY.keys() - ASKS_NOBODY))
def test_every_service_that_asks_people_may_say_so(service: str) -> None:
    assert {"task-created", "task-updated", "task-cancelled", "task-completed"} <= PUBLISHED_BY[
        service
    ]


@pytest.mark.parametrize("event", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_every_event_says_what_it_means(event: type[EventData]) -> None:
    assert (event.__doc__ or "").strip()


@pytest.mark.parametrize("event", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_a_client_id_is_always_the_first_key(event: type[EventData]) -> None:
    outlives_them = event in (records.RecordsOrdered, records.RecordsConfirmed)
    first = "request_id" if outlives_them else "client_id"
    assert "client_id" not in event.model_fields or event.KEYS[0] == first


def test_events_that_deliver_names_or_texts_say_so() -> None:
    said = {type for type, event in CATALOGUE.items() if event.DELIVERS_PRIVATE}
    assert said == DELIVER_NAMES_OR_TEXT


@pytest.mark.parametrize("type", sorted(CATALOGUE.keys() - DELIVER_NAMES_OR_TEXT))
def test_names_and_texts_travel_only_where_that_is_the_purpose(type: str) -> None:
    assert not PRIVATE & CATALOGUE[type].model_fields.keys()


def test_an_event_about_a_review_never_names_a_client() -> None:
    about_reviews = [each for each in CATALOGUE.values() if "review_id" in each.model_fields]
    assert len(about_reviews) >= 5
    assert not [each for each in about_reviews if "client_id" in each.model_fields]


def test_a_key_needs_no_escaping_in_a_subject() -> None:
    assert KEY_PATTERN == r"^[A-Za-z0-9_-]{1,64}$"
