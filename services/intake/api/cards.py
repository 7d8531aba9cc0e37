"""What is whoever is about to deal with a client told of them?

``cards.intake`` is asked by the desk alone, in the name of a person it vouches for. It is answered
to whoever works with clients; of an erased client nothing is known.
"""

from collections.abc import Iterable
from datetime import datetime

from services.intake.domain.attendance import AttendanceNote
from services.intake.domain.clients import Client
from services.intake.domain.consents import Consent
from services.intake.domain.matters import Matter
from services.intake.domain.parties import Party
from services.intake.ports import ATTENDANCE_NOTES, CLIENTS, CONSENTS, MATTERS, PARTIES
from shared.contracts.cards import (
    CardAsked,
    CardTold,
    ConsentTold,
    MatterTold,
    MisunderstoodTold,
    NoteTold,
    PersonTold,
)
from shared.contracts.requests import RequestType
from shared.contracts.task_kind import STAFF
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import check_unscreened, is_screened

WITH_CLIENTS = (*STAFF, "conflicts-officer")
MOST_NOTES = 20
UNDATED = "0"  # how the stamp of a consent begins of which nobody said when it was given


class CardRequest(CardAsked):
    """Whose card, and who asks."""

    actor: Actor


CARDS_REQUEST = RequestType(
    "cards",
    "A client as whoever deals with them should know: wishes, consents, matters, people, notes.",
    CardRequest,
    (CardTold,),
)


async def answer_cards(runtime: Runtime, asked: CardRequest) -> CardTold:
    """The client's card; RuleError for whoever's work is not with clients."""
    if not set(asked.actor.roles) & set(WITH_CLIENTS):
        raise RuleError(f"Clients are seen by: {', '.join(WITH_CLIENTS)}.", code="wrong-role")
    client_id = asked.client_id
    check_unscreened({"client_id": client_id}, asked.actor)

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield CLIENTS.one(client_id)
        yield CONSENTS.by("client", client_id)
        yield MATTERS.by("client", client_id)
        yield ATTENDANCE_NOTES.by("client", client_id)
        for matter in unit.peek_all(MATTERS, "client", client_id):
            yield PARTIES.by("matter", matter.matter_id)

    unit = await runtime.look(needs)
    client = unit.get(CLIENTS, client_id)
    if client is None or client.erased:
        return CardTold(client_id=client_id, known=False)
    return _card(client, unit, asked.actor)


def _card(client: Client, unit: UnitOfWork, actor: Actor) -> CardTold:
    """All of it but the matters a wall keeps this person from, and who has a part in them."""
    found = unit.find(MATTERS, "client", client.client_id)
    matters = [each for each in found if not is_screened({"matter_id": each.matter_id}, actor)]
    parties = [(m, p) for m in matters for p in unit.find(PARTIES, "matter", m.matter_id)]
    return CardTold(
        client_id=client.client_id,
        known=True,
        name=client.name,
        preferred_name=client.preferred_name,
        pronunciation=client.pronunciation,
        salutation=client.salutation,
        contact_person=client.contact_person,
        locale=client.chosen_locale or client.locale,
        interpreter=client.interpreter,
        email=client.email,
        phone=client.phone,
        timezone=client.timezone,
        channel=client.chosen_channel or client.preferred_channel,
        channel_chosen=client.chosen_channel is not None,
        earliest=client.quiet_to,
        latest=client.quiet_from,
        consents=[_consent(each) for each in unit.find(CONSENTS, "client", client.client_id)],
        matters=[matter_told(each) for each in sorted(matters, key=_order)],
        people=[_person(party) for _, party in parties if party.name],
        notes=_notes(unit.find(ATTENDANCE_NOTES, "client", client.client_id), actor),
    )


def _notes(notes: Iterable[AttendanceNote], actor: Actor) -> list[NoteTold]:
    """What came of appointments, the newest first; of one nobody noted yet nothing."""
    noted = [
        each
        for each in notes
        if each.outcome is not None and each.at is not None
        and not is_screened({"matter_id": each.matter_id}, actor)
    ]  # fmt: skip
    noted.sort(key=lambda each: (each.starts_at or each.at, each.note_id), reverse=True)
    return [_note(each) for each in noted[:MOST_NOTES]]


def _note(note: AttendanceNote) -> NoteTold:
    return NoteTold(
        note_id=note.note_id,
        outcome=note.outcome or "held",
        state=note.state,
        matter_id=note.matter_id,
        met_at=_iso(note.starts_at),
        by=note.by or "",
        present=note.present,
        said=note.said,
        understood=note.understood,
        authority_limit=note.authority_limit,
        next_step=note.next_step,
        objection=note.objection,
        agreed=note.agreed,
        answered_at=_iso(note.answered_at),
        earlier=[
            MisunderstoodTold(
                understood=each.understood, objection=each.objection, at=each.at.isoformat()
            )
            for each in note.earlier
        ],
    )


def _consent(said: Consent) -> ConsentTold:
    at, _, rest = said.stamp.partition(" ")
    return ConsentTold(
        purpose=said.purpose,
        channel=said.channel,
        granted=said.granted,
        by="client" if said.own else "firm",
        basis=said.basis,
        at=at if at and at != UNDATED else None,
        source=rest.partition(" ")[0] or None,
    )


def matter_told(matter: Matter) -> MatterTold:
    """A matter, as whoever may see it is told of it."""
    return MatterTold(
        matter_id=matter.matter_id,
        practice_area=matter.practice_area,
        owner_id=matter.owner_id,
        state=matter.state,
        opened_at=_iso(matter.opened_at),
        closed_at=_iso(matter.closed_at),
    )


def _person(party: Party) -> PersonTold:
    return PersonTold(
        name=party.name or "",
        role=party.role,
        matter_id=party.matter_id,
        phone=party.phone,
        email=party.email,
    )


def _order(matter: Matter) -> tuple[bool, str]:
    """The open ones first."""
    return matter.state != "open", matter.matter_id


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
