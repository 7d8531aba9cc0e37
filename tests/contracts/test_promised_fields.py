"""Do the events other systems are built against have exactly the fields they were promised?

A ``?`` marks an optional field. More optional fields may be added, never a required one.
"""

import pytest

from shared.contracts.catalogue import CATALOGUE

CLIENT = (
    "name email? phone? timezone locale preferred_channel? matter_id? practice_area? owner_id? "
    "consents?"
)
APPOINTMENT = "appointment_id client_id matter_id? starts_at starts_on? timezone kind location?"
PROMISED = {
    "client-onboarded": f"client_id {CLIENT}",
    "client-updated": "client_id "
    + " ".join(f"{name.removesuffix('?')}?" for name in CLIENT.split()),
    "conflict-cleared": "check_id client_id? inquiry_id? hit_count",
    "conflict-detected": "check_id client_id? inquiry_id? hit_count",
    "matter-opened": "matter_id client_id practice_area owner_id",
    "matter-closed": "matter_id client_id closed_at",
    "matter-stage-changed": "matter_id client_id stage at?",
    "party-added": "matter_id party_id name role",
    "appointment-scheduled": APPOINTMENT,
    "appointment-rescheduled": APPOINTMENT,
    "appointment-cancelled": "appointment_id client_id",
    "document-requested": "request_id client_id matter_id due_at",
    "document-received": "request_id client_id",
    "invoice-issued": "invoice_id client_id due_at",
    "invoice-paid": "invoice_id client_id",
    "client-contact-logged": "client_id matter_id? direction channel at",
    "handover-completed": "client_id matter_id from? to at",
    "promise-made": "promise_id client_id matter_id? what due_at by at",
    "promise-moved": "promise_id client_id due_at client_told",
    "promise-kept": "promise_id client_id at",
    "call-requested": "call_id client_id? inquiry_id? purpose at",
    "call-returned": "call_id client_id? inquiry_id? reached at",
    "offer-received": "offer_id client_id matter_id expires_at? at",
    "offer-conveyed": "offer_id client_id channel at",
    "inquiry-answered": "inquiry_id at by?",
    "complaint-received": "complaint_id client_id? matter_id? type channel about_staff? at",
    "dispute-opened": "dispute_id parties staff_ids client_id? by at",
    "concern-opened": "concern_id kind client_id? matter_id? trigger due_at",
    "concern-advanced": "concern_id kind step at",
    "concern-closed": "concern_id kind outcome cause_code client_told? confirmed at",
    "letter-requested": "letter_id letter client_id? inquiry_id? matter_id?",
    "letter-drafted": "letter_id client_id? letter edition text_hash rules?",
    "letter-approved": "letter_id client_id? letter text_hash approver_id",
    "consent-granted": "client_id purpose channel? at",
    "consent-withdrawn": "client_id purpose channel? at",
    "inquiry-received": "inquiry_id name email? phone? channel practice_area? adverse_parties? "
    "timezone locale",
    "review-received": "review_id site location_id? stars text? author_name? posted_at url?",
}


@pytest.mark.parametrize(("type", "fields"), PROMISED.items(), ids=PROMISED)
def test_every_promised_field_is_there(type: str, fields: str) -> None:
    promised = {name.removesuffix("?") for name in fields.split()}
    fields_there = CATALOGUE[type].model_fields.items()
    assert promised <= {field.alias or name for name, field in fields_there}


@pytest.mark.parametrize(("type", "fields"), PROMISED.items(), ids=PROMISED)
def test_exactly_the_promised_fields_are_required(type: str, fields: str) -> None:
    model = CATALOGUE[type].model_fields
    required = {name for name, field in model.items() if field.is_required()}
    assert required == {name for name in fields.split() if not name.endswith("?")}
