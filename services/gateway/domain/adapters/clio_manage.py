"""How are Clio Manage's matters, bills and contacts read?

One webhook is about one model, so each has a source of its own. Ids of clients and matters are
Clio's own ids. Which fields come along is said where the webhook is made: ask for those named here.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from services.gateway.domain.reading import (
    Adapter,
    FirmDefaults,
    Payload,
    Reading,
    found_at,
    text_at,
)
from services.gateway.domain.saying import Saying
from shared.contracts.refusals import refuse

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ASK = "is missing: ask for it in the fields of the webhook"
OPENED, CLOSED = ("created", "matter_opened"), "matter_closed"
OWED, PAID, VOID = "awaiting_payment", "paid", ("void", "deleted")
MATTER_PATHS = {
    "matter_id": "data.id",
    "client_id": "data.client.id",
    "practice_area": "data.practice_area.name",
    "owner_id": "data.responsible_attorney.id",
    "closed_at": "data.close_date",
}
BILL_PATHS = {
    "invoice_id": "data.id",
    "client_id": "data.client.id",
    "due_on": "data.due_at",
    "number": "data.number",
    "amount": "data.total",
}
CONTACT_PATHS = {
    "client_id": "data.id",
    "name": "data.name",
    "email": "data.primary_email_address",
    "phone": "data.primary_phone_number",
}


def read_matter(payload: Payload, _: FirmDefaults) -> Reading:
    """A matter was opened or closed."""
    event = text_at(payload, "meta.event")
    if event != CLOSED and event not in OPENED:
        return Reading(nothing=f"nothing follows from {event[:40]}")
    data = {"matter_id": _id(payload, "data.id"), "client_id": _id(payload, "data.client.id")}
    if event == CLOSED:
        closed = {"closed_at": f"{_day(payload, 'data.close_date')}T00:00:00Z"}
        return Reading((Saying("matter-closed", data | closed, paths=MATTER_PATHS),))
    opened = {
        "practice_area": _text(payload, "data.practice_area.name"),
        "owner_id": _id(payload, "data.responsible_attorney.id"),
    }
    return Reading((Saying("matter-opened", data | opened, paths=MATTER_PATHS),))


def read_bill(payload: Payload, _: FirmDefaults) -> Reading:
    """A bill is owed, paid, or void."""
    event = text_at(payload, "meta.event")
    state = event if event == "deleted" else _text(payload, "data.state")
    data = {"invoice_id": _id(payload, "data.id"), "client_id": _id(payload, "data.client.id")}
    if state == PAID:
        return Reading((Saying("invoice-paid", data, paths=BILL_PATHS),))
    if state in VOID:
        settled = data | {"how": "cancelled"}
        return Reading((Saying("invoice-settled", settled, paths=BILL_PATHS),))
    if state != OWED:
        return Reading(nothing="it is not owed yet")
    owed = {"due_on": _day(payload, "data.due_at"), "amount": _amount(payload, "data.total")}
    number = found_at(payload, "data.number")
    named = {"number": str(number)} if number else {}
    return Reading((Saying("invoice-issued", data | owed | named, paths=BILL_PATHS),))


def read_contact(payload: Payload, firm: FirmDefaults) -> Reading:
    """Somebody became a client."""
    event = text_at(payload, "meta.event")
    if event not in ("created", "updated") or found_at(payload, "data.is_client") is not True:
        return Reading(nothing="it is no client")
    reached = {
        name: found_at(payload, path)
        for name, path in CONTACT_PATHS.items()
        if name in ("email", "phone") and found_at(payload, path)
    }
    data = {
        "client_id": _id(payload, "data.id"),
        "name": _text(payload, "data.name"),
        "timezone": firm.zone,
        "locale": firm.locale,
        **reached,
    }
    return Reading((Saying("client-onboarded", data, paths=CONTACT_PATHS),))


def _id(payload: Payload, path: str) -> str:
    value = found_at(payload, path)
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise refuse(path, ASK)
    return str(value)


def _text(payload: Payload, path: str) -> str:
    value = found_at(payload, path)
    if not isinstance(value, str) or not value:
        raise refuse(path, ASK)
    return value


def _day(payload: Payload, path: str) -> str:
    day = _text(payload, path)[:10]
    if not DAY.fullmatch(day):
        raise refuse(path, "must begin with a day, like 2026-03-16")
    return day


def _amount(payload: Payload, path: str) -> str:
    value: Any = found_at(payload, path)
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise refuse(path, ASK) from None
    if not amount.is_finite() or not 0 <= amount < 10**12:
        raise refuse(path, "must be an amount of money")
    return f"{amount:.2f}"


CLIO_MATTERS = Adapter(name="clio-matters", read=read_matter, scheme="clio")
CLIO_BILLS = Adapter(name="clio-bills", read=read_bill, scheme="clio")
CLIO_CONTACTS = Adapter(name="clio-contacts", read=read_contact, scheme="clio")
