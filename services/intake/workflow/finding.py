"""Somebody at the desk looks for a person, a matter or an inquiry: who may be meant?

Names are found by the keys and rules of every conflict check, addresses and numbers by keyed
hashes, the rest by its whole id. Nothing is kept of it, and nothing decided by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.intake.domain.clients import Client
from services.intake.domain.identifiers import reached_by, sought_reach
from services.intake.domain.inquiries import Inquiry
from services.intake.domain.known import CORPUS_KEY, Known, closest_name, match_of
from services.intake.domain.matters import Matter
from services.intake.domain.parties import Party
from services.intake.domain.search_keys import looking_keys
from services.intake.ports import CLIENTS, CONFLICT_INDEX, CORPUS, INQUIRIES, MATTERS, PARTIES
from shared.contracts.finds import FoundTold
from shared.contracts.restrictions import subjects_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

SURE = 1_000  # found by its id; an address or a number comes next, then names by their score
REACHED = 500
WITH_MATTERS = 10  # clients whose matters are told too, and of how many matters
BY = {"E": "e-mail", "T": "phone"}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing that may be meant, and how surely."""

    score: int
    told: FoundTold

    @property
    def thing(self) -> str:
        """What it is, whichever way it was found."""
        told = self.told
        match told.kind:
            case "client":
                return f"client:{told.client_id}"
            case "inquiry":
                return f"inquiry:{told.inquiry_id}"
            case "matter":
                return f"matter:{told.matter_id}"
        return f"party:{told.matter_id or told.inquiry_id}:{told.name}"

    @property
    def subjects(self) -> tuple[str, ...]:
        """What a wall may stand around."""
        told = self.told
        return subjects_in(
            {"client_id": told.client_id, "matter_id": told.matter_id,
             "inquiry_id": told.inquiry_id}
        )  # fmt: skip


def needs_of_finding(words: str, unit: ReadSoFar) -> Iterable[Need]:
    """What it may be the id of, who is called or reached so; then what these belong to."""
    yield from (kind.one(words) for kind in (CLIENTS, INQUIRIES, MATTERS) if words)
    reach, keys = sought_reach(words), looking_keys(words)
    if reach:
        yield from (kind.by_any("reach", reach) for kind in (CLIENTS, PARTIES, INQUIRIES))
    yield CORPUS.one(CORPUS_KEY)
    if keys:
        yield CONFLICT_INDEX.by_any("filed", keys)
    called = _called(words, unit)
    for known, _ in called:
        yield from _needs_around(known)
    clients = [known.client_id for known, _ in called if known.client_id is not None]
    if reach:
        yield from (MATTERS.one(p.matter_id) for p in unit.peek_any(PARTIES, "reach", reach))
        clients += [each.client_id for each in unit.peek_any(CLIENTS, "reach", reach)]
    if unit.peek(CLIENTS, words) is not None:
        clients.append(words)
    yield from (MATTERS.by("client", each) for each in clients[-WITH_MATTERS:])


def sightings(words: str, unit: UnitOfWork) -> list[Sighting]:
    """Everything found, the surest first, each thing once; nothing of an erased person."""
    found = [*_by_id(words, unit), *_by_reach(words, unit), *_by_name(words, unit)]
    found.sort(key=lambda each: (-each.score, each.thing))
    once: dict[str, Sighting] = {}
    for each in found:
        once.setdefault(each.thing, each)
    return list(once.values())


def matters_of(sighting: Sighting, unit: UnitOfWork) -> list[Matter]:
    """Of a client, the open ones first, where they were read; of a matter, itself."""
    told = sighting.told
    if told.kind == "matter" and told.matter_id is not None:
        found = unit.get(MATTERS, told.matter_id)
        return [found] if found is not None else []
    if told.kind != "client":
        return []
    every = unit.peek_all(MATTERS, "client", told.client_id or "")
    return sorted(every, key=lambda each: (each.state != "open", each.matter_id))[:WITH_MATTERS]


def _needs_around(known: Known) -> Iterable[Need]:
    if known.client_id is not None:
        yield CLIENTS.one(known.client_id)
    if known.matter_id is not None:
        yield MATTERS.one(known.matter_id)
    if known.inquiry_id is not None:
        yield INQUIRIES.one(known.inquiry_id)


def _by_id(words: str, unit: UnitOfWork) -> Iterable[Sighting]:
    client, inquiry = unit.get(CLIENTS, words), unit.get(INQUIRIES, words)
    matter = unit.get(MATTERS, words)
    if client is not None and not client.erased:
        yield Sighting(SURE, _client(client))
    if inquiry is not None:
        yield Sighting(SURE, _inquiry(inquiry))
    if matter is not None:
        yield Sighting(
            SURE,
            FoundTold(
                kind="matter", by="id", matter_id=matter.matter_id, client_id=matter.client_id
            ),
        )


def _by_reach(words: str, unit: UnitOfWork) -> Iterable[Sighting]:
    reach = sought_reach(words)
    if not reach:
        return
    by = {"by": BY[reach[0][0]]}
    for client in unit.peek_any(CLIENTS, "reach", reach):
        if not client.erased and set(reached_by(client)) & set(reach):
            yield Sighting(REACHED, _client(client).model_copy(update=by))
    for inquiry in unit.peek_any(INQUIRIES, "reach", reach):
        yield Sighting(REACHED, _inquiry(inquiry).model_copy(update=by))
    for party in unit.peek_any(PARTIES, "reach", reach):
        yield Sighting(REACHED, _party(party, unit).model_copy(update=by))


def _by_name(words: str, unit: UnitOfWork) -> Iterable[Sighting]:
    for known, score in _called(words, unit):
        found = _known(known, words, unit)
        if found is not None:
            yield Sighting(score, found)


def _called(words: str, unit: ReadSoFar) -> list[tuple[Known, int]]:
    """Who of all the firm knows is called like this; none before they are read."""
    keys = looking_keys(words)
    candidates = unit.peek_any(CONFLICT_INDEX, "filed", keys) if keys else []
    found = [
        (known, match.score)
        for known in candidates
        if not known.restricted and (match := match_of(words, None, known)) is not None
    ]
    return sorted(found, key=lambda each: (each[1], each[0].ref))


def _known(known: Known, words: str, unit: UnitOfWork) -> FoundTold | None:
    if known.matter_id is not None:
        matter = unit.peek(MATTERS, known.matter_id)
        return FoundTold(
            kind="party",
            by="name",
            name=closest_name(words, known),
            role=known.role,
            matter_id=known.matter_id,
            client_id=matter.client_id if matter is not None else None,
        )
    if known.client_id is not None:
        client = unit.peek(CLIENTS, known.client_id)
        return _client(client, "name") if client is not None and not client.erased else None
    inquiry = unit.peek(INQUIRIES, known.inquiry_id or "")
    if inquiry is None:
        return None
    told = _inquiry(inquiry, "name")
    if known.role != "adverse":
        return told
    name = closest_name(words, known)
    return told.model_copy(update={"kind": "party", "name": name, "role": "adverse"})


def _client(client: Client, by: str = "id") -> FoundTold:
    return FoundTold.model_validate(
        {"kind": "client", "by": by, "name": client.name, "client_id": client.client_id}
    )


def _inquiry(inquiry: Inquiry, by: str = "id") -> FoundTold:
    return FoundTold.model_validate(
        {"kind": "inquiry", "by": by, "name": inquiry.name, "inquiry_id": inquiry.inquiry_id,
         "client_id": inquiry.client_id, "matter_id": inquiry.matter_id}
    )  # fmt: skip


def _party(party: Party, unit: UnitOfWork) -> FoundTold:
    matter = unit.peek(MATTERS, party.matter_id)
    return FoundTold(
        kind="party",
        by="id",
        name=party.name,
        role=party.role,
        matter_id=party.matter_id,
        client_id=matter.client_id if matter is not None else None,
    )
