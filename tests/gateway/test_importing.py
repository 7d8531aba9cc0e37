"""Is a list said once, exactly as far as it is new, whatever is repeated?"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from services.gateway.domain.imports.judging import ERASED, Judged, twins
from services.gateway.domain.imports.kinds import Kind
from services.gateway.domain.imports.rows import Entry
from services.gateway.ports import BOOK, IMPORTED
from services.gateway.workflow.importing import Batch, needs_of_importing, take_in, weigh
from shared.contracts.envelope import decode, encode, headers
from shared.contracts.records import RecordsOrdered
from shared.contracts.speakers import check_system
from tests.fakes.memory import MemoryService
from tests.gateway.doors import new_office

ADA: dict[str, str] = {
    "client_id": "c-7", "name": "Ada Muster", "email": "ada.muster@client.example",
    "timezone": "Europe/Berlin", "locale": "de-DE", "since": "2016-03-01",
}  # fmt: skip
CLOSED = {
    "matter_id": "m-7", "client_id": "c-7", "practice_area": "tenancy", "owner_id": "s-1",
    "opened_on": "2016-03-01", "closed_on": "2017-04-02", "status": "closed",
}  # fmt: skip
SOON = {
    "appointment_id": "a-7", "client_id": "c-7", "starts": "2026-03-20", "kind": "consultation",
    "timezone": "Europe/Berlin",
}  # fmt: skip
OWED = {
    "invoice_id": "R-7", "client_id": "c-7", "due_on": "2026-03-30", "status": "open",
    "issued_on": "2026-02-01",
}  # fmt: skip
OWN = {"clients": "client_id", "matters": "matter_id", "appointments": "appointment_id",
       "invoices": "invoice_id"}  # fmt: skip


@pytest.fixture
def office() -> MemoryService:
    return new_office()[0]


def put(
    office: MemoryService, kind: Kind, *rows: dict[str, str], dry: bool = False,
    news: datetime | None = None,
) -> list[Judged]:  # fmt: skip
    """Import some things."""
    entries = [Entry(kind, each[OWN[kind]], each, n) for n, each in enumerate(rows, 2)]
    batch = Batch("book", "Europe/Berlin", entries, news)
    step: Any = weigh if dry else take_in
    return office.ask(partial(step, batch), partial(needs_of_importing, batch))


def said(office: MemoryService) -> list[str]:
    """What was said since this was asked last."""
    types = [each.type for each in office.announced]
    office.announced.clear()
    return types


def test_a_new_row_is_told_as_history_by_a_source_only_the_gateway_has(
    office: MemoryService,
) -> None:
    (judged,) = put(office, "clients", ADA)
    (event,) = office.announced
    assert judged.what == "new"
    assert event.history
    assert event.source == "urn:system:gateway:import:book"
    assert event.time == datetime(2016, 2, 29, 23, tzinfo=UTC)
    check_system(event, event.nats_subject)
    again = decode(f"events.{event.type}.c-7", headers(event), encode(event), now=office.now)
    assert again.history
    assert again.data == event.data


def test_the_same_list_again_says_nothing(office: MemoryService) -> None:
    put(office, "clients", ADA)
    said(office)
    assert [each.what for each in put(office, "clients", ADA)] == ["same"]
    assert said(office) == []


def test_one_changed_row_is_one_event_about_what_changed(office: MemoryService) -> None:
    other = {**ADA, "client_id": "c-8", "email": "bob@client.example", "name": "Bob"}
    put(office, "clients", ADA, other)
    said(office)
    moved = {**ADA, "phone": "030 1"}
    del moved["email"]
    told = put(office, "clients", moved, other)
    assert [(each.what, each.changed) for each in told] == [
        ("changed", ("phone", "email")), ("same", ())
    ]  # fmt: skip
    (event,) = office.announced
    assert event.data.to_wire() == {"client_id": "c-7", "phone": "030 1", "email": None}


def test_a_dry_run_says_what_would_be_said_and_changes_nothing(office: MemoryService) -> None:
    (judged,) = put(office, "matters", CLOSED, dry=True)
    assert [each.type for each in judged.events] == ["matter-opened", "matter-closed"]
    assert said(office) == []
    assert office.all(IMPORTED) == []


def test_what_the_contracts_refuse_stays_out_and_the_rest_goes_in(office: MemoryService) -> None:
    bad = {**ADA, "client_id": "c-9", "email": "nobody"}
    future = {**ADA, "client_id": "c-10", "since": "2050-01-01"}
    told = put(office, "clients", bad, ADA, future)
    assert [each.what for each in told] == ["wrong", "new", "wrong"]
    assert "one e-mail address" in told[0].problems[0].message
    assert told[2].problems[0].field == "since"
    assert said(office) == ["client-onboarded"]


def test_a_matter_closed_since_the_last_list_is_closed_now(office: MemoryService) -> None:
    is_open = {each: CLOSED[each] for each in CLOSED if each != "closed_on"} | {"status": "open"}
    put(office, "matters", is_open)
    assert said(office) == ["matter-opened"]
    put(office, "matters", CLOSED)
    (event,) = office.announced
    assert (event.type, event.data.closed_at.date().isoformat()) == ("matter-closed", "2017-04-02")
    said(office)
    put(office, "matters", is_open)
    assert said(office) == ["matter-reopened"]


def test_the_last_contact_of_an_open_matter_is_told_on_its_day(office: MemoryService) -> None:
    spoken = {each: CLOSED[each] for each in CLOSED if each != "closed_on"}
    spoken |= {"status": "open", "last_contact_on": "2026-02-20"}
    put(office, "matters", spoken)
    (opened, contact) = office.announced
    assert (opened.type, contact.type) == ("matter-opened", "client-contact-logged")
    assert contact.history
    assert contact.time == contact.data.at == datetime(2026, 2, 19, 23, tzinfo=UTC)
    assert (contact.data.matter_id, contact.data.direction) == ("m-7", "out")
    said(office)
    put(office, "matters", {**spoken, "last_contact_on": "2026-02-25"})
    assert said(office) == ["client-contact-logged"]


def test_a_last_contact_that_is_still_to_come_is_wrong_at_its_field(office: MemoryService) -> None:
    ahead = {**CLOSED, "status": "open", "last_contact_on": "2050-01-01"}
    del ahead["closed_on"]
    (judged,) = put(office, "matters", ahead)
    assert [each.field for each in judged.problems] == ["last_contact_on"]


def test_who_leads_a_closed_matter_is_corrected_and_it_stays_closed(office: MemoryService) -> None:
    put(office, "matters", CLOSED)
    opened, closed = office.announced
    said(office)
    put(office, "matters", {**CLOSED, "owner_id": "s-2"})
    (again,) = office.announced
    assert again.type == "matter-opened"
    assert opened.stamp < again.stamp < closed.stamp


def test_an_appointment_is_moved_called_off_and_takes_place_after_all(
    office: MemoryService,
) -> None:
    put(office, "clients", ADA)
    put(office, "appointments", SOON)
    put(office, "appointments", {**SOON, "starts": "2026-03-21T09:00:00.000Z"})
    put(office, "appointments", {**SOON, "status": "cancelled"})
    put(office, "appointments", SOON)
    assert said(office)[1:] == [
        "appointment-scheduled", "appointment-rescheduled", "appointment-cancelled",
        "appointment-rescheduled",
    ]  # fmt: skip


def test_an_invoice_that_was_paid_is_paid_and_nothing_takes_that_back(
    office: MemoryService,
) -> None:
    put(office, "invoices", OWED)
    put(office, "invoices", {**OWED, "status": "paid", "paid_on": "2026-02-10"})
    assert said(office) == ["invoice-issued", "invoice-paid"]
    (judged,) = put(office, "invoices", OWED)
    assert judged.what == "wrong"
    assert judged.problems[0].field == "status"
    put(office, "invoices", {**OWED, "invoice_id": "R-8", "status": "disputed"})
    assert said(office) == ["invoice-issued", "invoice-settled"]


def test_what_happened_since_a_day_the_firm_names_is_news(office: MemoryService) -> None:
    put(office, "matters", CLOSED, news=datetime(2017, 1, 1, tzinfo=UTC))
    assert [(each.type, each.history) for each in office.announced] == [
        ("matter-opened", True), ("matter-closed", False)
    ]  # fmt: skip


def test_a_client_is_found_by_their_address_and_nobody_is_guessed(office: MemoryService) -> None:
    by_mail = {**SOON, "client_email": "Ada@Client.example"}
    del by_mail["client_id"]
    (found,) = put(office, "appointments", by_mail)
    assert found.events[0].data.client_id == "c-1"
    (nobody,) = put(office, "appointments", {**by_mail, "client_email": "x@client.example"})
    assert "no client" in nobody.problems[0].message


def test_a_client_another_system_told_of_is_changed_and_not_begun_anew(
    office: MemoryService,
) -> None:
    (judged,) = put(office, "clients", {**ADA, "client_id": "c-1"})
    assert judged.what == "changed"
    assert said(office) == ["client-updated"]


def test_somebody_who_was_erased_does_not_come_back(office: MemoryService) -> None:
    put(office, "clients", ADA)
    order = RecordsOrdered(request_id="r-1", client_id="c-7", do="erase", at=office.now)
    office.hear(order)
    said(office)
    told = [*put(office, "clients", {**ADA, "name": "Ada M."}), *put(office, "appointments", SOON)]
    assert {note.message for each in told for note in each.problems} == {ERASED}
    assert said(office) == []


def test_what_hangs_in_the_air_and_who_may_be_one_person_is_worth_a_look(
    office: MemoryService,
) -> None:
    (loose,) = put(office, "appointments", SOON)
    assert "no client known so far" in loose.remarks[0].message
    (alike,) = put(office, "clients", {**ADA, "email": "ada@client.example"})
    assert "client c-1" in alike.remarks[0].message
    again = {**ADA, "client_id": "c-8", "email": "other@client.example"}
    entries = [Entry("clients", "c-7", ADA, 2), Entry("clients", "c-8", again, 3)]
    assert {row: [each.field for each in notes] for row, notes in twins(entries).items()} == {
        3: ["name"]
    }


def test_how_much_was_imported_is_counted_once(office: MemoryService) -> None:
    for _ in range(2):
        put(office, "clients", ADA)
        put(office, "matters", CLOSED)
        office.now += timedelta(days=1)
    (book,) = office.all(BOOK)
    assert book.counts == {"clients": 1, "matters": 1}
