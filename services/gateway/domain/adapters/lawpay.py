"""How are LawPay's (8am, AffiniPay) payments read?

The charge carries the firm's own reference, with the client and the invoice. What is known of the
card and of whoever paid is taken out before anything is stored. A charge that was completed counts
as the payment of its invoice: LawPay does not know how much was owed.
"""

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
from services.gateway.domain.references import client_and_thing
from services.gateway.domain.saying import Saying

COMPLETED, CHARGE = "transaction.completed", "CHARGE"
REFERENCE = "data.reference"


def read(payload: Payload, _: FirmDefaults) -> Reading:
    """Which invoice was paid, and by whom it was owed."""
    event = text_at(payload, "type")
    if event != COMPLETED or found_at(payload, "data.type") != CHARGE:
        return Reading(nothing=f"nothing follows from {event[:40]}")
    client_id, invoice_id = client_and_thing(text_at(payload, REFERENCE), REFERENCE)
    data = {"invoice_id": invoice_id, "client_id": client_id}
    paths = dict.fromkeys(data, REFERENCE)
    return Reading((Saying("invoice-paid", data, at=instant_at(payload, "created"), paths=paths),))


LAWPAY = Adapter(
    name="lawpay",
    read=read,
    scheme="address",
    delivery_id=own_id,
    never_kept=frozenset(
        {"method", "card", "bank", "signature", "authorization_code", "avs_result", "cvv_result",
         "ip", "custom_fields"}
    ),
)  # fmt: skip
