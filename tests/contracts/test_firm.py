"""Do the events of other systems carry what the firm's systems were told?"""

from typing import Any

import pytest

from shared.contracts.firm import ClientUpdated
from tests.contracts.samples import ABSENT, CLIENT, changed, read_data, refused_in


def updated(**fields: Any) -> ClientUpdated:
    """A change to a client, decoded."""
    data: ClientUpdated = read_data("client-updated", {"client_id": "c-1", **fields}, "c-1")
    return data


def test_a_client_who_cannot_be_reached_is_refused_naming_both_ways() -> None:
    unreachable = changed(CLIENT, {"email": ABSENT})
    assert refused_in("client-onboarded", unreachable, "c-1") == ["email", "phone"]


def test_a_client_with_only_a_phone_is_taken() -> None:
    data = changed(CLIENT, {"email": None, "phone": "+49 30 5550117"})
    assert read_data("client-onboarded", data, "c-1").email is None


def test_a_field_left_out_of_a_change_is_unchanged() -> None:
    assert updated(email="new@example.com").changed() == {"email": "new@example.com"}


def test_a_field_that_is_null_in_a_change_is_removed() -> None:
    assert updated(phone=None).changed() == {"phone": None}


@pytest.mark.parametrize("field", ["name", "timezone", "locale"])
def test_what_every_client_has_cannot_be_removed(field: str) -> None:
    assert refused_in("client-updated", {"client_id": "c-1", field: None}, "c-1") == [field]


def test_consents_come_with_a_client() -> None:
    consent = {"purpose": "feedback", "channel": "email", "basis": "engagement letter"}
    client = read_data("client-onboarded", changed(CLIENT, {"consents": [consent]}), "c-1")
    assert client.consents[0].purpose == "feedback"


@pytest.mark.parametrize("role", ["witness", "", "Adverse"])
def test_a_party_has_one_of_four_roles(role: str) -> None:
    party = {"matter_id": "m-1", "party_id": "p-1", "name": "Kestrel Ltd", "role": role}
    assert refused_in("party-added", party, "m-1") == ["role"]


def test_an_event_about_a_party_is_keyed_by_its_matter() -> None:
    party = {"matter_id": "m-1", "party_id": "p-1", "name": "Kestrel Ltd", "role": "adverse"}
    assert read_data("party-added", party, "m-1").key() == "m-1"


def test_adverse_parties_of_an_inquiry_are_names() -> None:
    inquiry = {
        "inquiry_id": "i-1", "name": "Amara Diallo", "channel": "website",
        "timezone": "Europe/London", "locale": "en-GB", "adverse_parties": ["Kestrel Ltd", "\n"],
    }  # fmt: skip
    assert refused_in("inquiry-received", inquiry, "i-1") == ["adverse_parties.1"]


@pytest.mark.parametrize("purpose", ["service", "feedback", "marketing", "all"])
def test_a_consent_may_be_withdrawn_for_one_purpose_or_for_all(purpose: str) -> None:
    data = {"client_id": "c-1", "purpose": purpose, "at": "2026-03-02T09:00:00Z"}
    assert read_data("consent-withdrawn", data, "c-1").purpose == purpose


def test_a_consent_is_never_granted_for_all() -> None:
    data = {"client_id": "c-1", "purpose": "all", "at": "2026-03-02T09:00:00Z"}
    assert refused_in("consent-granted", data, "c-1") == ["purpose"]


def test_a_conflict_check_is_about_somebody() -> None:
    data = {"check_id": "ck-1", "hit_count": 0}
    assert refused_in("conflict-cleared", data, "c-1") == ["client_id", "inquiry_id"]


def test_a_conflict_of_an_inquiry_is_keyed_by_the_inquiry() -> None:
    data = {"check_id": "ck-1", "inquiry_id": "i-1", "hit_count": 2}
    assert read_data("conflict-detected", data, "i-1").key() == "i-1"
