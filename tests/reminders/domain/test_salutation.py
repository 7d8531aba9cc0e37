"""Is a client greeted as they would be by a careful office?"""

from typing import Any

import pytest

from services.reminders.domain.card import Card
from services.reminders.domain.salutation import addressing
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.firm import ClientUpdated, DocumentRequested
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client, scheduled

SENTENCES = {
    "en": {
        "plain": "Dear Ada Muster,", "company": "Dear Sir or Madam,", "ms": "Dear Ms Muster,",
        "doctor": "Dear Dr. Muster,", "unknown family name": "Dear Mr Ada Muster,",
        "contact": "Dear Jo Berg,", "whole": "Sehr geehrte Frau Rätin,", "preferred": "Dear Adi,",
    },
    "de": {
        "plain": "Guten Tag Ada Muster,", "company": "Sehr geehrte Damen und Herren,",
        "ms": "Guten Tag Frau Muster,", "doctor": "Guten Tag Frau Dr. Muster,",
        "unknown family name": "Guten Tag Herr Ada Muster,", "contact": "Guten Tag Jo Berg,",
        "whole": "Sehr geehrte Frau Rätin,", "preferred": "Guten Tag Adi,",
    },
}  # fmt: skip
KNOWN: dict[str, dict[str, Any]] = {
    "plain": {},
    "company": {"name": "ACME GmbH"},
    "ms": {"form_of_address": "ms", "family_name": "Muster"},
    "doctor": {"salutation": "Frau Dr.", "family_name": "Muster"},
    "unknown family name": {"salutation": "Mr"},
    "contact": {"name": "ACME GmbH", "contact_person": "Jo Berg"},
    "whole": {"salutation": "Sehr geehrte Frau Rätin,"},
    "preferred": {"preferred_name": "Adi"},
}


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_the_greeting_goes_by_what_is_known(locale: str, known: str) -> None:
    reminders = Reminders()
    reminders.tell(client(locale=locale, **KNOWN[known]))
    reminders.tell(scheduled(MONDAY.replace(day=20)))
    (message,) = reminders.after(minutes=1)
    assert message.text is not None
    assert message.text.startswith(f"{SENTENCES[locale[:2]][known]}\n\n")


@pytest.mark.parametrize(
    ("locale", "greeting"),
    [("en-US", "Dear Ms. Muster,"), ("en", "Dear Ms. Muster,"), ("en-GB", "Dear Ms Muster,"),
     ("en-IE", "Dear Ms Muster,")],
)  # fmt: skip
def test_americans_write_a_full_stop_behind_mr_and_ms(locale: str, greeting: str) -> None:
    reminders = Reminders()
    reminders.tell(client(locale=locale, form_of_address="ms", family_name="Muster"))
    reminders.tell(scheduled(MONDAY.replace(day=20)))
    (message,) = reminders.after(minutes=1)
    assert (message.text or "").startswith(f"{greeting}\n\n")


@pytest.mark.parametrize(
    "name",
    ["ACME GmbH", "Muster & Söhne KG", "Smith Holdings Ltd.", "Turnverein 1860 e. V.", "Beta AG",
     "Initech, Inc.", "Berg & Co", "Example LLP", "Kanzlei Nord PartG mbB", "Hill Trust"],
)  # fmt: skip
def test_no_company_is_written_to_as_a_person(name: str) -> None:
    assert "greeted_organisation" in addressing(Card(client_id="c-1", name=name))


def test_a_person_who_is_said_to_be_one_is_one() -> None:
    card = Card(client_id="c-1", name="Anna Limited", form_of_address="ms")
    assert addressing(card) == {"name": "Anna Limited", "greeted_form": "ms"}


def test_below_stands_the_lawyer_in_charge_where_the_firm_has_said_who_it_is() -> None:
    reminders = Reminders()
    lawyer = {"matter_id": "m-1", "owner_id": "s-9", "owner_name": "Dr. Eva Berg"}
    reminders.tell(client(owner_phone="+49 30 999", **lawyer), OPENED)
    reminders.tell(scheduled(MONDAY.replace(day=20), matter_id="m-1"))
    (message,) = reminders.after(minutes=1)
    said = "Für Sie zuständig: Dr. Eva Berg, Telefon +49 30 999"
    assert said in (message.text or "")
    assert said in (message.html or "")
    reminders.tell(ClientUpdated(client_id="c-1", matter_id="m-1", owner_id="s-4"))
    reminders.until(MONDAY.replace(day=19))
    assert "zuständig" not in (reminders.messages[-1].text or "")


def test_nothing_an_event_says_is_taken_for_a_part_of_the_greeting() -> None:
    reminders = Reminders()
    document = DocumentRequested(
        request_id="r-1", client_id="c-1", matter_id="m-1", title="Lease", due_at=MONDAY
    )
    reminders.tell(client(locale="en-GB"), OPENED, document)
    (message, *_) = reminders.after(days=4)
    assert (message.text or "").startswith("Dear Ada Muster,\n")
    known = {name for each in CATALOGUE.values() for name in each.model_fields}
    whole = Card(client_id="c-1", name="A", family_name="B", salutation="Dr.")
    assert set(addressing(whole)) & known == {"name"}


@pytest.mark.parametrize(
    ("said", "greeting"),
    [
        ({"name": "Nagy Anna Mária", "name_order": "family-first"}, "Dear Ms Nagy,"),
        ({"name": "Anna Mária Nagy", "name_order": "given-first"}, "Dear Ms Anna Mária Nagy,"),
        ({"name": "Nagy", "name_order": "family-first"}, "Dear Ms Nagy,"),
        ({"name": "Nagy Anna", "name_order": "family-first", "family_name": "Kis"}, "Dear Ms Kis,"),
    ],
)
def test_a_name_that_begins_with_the_family_name_is_greeted_by_it(
    said: dict[str, str], greeting: str
) -> None:
    reminders = Reminders()
    reminders.tell(client(locale="en-GB", form_of_address="ms", **said))
    reminders.tell(scheduled(MONDAY.replace(day=20)))
    (message,) = reminders.after(minutes=1)
    assert (message.text or "").startswith(f"{greeting}\n\n")
