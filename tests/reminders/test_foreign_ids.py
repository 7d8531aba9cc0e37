"""Is an appointment or an invoice followed under whatever id its system gives it?"""

from datetime import UTC, datetime

import pytest

from shared.contracts.firm import AppointmentCancelled, InvoiceIssued
from shared.contracts.reminders import ContactSent
from tests.reminders.over_memory import Reminders, client, scheduled

IN_TWO_WEEKS = datetime(2026, 3, 16, 13, 0, tzinfo=UTC)
CALENDLY = "https://api.calendly.com/scheduled_events/GBGBDCAADAEDCRZ2"
MICROSOFT = "AAMkAGI2TG93AAA" + "xYz0" * 30 + "="


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client())
    return reminders


@pytest.mark.parametrize("id", [CALENDLY, MICROSOFT, "Termin 12: Büro"])
def test_a_client_is_reminded_of_an_appointment_of_any_calendar(id: str) -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS, appointment_id=id))
    reminders.until(IN_TWO_WEEKS)
    assert "appointment-day-before" in reminders.sent_rules()
    assert {each.appointment_id for each in reminders.announced_of(ContactSent)} == {id}


def test_its_cancellation_ends_the_reminders() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS, appointment_id=CALENDLY))
    reminders.tell(AppointmentCancelled(appointment_id=CALENDLY, client_id="c-1"))
    reminders.until(IN_TWO_WEEKS)
    assert "appointment-day-before" not in reminders.sent_rules()


def test_two_appointments_that_differ_in_one_sign_are_two() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS, appointment_id="2026/1"))
    reminders.tell(scheduled(IN_TWO_WEEKS, appointment_id="2026:1"))
    assert len({each.thread for each in reminders.timers()}) == 2


def test_a_client_is_reminded_of_an_invoice_with_a_german_number() -> None:
    reminders = ready()
    reminders.tell(InvoiceIssued(invoice_id="2026/0412", client_id="c-1", due_at=IN_TWO_WEEKS))
    reminders.until(datetime(2026, 4, 30, tzinfo=UTC))
    assert [each.invoice_id for each in reminders.announced_of(ContactSent)][:1] == ["2026/0412"]
