"""What was imported of one thing, and what does a list say about it that is new?

The last list that told of a thing is kept, sealed, so that the same list again says nothing, and
one with a changed row says exactly that change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from services.gateway.domain.imports.kinds import Kind
from services.gateway.domain.imports.rows import Entry
from shared.contracts.keys import id_made_of

What = Literal["new", "changed", "same", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One thing of the firm's book, as it was imported last."""

    key: str
    kind: Kind
    name: str  # of the mapping it came by
    owner: str  # whose key seals it
    client_id: str | None = None
    number: int = 1  # how often something was said of it
    at: datetime  # when it was imported last
    said_at: Mapping[str, datetime] = field(default_factory=dict)  # type of event → its time
    fields: Mapping[str, str] = field(default_factory=dict)  # sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """How much of each kind was imported; for whoever asks how far the firm is."""

    firm: str = "firm"
    counts: Mapping[str, int] = field(default_factory=dict)
    at: datetime | None = None


def imported_key(kind: Kind, own_id: str) -> str:
    """Under what a thing is kept: it is one, by whichever list it comes."""
    return id_made_of("im", kind, own_id)


def changed_fields(before: Imported | None, entry: Entry) -> tuple[str, ...]:
    """What the list says otherwise than the last one did; all of it where it is new."""
    known = before.fields if before is not None else {}
    names = dict.fromkeys([*entry.fields, *known])
    return tuple(each for each in names if entry.fields.get(each) != known.get(each))


def what_became(before: Imported | None, entry: Entry) -> What:
    """Whether it is new, changed or the same."""
    if before is None:
        return "new"
    return "changed" if changed_fields(before, entry) else "same"


def kept(
    before: Imported | None,
    entry: Entry,
    *,
    name: str,
    client_id: str | None,
    said: Mapping[str, datetime],
    now: datetime,
) -> Imported:
    """The thing as it is known from now on."""
    owner = f"client:{client_id}" if client_id else f"{entry.kind}:{entry.id}"
    return Imported(
        key=imported_key(entry.kind, entry.id),
        kind=entry.kind,
        name=name,
        owner=owner,
        client_id=client_id,
        number=before.number + 1 if before else 1,
        at=now,
        said_at={**(before.said_at if before else {}), **said},
        fields=dict(entry.fields),
    )


def counted(book: Book | None, fresh: Sequence[Imported], now: datetime) -> Book:
    """The counts with what is new among these."""
    before = book or Book()
    counts = dict(before.counts)
    for each in fresh:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return replace(before, counts=counts, at=now)
