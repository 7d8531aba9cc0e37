"""Does every id of another system have one key, and does the id itself arrive as it was?"""

import re
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.fields import KEY_PATTERN, LINE_PATTERN
from shared.contracts.keys import id_made_of, key_of
from tests.contracts.samples import ENVELOPE, changed, read, refusal

REAL = {
    "a short one": "rv-1201",
    "Google": "AbFvOqkX3Zr7mWn1Yc0tPq8s2LhJ5vBdGxE9aUiKoRzTnMwQyVlHjFcS4ePg6XbD8uNlQw0ZrTyUiOpAs",
    "Google in full": "accounts/1098/locations/552/reviews/AbFvOqkX3Zr7mWn1Yc0tPq8s2LhJ5=",
    "Calendly": "https://api.calendly.com/scheduled_events/GBGBDCAADAEDCRZ2",
    "Microsoft 365": "AAMkAGI2TG93AAA" + "xYz0" * 30 + "=",
    "Stripe": "in_1MtHbELkdIwHu7ixl4OzzPMv",
    "Clio": "1024377",
    "a German invoice": "2026/0412",
    "a UUID": "3f0e7c0a-5f0c-4d3f-9a65-0f0a5d7e4b21",
    "umlauts": "Rüge 12",
    "the longest": "x" * 256,
}
foreign_ids = st.from_regex(LINE_PATTERN.replace("*$", "{1,256}$"), fullmatch=True).filter(
    lambda text: all(not 0xD800 <= ord(letter) <= 0xDFFF for letter in text)
)


def review(review_id: Any, subject: str) -> dict[str, Any]:
    data = {
        "review_id": review_id,
        "site": "google",
        "stars": 4,
        "posted_at": "2026-03-01T19:12:00+01:00",
    }
    return changed(ENVELOPE, {"type": "review-received", "subject": subject, "data": data})


@pytest.mark.parametrize("id", REAL.values(), ids=REAL)
def test_a_real_id_is_taken_as_it_came(id: str) -> None:
    event = read(review(id, key_of(id)))
    assert event.data.review_id == id
    assert event.subject == key_of(id)


@given(st.from_regex(KEY_PATTERN, fullmatch=True))
def test_an_id_that_is_a_key_keeps_it(id: str) -> None:
    assert key_of(id) == id


@given(foreign_ids)
def test_every_id_has_a_key_that_may_stand_in_a_subject(id: str) -> None:
    assert re.fullmatch(KEY_PATTERN, key_of(id))


@given(foreign_ids)
def test_every_id_travels_and_arrives(id: str) -> None:
    assert read(review(id, key_of(id))).data.review_id == id


@given(foreign_ids, foreign_ids)
def test_two_ids_never_share_a_key(one: str, other: str) -> None:
    assert (one == other) == (key_of(one) == key_of(other))


def test_the_key_is_derived_as_it_is_written_down() -> None:
    id = REAL["Calendly"]
    assert key_of(id) == "h-" + sha256(id.encode()).hexdigest()[:40]


@pytest.mark.parametrize("id", ["", "x" * 257, "a\nb", "a\x00b", "a\u202eb", 5, None])
def test_what_cannot_be_an_id_is_refused_at_its_field(id: object) -> None:
    assert [each.field for each in refusal(review(id, "rv-1")).field_errors] == ["review_id"]


def test_a_subject_that_is_no_key_names_the_remedy() -> None:
    id = REAL["Calendly"]
    (error,) = refusal(review(id, id)).field_errors
    assert error.field == "subject"
    assert "h- and the first 40 hexadecimal digits of its SHA-256" in error.message


def test_another_key_than_that_of_the_id_names_the_remedy() -> None:
    (error,) = refusal(review(REAL["Calendly"], "rv-1")).field_errors
    assert error.field == "subject"
    assert "h- and the first 40 digits of its SHA-256" in error.message


@pytest.mark.parametrize("field", ["client_id", "matter_id", "owner_id"])
def test_where_only_a_key_is_taken_the_dead_letter_says_how_to_make_one(field: str) -> None:
    data = {"client_id": "c-1", "matter_id": "m-1", "practice_area": "x", "owner_id": "s-1"}
    spoiled = {**data, field: "123/26"}
    envelope = changed(ENVELOPE, {"type": "matter-opened", "data": spoiled})
    (error,) = refusal(envelope).field_errors
    assert error.field == field
    assert "use its key, h- and" in error.message


@pytest.mark.parametrize(
    ("type", "field"),
    [
        ("appointment-cancelled", "appointment_id"),
        ("document-received", "request_id"),
        ("invoice-paid", "invoice_id"),
    ],
)
def test_appointments_documents_and_invoices_may_have_any_id(type: str, field: str) -> None:
    data = {"client_id": "c-1", field: REAL["Calendly"]}
    event = read(changed(ENVELOPE, {"type": type, "data": data}))
    assert getattr(event.data, field) == REAL["Calendly"]


def test_an_id_made_of_its_cause_is_the_same_whenever_the_step_runs_again() -> None:
    assert id_made_of("recovery", "survey-1") == "recovery-" + sha256(b"survey-1").hexdigest()[:24]
    assert id_made_of("chk", "search", "r-1") == "chk-" + sha256(b"search\nr-1").hexdigest()[:24]


@given(first=foreign_ids, second=foreign_ids)
def test_ids_made_of_other_parts_or_in_another_order_are_others(first: str, second: str) -> None:
    made = {id_made_of("x", first, second), id_made_of("x", second, first), id_made_of("x", first)}
    assert len(made) == (2 if first == second else 3)
    assert all(re.fullmatch(KEY_PATTERN, each) for each in made)
