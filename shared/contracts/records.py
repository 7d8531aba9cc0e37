"""What is said about the records of one person: asked for, ordered, done, and receipted?

Somebody may see what the firm holds of them, or have it erased (GDPR Art. 15 and 17); two records
of one person become one. Intake keeps the request and lets a person decide; each service does what
is ordered with its own documents and says so. Ids only: whose they are, nobody reads off them.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from shared.contracts.base import EventData, Part, refuse_fields
from shared.contracts.fields import Id, Instant, Label, Line, Whole

Done = Literal["exported", "moved", "erased"]
Ids = Annotated[tuple[Id, ...], Field(max_length=500)]


class Retained(Part):
    """What of a person is kept all the same: which class, by which rule, until when.

    ``until`` absent: no end is known yet.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    data_class: Annotated[Label, Field(alias="class")]
    reason: Line
    until: Instant | None = None


Retentions = Annotated[tuple[Retained, ...], Field(max_length=50)]


class _Retaining(EventData):
    """An event that names what is kept; ``class`` is a word no field of ours can be called."""

    def to_wire(self) -> Mapping[str, Any]:
        """The data as it travels."""
        return self.model_dump(mode="json", exclude_none=True, by_alias=True)


class _RecordsRequested(EventData):
    PUBLISHER: ClassVar[str] = "intake"

    request_id: Id
    client_id: Id
    by: Id | None = None
    """Who of the firm took it down."""
    at: Instant
    """When it reached the firm: the month of Art. 12(3) begins."""


class AccessRequested(_RecordsRequested):
    """A client wants to know what the firm holds of them."""

    TYPE: ClassVar[str] = "access-requested"


class ErasureRequested(_RecordsRequested):
    """A client wants to be forgotten."""

    TYPE: ClassVar[str] = "erasure-requested"


class ClientMerged(EventData):
    """Two ids are one person: from now on what is said of the one is said of the other."""

    TYPE: ClassVar[str] = "client-merged"
    PUBLISHER: ClassVar[str] = "intake"
    KEYS: ClassVar[tuple[str, ...]] = ("survivor_id",)

    survivor_id: Id
    merged_id: Id
    by: Id | None = None
    at: Instant

    @model_validator(mode="after")
    def _are_two(self) -> Self:
        if self.survivor_id == self.merged_id:
            raise refuse_fields(("merged_id",), "must be another id than survivor_id")
        return self


class RecordsOrdered(_Retaining):
    """A person decided: every service is to gather, or to erase, what it holds of a client.

    It stays in the stream, under the request's own key: whoever is restored from an older back-up
    hears it again.
    """

    TYPE: ClassVar[str] = "records-ordered"
    PUBLISHER: ClassVar[str] = "intake"
    KEYS: ClassVar[tuple[str, ...]] = ("request_id",)

    request_id: Id
    client_id: Id
    do: Literal["export", "erase"]
    merged_ids: Ids = ()
    """Other ids under which this client was known."""
    inquiry_ids: Ids = ()
    """The inquiries from which they became a client."""
    matter_ids: Ids = ()
    """The matters the firm had of theirs."""
    keep: Retentions = ()
    at: Instant


class RecordsConfirmed(_Retaining):
    """A service did what was ordered, with so many of its documents; what it kept is named."""

    TYPE: ClassVar[str] = "records-confirmed"
    PUBLISHER: ClassVar[str] = "every service"
    KEYS: ClassVar[tuple[str, ...]] = ("request_id",)

    request_id: Id
    client_id: Id
    service: Label
    done: Done
    n: Annotated[Whole, Field(ge=0)]
    retained: Retentions = ()
    at: Instant


class RecordsAnswered(EventData):
    """A request was answered: granted, or refused under a named exemption."""

    TYPE: ClassVar[str] = "records-answered"
    PUBLISHER: ClassVar[str] = "intake"

    request_id: Id
    client_id: Id
    asked: Literal["access", "erasure"]
    outcome: Literal["granted", "refused"]
    exemption: Label | None = None
    by: Id | None = None
    at: Instant


class ClientErased(_Retaining):
    """Every service has erased a client; which one, only the register of requests knows."""

    TYPE: ClassVar[str] = "client-erased"
    PUBLISHER: ClassVar[str] = "intake"
    KEYS: ClassVar[tuple[str, ...]] = ("client_ref",)

    client_ref: Id
    retained: Retentions = ()
    at: Instant


class RecordsEnded(EventData):
    """The time for a client's working records is over, for all of them that ended by an instant.

    Working records: what was planned, messages as they went, tasks that are done, the timeline.
    """

    TYPE: ClassVar[str] = "records-ended"
    PUBLISHER: ClassVar[str] = "intake"

    client_id: Id
    merged_ids: Ids = ()
    """Other ids under which this client was known."""
    until: Instant
    """What was over by then is cleared; what is younger, or open still, stays."""
    at: Instant


ABOUT_RECORDS = frozenset(
    each.TYPE
    for each in (
        AccessRequested,
        ErasureRequested,
        ClientMerged,
        RecordsOrdered,
        RecordsConfirmed,
        RecordsAnswered,
        ClientErased,
        RecordsEnded,
    )
)
"""What is heard also of somebody who was erased or merged."""
