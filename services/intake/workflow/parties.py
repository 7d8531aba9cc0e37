"""A person or company got a part in a matter: what follows?

A new name is checked, and so is a known party whose role changed: an opponent is not a witness.
"""

from collections.abc import Iterable

from services.intake.domain import clients
from services.intake.domain.assessment import Subject, searched_for
from services.intake.domain.checks import Searched
from services.intake.domain.history import is_past
from services.intake.domain.identifiers import NAMES, identifiers_of, in_text
from services.intake.domain.known import Known
from services.intake.domain.parties import Party, party_key, ref_of
from services.intake.domain.registers import told_of
from services.intake.ports import CLIENTS, MATTERS, PARTIES, FirmConfig
from services.intake.workflow.checking import check, needs_of_checking
from services.intake.workflow.filing import file_known, needs_of_filing
from shared.contracts.envelope import Event
from shared.contracts.firm import PartyAdded
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_party(config: FirmConfig, event: Event[PartyAdded], unit: ReadSoFar) -> Iterable[Need]:
    """The party, its matter and the matter's client, and whoever is called alike."""
    data = event.data
    yield PARTIES.one(party_key(data.matter_id, data.party_id))
    yield MATTERS.one(data.matter_id)
    yield from needs_of_filing(ref_of(data.matter_id, data.party_id))
    before, after = _before_and_after(event, unit.peek(PARTIES, _key(event)))
    client_id = _client_id(event, unit)
    if client_id is not None:
        yield CLIENTS.one(client_id)
    searched = [] if is_past(event, unit.now, config.history_after) else _new_names(before, after)
    if searched:
        yield from needs_of_checking(_subject(after, client_id), searched, unit)


def take_party(config: FirmConfig, event: Event[PartyAdded], unit: UnitOfWork) -> None:
    """Keep the party, and check its name in its role."""
    before, after = _before_and_after(event, unit.get(PARTIES, _key(event)))
    if after == before:
        return
    unit.put(PARTIES, after)
    searched = [] if is_past(event, unit.now, config.history_after) else _new_names(before, after)
    if searched:
        matter = unit.get(MATTERS, after.matter_id)
        client_id = _client_id(event, unit)
        client = unit.get(CLIENTS, client_id) if client_id is not None else None
        bringing = [each.owner_id for each in (matter, client) if each is not None]
        check(config, _subject(after, client_id), searched, bringing, unit)
    file_known(_known(after), unit)


def _key(event: Event[PartyAdded]) -> str:
    return party_key(event.data.matter_id, event.data.party_id)


def _client_id(event: Event[PartyAdded], unit: ReadSoFar) -> str | None:
    matter = unit.peek(MATTERS, event.data.matter_id)
    return matter.client_id if matter is not None else None


def _before_and_after(event: Event[PartyAdded], kept: Party | None) -> tuple[Party, Party]:
    data = event.data
    before = kept or Party(matter_id=data.matter_id, party_id=data.party_id)
    said = {name: said for name in NAMES if (said := getattr(data, name)) is not None}
    return before, told_of(before, {"role": data.role, **in_text(said)}, data.name, event.stamp)


def _new_names(before: Party, after: Party) -> list[Searched]:
    checked = before.names if before.role == after.role else ()
    told = identifiers_of(after)
    return [searched_for(name, after.role, told) for name in after.names if name not in checked]


def _subject(party: Party, client_id: str | None) -> Subject:
    ref = ref_of(party.matter_id, party.party_id)
    theirs = {clients.ref_of(client_id)} if client_id and party.role == "client" else set[str]()
    return Subject(
        trigger="party",
        ref=ref,
        own=frozenset({ref, *theirs}),
        client_id=client_id,
        matter_id=party.matter_id,
        party_id=party.party_id,
    )


def _known(party: Party) -> Known:
    return Known(
        ref=ref_of(party.matter_id, party.party_id),
        role=party.role,
        names=party.names,
        identifiers=identifiers_of(party),
        matter_id=party.matter_id,
    )
