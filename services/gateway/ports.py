"""Which documents and settled things do the steps of the gateway use?"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.gateway.domain.bookings import Booking
from services.gateway.domain.deliveries import Delivery
from services.gateway.domain.hooks import Hook
from services.gateway.domain.known_clients import KnownClient, folded
from services.gateway.domain.last_words import LastWord
from services.gateway.domain.sources import Source
from services.gateway.domain.taken_in import TakenIn
from shared.state.document_types import DocumentType

DELIVERIES: DocumentType[Delivery] = DocumentType(
    "deliveries",
    Delivery,
    key=lambda each: each.delivery_id,
    lookups={"email": lambda each: each.emails},
)
TAKEN_IN: DocumentType[TakenIn] = DocumentType("taken_in", TakenIn, key=lambda each: each.key)
KNOWN: DocumentType[KnownClient] = DocumentType(
    "known_clients",
    KnownClient,
    key=lambda each: each.client_id,
    lookups={"email": lambda each: [folded(each.email)] if each.email else []},
)
BOOKINGS: DocumentType[Booking] = DocumentType("bookings", Booking, key=lambda each: each.key)
HOOKS: DocumentType[Hook] = DocumentType("hooks", Hook, key=lambda each: each.source)
LAST_WORDS: DocumentType[LastWord] = DocumentType(
    "last_words", LastWord, key=lambda each: each.source
)


@dataclass(frozen=True, slots=True)
class FirmConfig:
    """What the firm has settled for its doors."""

    sources: Mapping[str, Source]
    zone: str
    locale: str
