"""What is one delivery, and what becomes of it?

It is kept as it came, under a key of its source and day, until it has been read; from then on under
the key of the person it is about. What cannot be read waits as a dead letter until the mapping is
mended.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from services.gateway.domain.known_clients import folded
from shared.contracts.keys import id_made_of

KEPT = timedelta(days=30)
"""For how long a delivery that was read may be read again."""
BEFORE_AT = re.compile(r"[\w.+%-]{1,64}\Z")
AFTER_AT = re.compile(r"[\w.-]{1,180}\.\w{2,24}")
LONGEST_LOCAL, MOST_EMAILS, MOST_LOOKED_AT = 64, 20, 1000
UNREAD_KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a source delivered, once."""

    delivery_id: str
    source: str
    received_at: datetime
    owner: str  # whose key seals it
    state: Literal["waiting", "read"] = "waiting"
    due_at: datetime | None = None
    tries: int = 0  # it waited so often for another one
    client_ids: tuple[str, ...] = ()
    inquiry_ids: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  # the types of the events that came of it
    given_id: str = ""  # sealed: the sender's own name for it
    emails: tuple[str, ...] = ()  # sealed: addresses in it, as long as it has not been read
    body: bytes = b""  # sealed
    fetched: bytes = b""  # sealed: what it only named, as it was fetched
    fetch_until: datetime | None = None  # a process fetches it until then
    fetch_tries: int = 0  # which failed
    fetch_problem: str = ""  # of the last try
    fetch_at: datetime | None = None  # when the last try ended

    @property
    def until(self) -> datetime:
        """When it goes by itself."""
        return self.received_at + (KEPT if self.state == "read" else UNREAD_KEPT)


def delivery_of(source: str, given_id: str, body: bytes, now: datetime) -> Delivery:
    """A delivery as it is kept on arrival, due to be read at once."""
    return Delivery(
        delivery_id=id_made_of("dl", source, given_id),
        source=source,
        received_at=now,
        owner=f"source:{source}:{now:%Y-%m-%d}",
        due_at=now,
        given_id=given_id,
        emails=emails_in(body),
        body=body,
    )


def emails_in(body: bytes) -> tuple[str, ...]:
    """The addresses that stand in it, some of them: by these it is found until it has been read."""
    text = body.decode(errors="replace")
    found: dict[str, None] = {}
    at = text.find("@")
    for _ in range(MOST_LOOKED_AT):
        if at < 0 or len(found) == MOST_EMAILS:
            break
        before = BEFORE_AT.search(text[max(at - LONGEST_LOCAL, 0) : at])
        after = AFTER_AT.match(text, at + 1)
        if before and after:
            found[folded(f"{before[0]}@{after[0]}")] = None
        at = text.find("@", at + 1)
    return tuple(found)


def filed_under(delivery: Delivery, client_id: str) -> Delivery:
    """It tells of this client, though nobody could read it."""
    clients = dict.fromkeys((*delivery.client_ids, client_id))
    return replace(delivery, client_ids=tuple(clients))


def read_now(
    delivery: Delivery, said: tuple[str, ...], clients: tuple[str, ...], inquiries: tuple[str, ...]
) -> Delivery:
    """It has been read: what came of it, and about whom it is.

    The words of a delivery that belongs to nobody are not kept: nobody could have them erased.
    """
    persons = [f"client:{each}" for each in clients] + [f"inquiry:{each}" for each in inquiries]
    return replace(
        delivery,
        state="read",
        due_at=None,
        said=said,
        emails=(),
        client_ids=clients,
        inquiry_ids=inquiries,
        owner=persons[0] if persons else delivery.owner,
        body=delivery.body if persons else b"",
        fetched=delivery.fetched if persons else b"",
    )


def later(delivery: Delivery, due_at: datetime) -> Delivery:
    """It waits for another delivery."""
    return replace(delivery, due_at=due_at, tries=delivery.tries + 1)
