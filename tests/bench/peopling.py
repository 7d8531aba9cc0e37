"""How does the measured firm come to have a hundred thousand clients with a past?

Every document is what the services' own mappings make of it, sealed under each person's own key and
written in bulk: what intake knows of a client, their names in the conflict index, matters, parties,
consents; at the desk their card, the lines of their timelines and what was noted of talks.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from pymongo import WriteConcern

from services.desk.domain.cards import Card
from services.desk.domain.listed_task import Reason
from services.desk.domain.notes import ContactNote
from services.desk.domain.timeline import Entry, GateVerdict
from services.desk.ports.clients import CARDS
from services.desk.ports.notes import CONTACT_NOTES
from services.desk.ports.timeline import ENTRIES
from services.intake.domain.clients import Client, ref_of
from services.intake.domain.consents import Consent
from services.intake.domain.identifiers import identifiers_of
from services.intake.domain.known import Known
from services.intake.domain.matters import Matter
from services.intake.domain.parties import Party
from services.intake.domain.parties import ref_of as ref_of_party
from services.intake.ports import CLIENTS, CONFLICT_INDEX, CONSENTS, MATTERS, PARTIES
from shared.clock import real_now, to_millisecond
from shared.process.run import mappings_of
from shared.process.settings import read_key
from shared.state.document_types import DocumentType
from shared.state.keys import KeyRing
from tests.bench.known import names
from tests.bench.rig import Rig

AT_ONCE = 10_000
LINES_EACH = 10
STAMP = "2026-03-02T09:00:00.000Z urn:firm:practice-management e-1"
STAMPS = {"name": STAMP, "email": STAMP, "phone": STAMP}
Row = tuple[DocumentType[Any], Any]


class BulkDoor:
    """A service's documents, written many at a time as the service itself would keep each."""

    def __init__(self, rig: Rig, service: str) -> None:
        key = read_key(rig.secrets.master_key_file(service), "master key")
        self._database = rig.database(service)
        self._keys = KeyRing(self._database, key)
        self._mappings = {each.collection: each for each in mappings_of(rig.apps[service])}

    async def put(self, rows: Iterable[Row]) -> None:
        """Keep all of these; none may be there yet."""
        waiting = iter(rows)
        while some := list(islice(waiting, AT_ONCE)):
            await self._put(some)

    async def _put(self, some: list[Row]) -> None:
        owners = {
            mapping.person(value)
            for kind, value in some
            if (mapping := self._mappings[kind.collection]).person
        }
        await self._keys.fetch(owners)
        new = self._keys.prepare(owners)
        if new.operations:
            await self._collection("keys").bulk_write(new.operations, ordered=False)
        self._keys.adopt(new)
        made: dict[str, list[dict[str, Any]]] = {}
        for kind, value in some:
            document = self._mappings[kind.collection].to_document(value, 1, self._keys, new)
            made.setdefault(kind.collection, []).append(document)
        for collection, documents in made.items():
            await self._collection(collection).insert_many(documents, ordered=False)
        self._keys.forget(owners)

    def _collection(self, name: str) -> Any:
        """Nobody measures how they come here: the server need not wait for its disk."""
        relaxed = WriteConcern(w=1, j=False)
        return self._database.collection(name).with_options(write_concern=relaxed)


def phone_of(number: int) -> str:
    """A telephone number of their own."""
    return f"+49 30 {10_000_000 + number}"


def known_to_intake(count: int) -> Iterator[Row]:
    """What intake holds of so many clients."""
    for number, name in enumerate(islice(names(), count)):
        client = Client(
            client_id=f"c-{number}", name=name, email=f"c{number}@example.com",
            phone=phone_of(number), timezone="Europe/Berlin", locale="de", owner_id="s-03",
            onboarded=True, interpreter="tr" if number % 50 == 0 else None, stamps=STAMPS,
        )  # fmt: skip
        yield CLIENTS, client
        yield CONFLICT_INDEX, _known(client)
        for purpose in ("service", "feedback"):
            yield (
                CONSENTS,
                Consent(
                    client_id=client.client_id,
                    purpose=purpose,
                    granted=True,
                    stamps={"granted": STAMP},
                ),
            )
        yield from _matter(number, name)


def _known(client: Client) -> Known:
    return Known(
        ref=ref_of(client.client_id),
        role="client",
        names=client.names,
        client_id=client.client_id,
        identifiers=identifiers_of(client),
    )


def _matter(number: int, name: str) -> Iterator[Row]:
    """One matter each, and in every second one somebody on the other side."""
    matter = Matter(
        matter_id=f"m-{number}", client_id=f"c-{number}", owner_id="s-03", practice_area="family",
        state="open" if number % 3 else "closed",
    )  # fmt: skip
    yield MATTERS, matter
    if number % 2:
        return
    other = Party(
        matter_id=matter.matter_id, party_id=f"p-{number}", role="adverse", name=f"{name} II"
    )
    yield PARTIES, other
    yield CONFLICT_INDEX, Known(
        ref=ref_of_party(other.matter_id, other.party_id), role="adverse", names=other.names,
        matter_id=other.matter_id,
    )  # fmt: skip


def shown_at_desk(count: int, lines: int) -> Iterator[Row]:
    """The cards of so many clients, and so many lines of timelines, as many for each."""
    now = to_millisecond(real_now())
    for number, name in enumerate(islice(names(), count)):
        yield CARDS, Card(client_id=f"c-{number}", name=name, stamp=STAMP)
        for line in range(max(lines // count, 1)):
            yield from _line(number, line, now - timedelta(days=line + 1, seconds=number % 80_000))


KINDS = (
    "client-contact-logged", "contact-sent", "contact-planned", "appointment-booked",
    "contact-suppressed",
)  # fmt: skip


def _line(number: int, line: int, at: datetime) -> Iterator[Row]:
    kind, id = KINDS[line % len(KINDS)], f"e-{number}-{line}"
    gates = tuple(
        GateVerdict(gate=gate, verdict="pass") for gate in ("person", "consent", "quiet-hours")
    )
    yield ENTRIES, Entry(
        entry_id=id, client_id=f"c-{number}", at=at, kind=kind, event_id=id,
        text="Spoke with the client by phone.", matter_id=f"m-{number}",
        why=Reason(event_id=f"e-{number}-{max(line - 1, 0)}", text="The matter was opened."),
        gates=gates if kind.startswith("contact-") else (),
    )  # fmt: skip
    if kind == KINDS[0]:
        yield (
            CONTACT_NOTES,
            ContactNote(
                entry_id=id, client_id=f"c-{number}", by="s-03", text="They will send the papers."
            ),
        )
