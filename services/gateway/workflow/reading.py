"""A kept delivery is read: what it tells is said as events, and it is filed under its person.

What cannot be read raises Invalid: the delivery becomes a dead letter that names the field, and is
read again when somebody has mended the mapping. It may be read many times: what it says is the same
events each time.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from services.gateway.domain.bookings import Booking, booking_key
from services.gateway.domain.deliveries import Delivery, later, read_now
from services.gateway.domain.known_clients import folded, the_one
from services.gateway.domain.reading import FETCHED, Booked, FirmDefaults, Reading, parsed
from services.gateway.domain.saying import Saying, event_of
from services.gateway.domain.taken_in import TakenIn
from services.gateway.ports import BOOKINGS, DELIVERIES, KNOWN, TAKEN_IN, FirmConfig
from services.gateway.workflow.fetching import take_in_hand
from shared.contracts.keys import id_made_of
from shared.contracts.refusals import Invalid, refuse
from shared.people import PEOPLE, trail
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

WAITS = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""How long a delivery waits for the other one it belongs to, each time it is looked at."""


def reading_of(config: FirmConfig, delivery: Delivery) -> Reading:
    """What it tells; raises Invalid."""
    source = config.sources.get(delivery.source)
    if source is None:
        remedy = f"has no file sources/{delivery.source}.yaml any more: bring it back, or discard"
        raise refuse("source", remedy)
    payload = parsed(delivery.body)
    if source.fetches:  # whatever the sender may have put there
        there = parsed(delivery.fetched) if delivery.fetched else None
        payload = {**payload, FETCHED: there}
    return source.read(payload, FirmDefaults(config.zone, config.locale))


def needs_of_reading(config: FirmConfig, delivery: Delivery, unit: ReadSoFar) -> Iterable[Need]:
    """Whose addresses are in it, what became of those people, and which bookings it is about."""
    try:
        reading = reading_of(config, delivery)
    except Invalid:
        return
    yield from (TAKEN_IN.one(key) for each in reading.sayings if (key := _key(delivery, each)))
    for each in reading.sayings:
        client_id = each.data.get("client_id")
        if isinstance(client_id, str):
            yield from (PEOPLE.one(one) for one in trail(client_id, unit))
        elif each.email:
            yield KNOWN.by("email", folded(each.email))
            for known in unit.peek_all(KNOWN, "email", folded(each.email)):
                yield from (PEOPLE.one(one) for one in trail(known.client_id, unit))
    for uri in _bookings(reading):
        yield BOOKINGS.one(booking_key(delivery.source, uri))


def read_delivery(config: FirmConfig, delivery: Delivery, unit: UnitOfWork) -> None:
    """Say what it tells, or let it wait for the other one it belongs to; raises Invalid."""
    reading = reading_of(config, delivery)
    if reading.fetches is not None:
        take_in_hand(delivery, unit)
        return
    if _must_wait(reading, delivery, unit):
        unit.put(DELIVERIES, later(delivery, unit.now + WAITS[delivery.tries]))
        return
    sayings = [_about_its_client(each, unit) for each in reading.sayings]
    clients = tuple(dict.fromkeys(_ids(sayings, "client_id")))
    if any(_is_erased(each, unit) for each in clients):
        unit.remove(DELIVERIES, delivery.delivery_id)
        return
    if reading.booked is not None:
        sayings = [_as_booked(each, reading.booked, delivery, unit) for each in sayings]
    for each in sayings:
        _say_once(each, delivery, unit)
    said = tuple(each.type for each in sayings)
    inquiries = tuple(_ids(sayings, "inquiry_id"))
    unit.put(DELIVERIES, read_now(delivery, said, clients, inquiries))


def _say_once(saying: Saying, delivery: Delivery, unit: UnitOfWork) -> None:
    """As an event, unless another delivery has told of the very same."""
    key = _key(delivery, saying)
    if key and unit.get(TAKEN_IN, key) is not None:
        return
    if key:
        unit.put(TAKEN_IN, TakenIn(key=key, source=delivery.source, at=unit.now))
    unit.pass_on(
        event_of(
            saying, source=delivery.source, given_id=delivery.given_id,
            received_at=delivery.fetch_at or delivery.received_at, now=unit.now,
        )
    )  # fmt: skip


def _key(delivery: Delivery, saying: Saying) -> str:
    if saying.known_by is None:
        return ""
    return id_made_of("said", delivery.source, saying.type, saying.known_by)


def _must_wait(reading: Reading, delivery: Delivery, unit: UnitOfWork) -> bool:
    """Whether another delivery it goes with has not been read yet; raises Invalid at last."""
    known = {
        uri: unit.get(BOOKINGS, booking_key(delivery.source, uri)) for uri in _bookings(reading)
    }
    if reading.awaits is not None and known[reading.awaits] is None:
        if delivery.tries < len(WAITS):
            return True
        remedy = "was announced and has not arrived: have it sent again, or see the calendar"
        raise refuse("payload.new_invitee", remedy)
    if reading.booked is None or delivery.tries >= len(WAITS):
        return False
    of = reading.booked.replaces
    if of is None:  # a first booking waits for nothing, what ends one for its beginning
        is_first = reading.sayings[0].type == "appointment-scheduled"
        return not is_first and known[reading.booked.uri] is None
    return known[of] is None


def _bookings(reading: Reading) -> list[str]:
    booked = reading.booked
    named = (booked.uri, booked.replaces) if booked else ()
    return [each for each in (*named, reading.awaits) if each]


def _as_booked(saying: Saying, booked: Booked, delivery: Delivery, unit: UnitOfWork) -> Saying:
    """The same of the firm's one appointment, whatever the calendar calls it by now."""
    first = booked.replaces or booked.uri
    known = unit.get(BOOKINGS, booking_key(delivery.source, first))
    appointment_id = known.appointment_id if known else first
    unit.put(
        BOOKINGS,
        Booking(
            key=booking_key(delivery.source, booked.uri),
            source=delivery.source,
            appointment_id=appointment_id,
            client_id=str(saying.data["client_id"]),
        ),
    )
    return replace(saying, data={**saying.data, "appointment_id": appointment_id})


def _about_its_client(saying: Saying, unit: UnitOfWork) -> Saying:
    if "client_id" in saying.data or not saying.email:
        return saying
    found = unit.find(KNOWN, "email", folded(saying.email))
    return saying.of(the_one(found, saying.email_at))


def _is_erased(client_id: str, unit: UnitOfWork) -> bool:
    person = unit.peek(PEOPLE, trail(client_id, unit)[-1])
    return person is not None and person.erased


def _ids(sayings: list[Saying], name: str) -> list[str]:
    return [each.data[name] for each in sayings if isinstance(each.data.get(name), str)]
