"""Does a kept delivery become the right events, and a dead letter where it cannot?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from services.gateway.ports import BOOKINGS, DELIVERIES
from shared.contracts.records import RecordsOrdered
from shared.contracts.refusals import Invalid
from tests.gateway.domain.test_adapters import sample
from tests.gateway.doors import PAID, DoorsOpen, onboarded

FIRST = "https://api.calendly.com/scheduled_events/EV1/invitees/IN1"
BOOKED, NEW, OLD, GONE = (
    sample(f"calendly/{name}")["received"]
    for name in ("booked", "moved-new", "moved-old", "cancelled")
)


def types(said: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """What was said, in order."""
    return [each for each, _ in said]


async def test_a_client_is_known_by_the_address_they_booked_with(gateway: DoorsOpen) -> None:
    await gateway.book(BOOKED)
    ((said, data),) = gateway.read()
    assert said == "appointment-scheduled"
    assert (data["client_id"], data["appointment_id"]) == ("c-1", FIRST)


async def test_a_booking_of_nobody_known_names_where_the_address_stood(gateway: DoorsOpen) -> None:
    stranger = json.loads(json.dumps(BOOKED).replace("ada@client", "eve@client"))
    await gateway.book(stranger)
    with pytest.raises(Invalid, match="no client's e-mail address") as no:
        gateway.read()
    assert no.value.field_errors[0].field == "payload.email"
    gateway.office.hear(onboarded("c-9", "EVE@client.example"))
    assert gateway.read()[0][1]["client_id"] == "c-9"  # replayed, now that she is a client


async def test_an_address_of_two_clients_is_guessed_for_nobody(gateway: DoorsOpen) -> None:
    gateway.office.hear(onboarded("c-2", "ada@client.example"))
    await gateway.book(BOOKED)
    with pytest.raises(Invalid, match="several clients"):
        gateway.read()


@pytest.mark.parametrize("order", [(BOOKED, OLD, NEW), (BOOKED, NEW, OLD)])
async def test_a_moved_booking_is_one_moved_appointment_in_either_order(
    gateway: DoorsOpen, order: tuple[Any, ...]
) -> None:
    for each in order:
        await gateway.book(each)
        gateway.read()
    said = gateway.read(timedelta(hours=1))
    assert types(said) == ["appointment-scheduled", "appointment-rescheduled"]
    assert said[1][1]["appointment_id"] == FIRST
    assert said[1][1]["starts_at"] == "2026-03-06T13:00:00.000Z"


async def test_moved_twice_and_told_backwards_it_is_still_one_appointment(
    gateway: DoorsOpen,
) -> None:
    second, third = NEW["payload"]["uri"], FIRST.replace("IN1", "IN3")
    again = json.loads(json.dumps(NEW))
    again["payload"] |= {"uri": third, "old_invitee": second}
    for each in (again, NEW, BOOKED):
        await gateway.book(each)
    said = gateway.read(timedelta(hours=1))
    assert {each["appointment_id"] for _, each in said} == {FIRST}
    assert types(said).count("appointment-rescheduled") == 2


async def test_a_move_whose_new_booking_never_comes_is_for_a_person(gateway: DoorsOpen) -> None:
    await gateway.book(BOOKED)
    await gateway.book(OLD)
    with pytest.raises(Invalid, match="announced and has not arrived"):
        gateway.read(timedelta(days=1))
    said = [each.type for each in gateway.office.announced]
    assert said == ["appointment-scheduled"]  # and nothing was cancelled


async def test_a_cancelled_booking_ends_the_appointment_it_stands_for(gateway: DoorsOpen) -> None:
    moved = json.loads(json.dumps(GONE))
    moved["payload"]["uri"] = NEW["payload"]["uri"]
    for each in (BOOKED, NEW, moved):
        await gateway.book(each)
    said = gateway.read(timedelta(hours=1))
    assert types(said)[-1] == "appointment-cancelled"
    assert said[-1][1] == {"appointment_id": FIRST, "client_id": "c-1"}


async def test_a_cancellation_of_a_booking_never_heard_of_is_said_in_the_end(
    gateway: DoorsOpen,
) -> None:
    await gateway.book(GONE)
    assert types(gateway.read()) == []
    assert types(gateway.read(timedelta(hours=1))) == ["appointment-cancelled"]


async def test_read_again_it_says_the_same_events(gateway: DoorsOpen) -> None:
    await gateway.deliver(PAID)
    gateway.read()
    (delivery,) = gateway.office.all(DELIVERIES)
    await gateway.deliver(PAID, id="msg_2")
    gateway.read()
    ids = [each.id for each in gateway.office.announced]
    assert len(set(ids)) == 2
    assert delivery.said == ("invoice-paid",)


async def test_what_a_mapping_cannot_fill_names_the_field_and_where_it_stood(
    gateway: DoorsOpen,
) -> None:
    await gateway.deliver({"kind": "paid", "when": "2026-03-02T08:00:00Z", "invoice": {}})
    with pytest.raises(Invalid) as no:
        gateway.read()
    named = {each.field: each.message for each in no.value.field_errors}
    assert named["client_id"].endswith("(in the delivery: invoice.client)")


async def test_what_is_ignored_says_nothing_and_keeps_no_words(gateway: DoorsOpen) -> None:
    await gateway.deliver({"kind": "ping", "secret": "word"})
    assert gateway.read() == []
    (delivery,) = gateway.office.all(DELIVERIES)
    assert (delivery.state, delivery.body) == ("read", b"")


async def test_a_read_delivery_is_sealed_for_whom_it_is_about(gateway: DoorsOpen) -> None:
    await gateway.deliver(PAID)
    assert gateway.office.all(DELIVERIES)[0].owner == "source:billing:2026-03-02"
    gateway.read()
    assert gateway.office.all(DELIVERIES)[0].owner == "client:c-1"


async def test_of_an_erased_client_nothing_is_said_and_nothing_kept(gateway: DoorsOpen) -> None:
    gateway.office.hear(
        RecordsOrdered(request_id="r-1", client_id="c-1", do="erase", at=gateway.office.now)
    )
    await gateway.deliver(PAID)
    assert gateway.read() == []
    assert gateway.office.all(DELIVERIES) == []
    assert gateway.office.all(BOOKINGS) == []


async def test_what_could_not_be_read_is_found_by_the_address_in_it(gateway: DoorsOpen) -> None:
    await gateway.deliver({"kind": "odd", "customer": {"email": "Ada@Client.example"}})
    await gateway.deliver({"kind": "odd", "customer": {"email": "eve@client.example"}}, id="msg_2")
    order = RecordsOrdered(request_id="r-1", client_id="c-1", do="export", at=gateway.office.now)
    gateway.office.hear(order)
    filed = {each.given_id: each.client_ids for each in gateway.office.all(DELIVERIES)}
    assert filed == {"msg_1": ("c-1",), "msg_2": ()}
