"""How are the gateway's documents kept?

What a source delivered is sealed under a key of that source and day until it has been read, and
from then on under the key of the person it is about: destroying that key empties it, also in
back-ups.
"""

from typing import Any

from services.gateway.ports import BOOKINGS, DELIVERIES, HOOKS, KNOWN, LAST_WORDS, TAKEN_IN
from shared.state.mappings import DocumentMapping

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        DELIVERIES,
        sealed={"given_id", "emails", "body"},
        blind={"email"},
        person=lambda each: each.owner,
        due=lambda each: each.due_at,
        expire=lambda each: each.until,
        indexes=([("d.client_ids", 1)], [("d.inquiry_ids", 1)], [("d.source", 1)]),
    ),
    DocumentMapping(TAKEN_IN, expire=lambda each: each.until),
    DocumentMapping(
        KNOWN,
        sealed={"email"},
        person=lambda each: f"client:{each.client_id}",
        blind={"email"},
    ),
    DocumentMapping(BOOKINGS, indexes=([("d.client_id", 1)],)),
    DocumentMapping(
        HOOKS,
        sealed={"secrets"},
        person=lambda each: f"source:{each.source}",
    ),
    DocumentMapping(LAST_WORDS),
)
