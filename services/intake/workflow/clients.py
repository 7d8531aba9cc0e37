"""Somebody became a client, or something about a client changed: what follows?

The newest statement of each field holds, in whatever order they arrive; a client published twice
is one client. Every name that is new is checked, once the client is onboarded.
"""

from collections.abc import Iterable
from typing import Any

from services.intake.domain.assessment import Subject, searched_for
from services.intake.domain.checks import Searched
from services.intake.domain.clients import Client, ref_of, told
from services.intake.domain.history import is_past
from services.intake.domain.identifiers import identifiers_of, in_text
from services.intake.domain.known import Known
from services.intake.ports import CHECKS, CLIENTS, MATTERS, FirmConfig
from services.intake.workflow.barring import bar, needs_of_barring
from services.intake.workflow.checking import check, needs_of_checking
from services.intake.workflow.consents import grant_all, needs_of_grants
from services.intake.workflow.filing import file_known, needs_of_filing
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientOnboarded, ClientUpdated
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

ClientEvent = Event[ClientOnboarded] | Event[ClientUpdated]


def needs_of_client(config: FirmConfig, event: ClientEvent, unit: ReadSoFar) -> Iterable[Need]:
    """The client, their entry in the conflict index, and whoever is called alike."""
    data = event.data
    yield CLIENTS.one(data.client_id)
    yield from needs_of_filing(ref_of(data.client_id))
    if data.consents:
        yield from needs_of_grants(data.client_id, data.consents)
    before = unit.peek(CLIENTS, data.client_id) or Client(client_id=data.client_id)
    if _is_other_owner(before, data.owner_id):
        yield from needs_of_barring(_own_checks(data.client_id), unit)
    yield MATTERS.by("client", data.client_id)
    searched = _new_names(before, event, past=_is_past(config, event, unit))
    if searched:
        yield from needs_of_checking(subject_of(before), searched, unit)


def take_client(config: FirmConfig, event: ClientEvent, unit: UnitOfWork) -> None:
    """Keep what the event says about the client, and check each new name."""
    data = event.data
    before = unit.get(CLIENTS, data.client_id) or Client(client_id=data.client_id)
    after = told(before, in_text(_facts(event)), event.stamp)
    grant_all(event, unit)
    if after == before:
        return
    unit.put(CLIENTS, after)
    other = after.owner_id is not None and _is_other_owner(before, after.owner_id)
    if other and config.sole_practice is None:
        bar(str(after.owner_id), _own_checks(data.client_id), unit)
    searched = _new_names(before, event, past=_is_past(config, event, unit))
    if searched:
        matters = unit.find(MATTERS, "client", data.client_id)
        bringing = [after.owner_id, *(each.owner_id for each in matters)]
        check(config, subject_of(after), searched, bringing, unit)
    file_known(_known(after), unit)


def _facts(event: ClientEvent) -> dict[str, Any]:
    data = event.data
    if isinstance(data, ClientUpdated):
        return data.changed()
    facts = data.model_dump(exclude_none=True, exclude={"client_id", "consents"})
    return {**facts, "onboarded": True}


def _new_names(before: Client, event: ClientEvent, *, past: bool) -> list[Searched]:
    """The names no check has seen: all of them when a client is onboarded, later the new ones."""
    if past:
        return []
    said = [event.data.name] if event.data.name is not None else []
    if before.onboarded:
        names = [name for name in said if name not in before.names]
    elif isinstance(event.data, ClientOnboarded):
        names = list(dict.fromkeys([*said, *before.names]))
    else:
        names = []
    known_by = identifiers_of(told(before, in_text(_facts(event)), event.stamp))
    return [searched_for(name, "client", known_by) for name in names]


def _is_past(config: FirmConfig, event: ClientEvent, unit: ReadSoFar) -> bool:
    """Whether only the past is told; the firm acting for them today is not past."""
    since = unit.now - config.history_after
    matters = unit.peek_all(MATTERS, "client", event.data.client_id) if event.history else ()
    current = any(
        each.state == "open" and each.opened_at is not None and each.opened_at > since
        for each in matters
    )
    return not current and is_past(event, unit.now, config.history_after)


def _is_other_owner(before: Client, owner_id: str | None) -> bool:
    return before.onboarded and owner_id not in (None, before.owner_id)


def _own_checks(client_id: str) -> list[Need]:
    return [CHECKS.by("subject", ref_of(client_id))]


def subject_of(client: Client) -> Subject:
    """Whom a check of this client is about."""
    ref = ref_of(client.client_id)
    return Subject(
        trigger="client",
        ref=ref,
        own=frozenset({ref}),
        client_id=client.client_id,
        matter_id=client.matter_id,
    )


def _known(client: Client) -> Known:
    return Known(
        ref=ref_of(client.client_id),
        role="client",
        names=client.names,
        identifiers=identifiers_of(client),
        client_id=client.client_id,
    )
