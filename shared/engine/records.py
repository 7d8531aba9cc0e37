"""What is a service told to do with everything about one person, and where does it keep that?

Intake orders, every service does it with its own documents, in the same three ways: gather what
somebody may see of themselves, erase it, or move it to another id. Each service's ``records.py``
says of which documents that is true (``Part``); how it is done is the same for all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from shared.contracts.envelope import Event
from shared.contracts.records import ClientMerged, RecordsEnded, RecordsOrdered
from shared.engine.listening import Listener, listen
from shared.errors import RuleError
from shared.mongo import Document
from shared.people import ENDS, PEOPLE, End, Person, ref_of, trail
from shared.state.document_types import DocumentType, Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

T = TypeVar("T")
OPEN = "open"

Do = Literal["export", "erase", "move"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A class of documents that outlives an erasure: by which rule, until when."""

    data_class: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done here with everything about one person."""

    order_id: str
    request_id: str
    do: Do
    client_id: str
    merged_ids: tuple[str, ...] = ()
    inquiry_ids: tuple[str, ...] = ()
    survivor_id: str | None = None
    keep: tuple[Kept, ...] = ()
    matter_ids: tuple[str, ...] = ()
    state: Literal["open", "done"] = "open"
    ordered_at: datetime
    correlation_id: str
    source: str
    event_id: str

    @property
    def client_ref(self) -> str:
        """What stands in place of the person's id where a figure stays without them."""
        return ref_of(self.request_id)

    @property
    def client_ids(self) -> tuple[str, ...]:
        """Every id of the person."""
        return (self.client_id, *self.merged_ids)

    @property
    def owners(self) -> tuple[str, ...]:
        """Whose keys seal what is known of the person."""
        of_inquiries = (f"inquiry:{each}" for each in self.inquiry_ids)
        return (*(f"client:{each}" for each in self.client_ids), *of_inquiries)

    def keeps(self, data_class: str) -> Kept | None:
        """By which rule documents of this class are kept, if they are."""
        return next((each for each in self.keep if each.data_class == data_class), None)


ORDERS: DocumentType[Order] = DocumentType(
    "records_orders",
    Order,
    key=lambda each: each.order_id,
    lookups={"state": lambda each: [each.state]},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[T]):
    """One kind of document that tells of a person.

    ``found``: the query for those of an order's person. ``told``: what an access file says of one;
    None: not a word about them. ``withheld``: why the file only names it. ``left``: what stays of
    it without the person; None: nothing. ``kept``: how it is where a rule has the firm keep it;
    None: sealed apart. ``moved``: it, as the survivor's; None: it goes.
    ``joined``: what of the moved one the survivor's own takes over, where both have one.
    """

    kind: DocumentType[T]
    data_class: str
    found: Callable[[Order], Document]
    told: Callable[[T], Mapping[str, Any] | None] | None = None
    withheld: Callable[[T], str] | None = None
    left: Callable[[T, Order], T | None] | None = None
    kept: Callable[[T], T] | None = None
    moved: Callable[[T, str, str], T | None] | None = None
    joined: Callable[[T, T], T] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """One kind of working records, and how it goes once it is over.

    ``found``: the query for those of a person, by an index. ``clear``: the step for one of them,
    which decides by the document as it is then, and says how many documents went. What might come
    back by an event that is heard again leaves a mark in its place. ``needs``: what the step reads.
    """

    kind: DocumentType[Any]
    found: Callable[[End], Document]
    clear: Callable[[str, End, UnitOfWork], int]
    needs: Callable[[str, ReadSoFar], Iterable[Need]]


@dataclass(frozen=True, slots=True)
class Records:
    """Everything a service holds of persons, and what of it goes with time."""

    parts: Sequence[Part[Any]] = ()
    cleared: Sequence[Cleared] = ()


def hear_orders() -> list[Listener[Any]]:
    """What every service hears of records: an order, an end, and that two ids are one person."""
    return [
        listen(RecordsEnded, take_end, needs_of_end),
        listen(RecordsOrdered, take_order, needs_of_order),
        listen(ClientMerged, take_merge, needs_of_merge),
    ]


def needs_of_order(event: Event[RecordsOrdered], _: ReadSoFar) -> Iterable[Need]:
    """The order, and what is known of the ids."""
    yield ORDERS.one(event.data.request_id)
    yield from (PEOPLE.one(each) for each in _ids(event.data))


def take_order(event: Event[RecordsOrdered], unit: UnitOfWork) -> None:
    """Note what is to be done; of an erased person nothing more is taken in from here on.

    An order that comes again, as after a restore, is carried out again.
    """
    said = event.data
    unit.put(
        ORDERS,
        Order(
            order_id=said.request_id,
            request_id=said.request_id,
            do=said.do,
            client_id=said.client_id,
            merged_ids=said.merged_ids,
            inquiry_ids=said.inquiry_ids,
            matter_ids=said.matter_ids,
            keep=tuple(
                Kept(data_class=each.data_class, reason=each.reason, until=each.until)
                for each in said.keep
            ),
            ordered_at=said.at,
            correlation_id=event.correlation_id,
            source=event.source,
            event_id=event.id,
        ),
    )
    for each in _ids(said) if said.do == "erase" else ():
        unit.put(PEOPLE, Person(client_id=each, erased=True, at=said.at))


def needs_of_end(event: Event[RecordsEnded], _: ReadSoFar) -> Iterable[Need]:
    """The end said before, where it is not carried out yet."""
    yield ENDS.one(event.data.client_id)


def take_end(event: Event[RecordsEnded], unit: UnitOfWork) -> None:
    """Note what is to be cleared; heard again, or late, it clears nothing that is younger."""
    said, before = event.data, unit.get(ENDS, event.data.client_id)
    if before is None or before.until < said.until:
        unit.put(ENDS, End(
            client_id=said.client_id, merged_ids=said.merged_ids, until=said.until, at=said.at,
            correlation_id=event.correlation_id,
        ))  # fmt: skip


def needs_of_merge(event: Event[ClientMerged], unit: ReadSoFar) -> Iterable[Need]:
    """What is known of both ids, and of those they were merged into before."""
    yield ORDERS.one(merge_of(event.data.merged_id))
    for client_id in (event.data.survivor_id, event.data.merged_id):
        yield from (PEOPLE.one(each) for each in trail(client_id, unit))


def take_merge(event: Event[ClientMerged], unit: UnitOfWork) -> None:
    """From now on what is said of the one is said of the other; what is here moves.

    RuleError where that would lead in a circle, or one of them is erased.
    """
    said = event.data
    survivor, merged = (trail(each, unit)[-1] for each in (said.survivor_id, said.merged_id))
    if survivor == merged:
        raise RuleError("These are one client already.", code="merged-before")
    for each in (survivor, merged):
        person = unit.get(PEOPLE, each)
        if person is not None and person.erased:
            raise RuleError("One of them was erased.", code="erased")
    unit.put(PEOPLE, Person(client_id=merged, moved_to=survivor, at=said.at))
    unit.put(
        ORDERS,
        Order(
            order_id=merge_of(said.merged_id),
            request_id=merge_of(said.merged_id),
            do="move",
            client_id=merged,
            survivor_id=survivor,
            ordered_at=said.at,
            correlation_id=event.correlation_id,
            source=event.source,
            event_id=event.id,
        ),
    )


def merge_of(merged_id: str) -> str:
    """Under which id the merge of this client is carried out and confirmed."""
    return f"merge-{merged_id}"[:64]


def _ids(said: RecordsOrdered) -> tuple[str, ...]:
    return (said.client_id, *said.merged_ids)
