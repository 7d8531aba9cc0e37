"""Is the service put together as its contracts say?"""

from dataclasses import fields
from datetime import datetime
from typing import Any

import msgspec
import pytest
from pydantic import ValidationError

from services.reminders.app import build
from services.reminders.domain.mail_sorting import Sort
from services.reminders.ports import CARDS, CONTACTS, RULES, SUBJECTS, SUPPRESSIONS, TIMERS
from services.reminders.settings import RemindersSettings
from services.reminders.storage import MAPPINGS
from shared.contracts.catalogue import CATALOGUE, PUBLISHED_BY
from shared.contracts.firm import ClientContactLogged, MatterOpened
from shared.contracts.intake import ConflictCleared, ConsentGranted
from shared.contracts.task_kinds import TASK_KINDS
from shared.state.document_types import DocumentType
from tests.reminders.incoming import Mailbox, read
from tests.reminders.over_memory import (
    ASSISTANT,
    MONDAY,
    Reminders,
    client,
    scheduled,
    shipped,
)

NATIVE = (datetime, bytes)


def test_it_hears_every_event() -> None:
    assert {listener.event.TYPE for listener in build().listeners} == set(CATALOGUE)


def test_it_may_publish_whatever_it_says() -> None:
    assert set(build().says) <= PUBLISHED_BY["reminders"]


def test_timers_messages_and_digests_wait_for_the_stream() -> None:
    assert [(each.kind.collection, each.waits_for_stream) for each in build().due] == [
        ("timers", True),
        ("contacts", True),
        ("digests", True),
        ("commitments", True),
        ("deadlines", True),
        ("inquirer_letters", True),
        ("approval_letters", True),
        ("sender_checks", False),
    ]


def test_what_says_who_a_client_is_or_what_was_written_is_sealed() -> None:
    sealed = {mapping.collection: set(mapping.sealed) for mapping in MAPPINGS if mapping.sealed}
    assert sealed == {
        "cards": {
            "name", "email", "phone", "salutation", "family_name", "preferred_name",
            "contact_person", "lawyers", "holds",
        },
        "outgoing_decisions": {"why"},
        "deadlines": {"proof"},
        "subjects": {"details", "told"},
        "contacts": {"address", "subject_line", "text", "html", "states"},
        "suppressions": {"address"},
        "text_answers": {"text"},
        "incoming_mails": {"sender", "subject", "text", "quoted", "attached", "lacks"},
        "inquirer_letters": {"address", "subject", "body"},
        "approval_letters": {
            "subject_line", "text", "greeting", "recipient", "address", "reason",
        },
        "colleagues": {"name", "phone", "title"},
        "sender_checks": {"address"},
        "editions": {"files", "base_files", "why", "note"},
        "simulations": {"files", "base_files", "found"},
    }  # fmt: skip


def test_an_address_is_looked_up_by_its_keyed_hash_only() -> None:
    (mapping,) = [mapping for mapping in MAPPINGS if mapping.kind is SUPPRESSIONS]
    assert set(mapping.blind) == set(SUPPRESSIONS.lookups)


def test_a_number_and_an_address_are_looked_up_by_their_keyed_hash_only() -> None:
    (mapping,) = [mapping for mapping in MAPPINGS if mapping.kind is CARDS]
    assert set(mapping.blind) == set(CARDS.lookups) == {"email", "phone"}


@pytest.mark.parametrize("kind", [CARDS, SUBJECTS, TIMERS, CONTACTS, SUPPRESSIONS])
def test_every_document_survives_storage(kind: DocumentType[Any]) -> None:
    reminders = Reminders()
    reminders.tell(
        client(consents=[{"purpose": "feedback", "basis": "form"}]),
        MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s"),
        ConsentGranted(client_id="c-1", purpose="marketing", at=MONDAY),
        ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0),
        scheduled(MONDAY, location="Raum 7"),
    )
    from shared.channels import Outcome, Result

    reminders.outcome = lambda _: Outcome(Result.REFUSED, "recipient-5.1.1")
    reminders.after(days=1)
    documents = reminders.all(kind)
    assert documents
    for document in documents:
        stored = msgspec.to_builtins(document, builtin_types=NATIVE)
        assert msgspec.convert(stored, kind.entity, builtin_types=NATIVE) == document


def test_every_published_rule_survives_storage() -> None:
    for rule in shipped():
        stored = msgspec.to_builtins(rule, builtin_types=NATIVE)
        assert msgspec.convert(stored, RULES.entity, builtin_types=NATIVE) == rule


def test_every_kind_has_a_mapping() -> None:
    kept = {mapping.kind for mapping in MAPPINGS}
    assert {CARDS, SUBJECTS, TIMERS, CONTACTS, SUPPRESSIONS, RULES} <= kept


@pytest.mark.parametrize("kind", ["call-client", "contact-gap", "acknowledge-contact"])
def test_the_views_fill_every_field_the_tasks_show(kind: str) -> None:
    reminders = Reminders()
    reminders.tell(
        client(email=None),
        MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s"),
        scheduled(MONDAY),
        ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0),
    )
    reminders.tell(ClientContactLogged(client_id="c-1", direction="in", channel="phone", at=MONDAY))
    reminders.after(days=31)
    shown = reminders.view(reminders.tasks(kind)[0].task_id, ASSISTANT)
    wanted = {each.name for each in TASK_KINDS[kind].fields if each.kind == "display"}
    assert wanted <= shown.keys()


def canary_of_a_mail(reminders: Reminders) -> None:
    """A client, and a stranger, have written mails full of what is nobody else's."""
    words = b"From: %s\r\nSubject: Canary\r\n\r\nCanary\r\n\r\n> canary\r\n"
    mailbox = Mailbox(reminders)
    assert mailbox.take_in(read(words % b"canary@example.com")) is Sort.CLIENT
    assert mailbox.take_in(read(words % b"canary@else.example")) is Sort.UNKNOWN


def test_nothing_private_is_kept_outside_the_sealed_fields() -> None:
    reminders = Reminders()
    reminders.tell(
        client(name="Canary Person", email="canary@example.com", phone="+49 999 111"),
        scheduled(MONDAY, location="Canary Street 7"),
        ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0),
    )
    reminders.after(days=1)
    canary_of_a_mail(reminders)
    for mapping in MAPPINGS:
        for document in reminders.all(mapping.kind):
            public = {
                each.name: getattr(document, each.name)
                for each in fields(document)
                if each.name not in mapping.sealed
            }
            assert "canary" not in str(public).lower()


def test_nothing_private_is_announced() -> None:
    reminders = Reminders()
    reminders.tell(
        client(name="Canary Person", email="canary@example.com", phone="+49 999 111"),
        scheduled(MONDAY, location="Canary Street 7"),
        ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0),
    )
    reminders.after(days=1)
    canary_of_a_mail(reminders)
    assert reminders.announced
    assert not [e for e in reminders.announced if "canary" in e.data.model_dump_json().lower()]


@pytest.mark.parametrize(
    "setting",
    [
        {"firm_zone": "Europe/Nowhere"},
        {"mail_from": "nobody"},
        {"mail_from": "jörg@firm.example"},
        {"mail_from": "o@\u2024.example"},
        {"firm_name": "Two\nlines"},
        {"firm_name": " "},
        {"smtp_port": 0},
    ],
)
def test_an_impossible_setting_is_refused_at_start(setting: dict[str, Any]) -> None:
    with pytest.raises((ValidationError, KeyError)):
        RemindersSettings(**setting)
