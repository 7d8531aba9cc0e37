"""Does a name, an address or a phone number leave intake, except to whoever decides?"""

from datetime import date

import pytest

from services.intake.domain.identifiers import NAMES as IDENTIFIERS
from services.intake.storage import MAPPINGS
from shared.contracts.envelope import encode
from tests.fakes.memory import MemoryService
from tests.intake.office import (
    CLEARED,
    OFFICER,
    inquiry,
    intake,
    onboarded,
    opened,
    party,
    updated,
)

CANARIES = ("Zanzibar", "Quetzal", "canary@", "555-0199", "1971-04-30")


@pytest.fixture
def office() -> MemoryService:
    """An office where every kind of event, hit and decision happened to canaries."""
    office = intake()
    known = {"birth_date": date(1971, 4, 30), "address": "Zanzibar Street 1"}
    office.hear(party("Quetzal Zanzibar", "adverse", matter_id="m-7").model_copy(update=known))
    office.hear(onboarded(name="Quetzal Zanzibar", email="canary@x.example", phone="555-0199"))
    office.hear(inquiry("Quetzal Zanzibar", "Zanzibar Ltd"))
    office.hear(opened())
    office.hear(updated(name="Zanzibar Quetzal Otto"), time=office.now.replace(hour=10))
    for task in office.tasks():
        office.decide(
            task.task_id, "clear", CLEARED | {"reason": "Zanzibar is another"}, actor=OFFICER
        )
    return office


def test_no_announced_event_carries_a_name_or_an_address(office: MemoryService) -> None:
    said = b"".join(encode(event) for event in office.announced).decode()
    assert [canary for canary in CANARIES if canary in said] == []


def test_no_task_carries_a_name_or_an_address(office: MemoryService) -> None:
    kept = str(office.tasks(state=None))
    assert kept != "[]"
    assert [canary for canary in CANARIES if canary in kept] == []


def test_whatever_a_person_entrusted_to_the_firm_is_sealed() -> None:
    sealed = {mapping.collection: set(mapping.sealed) for mapping in MAPPINGS if mapping.sealed}
    assert sealed == {
        "clients": {
            "name",
            "former_names",
            *IDENTIFIERS,
            "preferred_name",
            "pronunciation",
            "salutation",
            "contact_person",
            "interpreter",
            "practice_area",
        },
        "matters": {"practice_area"},
        "parties": {"name", "former_names", *IDENTIFIERS},
        "inquiries": {
            "name",
            "former_names",
            "email",
            "confirmed_email",
            "unusable_email",
            "phone",
            "adverse_names",
            "story",
            "practice_area",
        },
        "conflict_checks": {
            "searched",
            "document_ref",
            "reason",
            "affected",
            "verdicts",
            "rounds",
            "purpose",
        },
        "conflict_index": {"names", "identifiers"},
        "attendance_notes": {
            "said",
            "understood",
            "agreed",
            "authority_limit",
            "next_step",
            "objection",
            "present",
            "earlier",
        },
        "restrictions": {"reason"},
        "duplicates": {"reason"},
        "records_requests": {"reason"},
    }


def test_the_keys_of_the_conflict_index_are_kept_as_hashes_only() -> None:
    (mapping,) = [mapping for mapping in MAPPINGS if mapping.collection == "conflict_index"]
    assert set(mapping.blind) == {"filed", "claimed"}
