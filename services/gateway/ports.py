"""Which documents and settled things do the steps of the gateway use?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from services.gateway.domain.bookings import Booking
from services.gateway.domain.calendars.kept import KeptCalendar
from services.gateway.domain.deliveries import Delivery
from services.gateway.domain.dispatches import MOST_IN_HAND, Dispatch, OutwardEvent
from services.gateway.domain.hooks import Hook
from services.gateway.domain.imports.imported import Book, Imported
from services.gateway.domain.imports.kept_list import KeptList, KeptMapping, ListPiece, ListRows
from services.gateway.domain.known_clients import KnownClient, folded
from services.gateway.domain.last_words import LastWord
from services.gateway.domain.receivers import Receiver
from services.gateway.domain.sources import Source
from services.gateway.domain.subscriptions import Subscription
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
SUBSCRIPTIONS: DocumentType[Subscription] = DocumentType(
    "subscriptions",
    Subscription,
    key=lambda each: each.name,
    lookups={"all": lambda _: [ALL]},
)
RECEIVERS: DocumentType[Receiver] = DocumentType("receivers", Receiver, key=lambda each: each.name)
OUTWARD_EVENTS: DocumentType[OutwardEvent] = DocumentType(
    "outward_events", OutwardEvent, key=lambda each: each.msg_id
)
DISPATCHES: DocumentType[Dispatch] = DocumentType(
    "dispatches",
    Dispatch,
    key=lambda each: each.dispatch_id,
    lookups={"in-hand": lambda each: [each.subscription] if each.state == "in-hand" else []},
    most={"in-hand": MOST_IN_HAND},
)
ALL = "all"
IMPORTED: DocumentType[Imported] = DocumentType("imported", Imported, key=lambda each: each.key)
CALENDARS: DocumentType[KeptCalendar] = DocumentType(
    "calendars", KeptCalendar, key=lambda each: each.name
)
LISTS: DocumentType[KeptList] = DocumentType(
    "imports", KeptList, key=lambda each: each.list_id, lookups={"by": lambda each: [each.by]}
)
LIST_PIECES: DocumentType[ListPiece] = DocumentType(
    "import_pieces", ListPiece, key=lambda each: each.key
)
LIST_ROWS: DocumentType[ListRows] = DocumentType("import_rows", ListRows, key=lambda each: each.key)
LIST_MAPPINGS: DocumentType[KeptMapping] = DocumentType(
    "import_mappings", KeptMapping, key=lambda each: each.name, lookups={"all": lambda _: [ALL]}
)
BOOK: DocumentType[Book] = DocumentType("book", Book, key=lambda each: each.firm)


@dataclass(frozen=True, slots=True)
class FirmConfig:
    """What the firm has settled for its doors."""

    sources: Mapping[str, Source]
    zone: str
    locale: str


KEYS = "https://www.googleapis.com/oauth2/v3/certs"


@dataclass(slots=True)
class OutwardConfig:
    """What the firm has settled for what leaves it by HTTP."""

    by_http: bool = False  # http:// too, to try things out
    hosts: frozenset[str] = frozenset()  # hosts in its own network, as host or host:port
    given_up_after: timedelta = timedelta(days=5)
    sender: str = ""  # the running process that hands over: "<replica>:<start>"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What has not reached one subscription yet."""

    count: int = 0
    oldest: datetime | None = None  # when the oldest was taken in


class DispatchLog(Protocol):
    """What became of what was sent, read where it is kept; TemporaryError when that is away."""

    async def latest(
        self, subscription: str, most: int, *, failed: bool = False
    ) -> Sequence[Dispatch]:
        """The newest of a subscription, or the newest that failed for good."""

    async def failed_since(self, subscription: str, since: datetime, most: int) -> Sequence[str]:
        """The ids of those that failed for good since then, the oldest first."""

    async def held(self, subscription: str, most: int) -> Sequence[str]:
        """The ids of those that wait for their subscription, the oldest first."""

    async def left_behind(self, sender: str, most: int) -> Sequence[str]:
        """The ids of those that an earlier process of this replica had in hand when it ended."""

    async def waiting(self) -> Mapping[str, Waiting]:
        """What has not arrived yet, by subscription."""
