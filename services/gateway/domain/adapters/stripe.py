"""How are Stripe's invoices read?

A client is known by ``metadata.client_id`` of the invoice, or by the e-mail address it was sent to.
Invoices that Stripe charges by itself, and those without a due day, remind nobody of anything.
"""

from services.gateway.domain.expressions import money_of
from services.gateway.domain.reading import (
    Adapter,
    FirmDefaults,
    Payload,
    Reading,
    found_at,
    instant_at,
    own_id,
    text_at,
)
from services.gateway.domain.saying import Saying
from shared.contracts.fields import wire_instant
from shared.contracts.refusals import refuse

FINALIZED, PAID, VOIDED = "invoice.finalized", "invoice.paid", "invoice.voided"
OBJECT = "data.object"
PATHS = {
    "invoice_id": f"{OBJECT}.id",
    "client_id": f"{OBJECT}.metadata.client_id or {OBJECT}.customer_email",
    "due_at": f"{OBJECT}.due_date",
    "number": f"{OBJECT}.number",
    "amount": f"{OBJECT}.amount_due",
    "currency": f"{OBJECT}.currency",
}


def read(payload: Payload, _: FirmDefaults) -> Reading:
    """What a delivery tells of an invoice."""
    event = text_at(payload, "type")
    if event == PAID:
        return Reading((_saying("invoice-paid", payload, {}),))
    if event == VOIDED:
        return Reading((_saying("invoice-settled", payload, {"how": "cancelled"}),))
    if event == FINALIZED:
        return _issued(payload)
    return Reading(nothing=f"nothing follows from {event[:40]}")


def _issued(payload: Payload) -> Reading:
    due = found_at(payload, f"{OBJECT}.due_date")
    if found_at(payload, f"{OBJECT}.collection_method") == "charge_automatically" or due is None:
        return Reading(nothing="nobody has to pay it by a day")
    currency = text_at(payload, f"{OBJECT}.currency").upper()
    data = {
        "due_at": wire_instant(instant_at(payload, f"{OBJECT}.due_date")),
        "amount": money_of(_whole(payload, f"{OBJECT}.amount_due"), currency),
        "currency": currency,
    }
    number = found_at(payload, f"{OBJECT}.number")
    return Reading(
        (_saying("invoice-issued", payload, data | ({"number": number} if number else {})),)
    )


def _saying(said: str, payload: Payload, data: dict[str, str]) -> Saying:
    client_id = found_at(payload, f"{OBJECT}.metadata.client_id")
    named = {"client_id": client_id} if client_id else {}
    return Saying(
        type=said,
        data={"invoice_id": text_at(payload, f"{OBJECT}.id"), **named, **data},
        at=instant_at(payload, "created"),
        email=None if client_id else text_at(payload, f"{OBJECT}.customer_email"),
        email_at=f"{OBJECT}.customer_email",
        paths=PATHS,
    )


def _whole(payload: Payload, path: str) -> int:
    value = found_at(payload, path)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**12:
        raise refuse(path, "must be a whole number")
    return value


STRIPE = Adapter(
    name="stripe",
    read=read,
    scheme="stripe",
    delivery_id=own_id,
    never_kept=frozenset(
        {
            "card",
            "charge",
            "payment_intent",
            "payment_method",
            "payment_method_details",
            "payment_settings",
            "default_payment_method",
            "default_source",
            "source",
            "sources",
            "hosted_invoice_url",
            "invoice_pdf",
            "customer_address",
            "customer_phone",
            "customer_tax_ids",
            "shipping_details",
            "lines",
        }
    ),
)
