"""What does an event say of a client, for their contact card?"""

from collections.abc import Callable, Iterable
from typing import Any

from services.reminders.domain.card import STRICTEST, UNDATED, Card, Restriction
from services.reminders.ports import CARDS
from shared.contracts.envelope import Event
from shared.contracts.event import stamp_of
from shared.contracts.firm import (
    ClientOnboarded,
    ClientUpdated,
    Consent,
    MatterClosed,
    MatterOpened,
    MatterReopened,
)
from shared.contracts.handovers import HandoverCompleted
from shared.contracts.intake import ClientPreferencesUpdated, ConsentGranted, ConsentWithdrawn
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.state.unit_of_work import UnitOfWork


def take_in(event: Event[Any], client_id: str, unit: UnitOfWork) -> bool:
    """Bring the client's card up to date; whether that may move what is planned for them."""
    say = SAYS.get(event.type)
    if say is None:
        return False
    before = unit.get(CARDS, client_id) or Card(client_id=client_id)
    card = say(before, event)
    if card == before:
        return False
    unit.put(CARDS, card)
    return _plans_by(card) != _plans_by(before)


def _plans_by(card: Card) -> tuple[Any, ...]:
    matters = {name: (said.yes, said.again) for name, said in card.matters.items()}
    return (card.known, card.timezone, card.locale, card.imported, matters,
            card.restrictions)  # fmt: skip


def _onboarded(card: Card, event: Event[ClientOnboarded]) -> Card:
    values = {name: getattr(event.data, name) for name in ClientOnboarded.model_fields}
    values["imported"] = event.history
    if event.data.owner_id is not None:
        card = card.with_owner(event.data.matter_id, event.data.owner_id, event.stamp)
    card = _lawyer(card, event)
    return _consents(card.with_fields(values, event.stamp), event.data.consents, event)


def _updated(card: Card, event: Event[ClientUpdated]) -> Card:
    changed = event.data.changed()
    if "owner_id" in changed:
        card = card.with_owner(event.data.matter_id, changed["owner_id"], event.stamp)
    card = _lawyer(card, event)
    card = card.with_fields(changed, event.stamp)
    return _consents(card, event.data.consents, event)


def _lawyer(card: Card, event: Event[ClientOnboarded] | Event[ClientUpdated]) -> Card:
    said = event.data
    if said.owner_id is None or said.owner_name is None:
        return card
    return card.with_lawyer(said.owner_id, said.owner_name, said.owner_phone, event.stamp)


def _consents(card: Card, consents: Iterable[Consent] | None, event: Event[Any]) -> Card:
    """A list of what was agreed to counts by when that was: repeating it says nothing new."""
    for each in consents or ():
        given = stamp_of(each.given_at, event.source, event.id) if each.given_at else UNDATED
        card = card.with_consent(each.purpose, each.channel, given, yes=True)
    return card


def _granted(card: Card, event: Event[ConsentGranted]) -> Card:
    return card.with_consent(
        event.data.purpose, event.data.channel, event.stamp, yes=True, own=_own(event)
    )


def _withdrawn(card: Card, event: Event[ConsentWithdrawn]) -> Card:
    return card.with_consent(
        event.data.purpose, event.data.channel, event.stamp, yes=False, own=_own(event)
    )


def _own(event: Event[ConsentGranted] | Event[ConsentWithdrawn]) -> bool:
    return event.data.by == "client"


def _preferred(card: Card, event: Event[ClientPreferencesUpdated]) -> Card:
    names = ("preferred_channel", "locale", "quiet_from", "quiet_to")
    said = {name: getattr(event.data, name) for name in names}
    chosen = {name: value for name, value in said.items() if value is not None}
    return card.with_fields(chosen, event.stamp, own=True)


def _opened(card: Card, event: Event[MatterOpened]) -> Card:
    said = event.data
    card = card.with_owner(said.matter_id, said.owner_id, event.stamp)
    return card.with_matter(event.data.matter_id, event.stamp, is_open=True)


def _handed_over(card: Card, event: Event[HandoverCompleted]) -> Card:
    return card.with_owner(event.data.matter_id, event.data.to, event.stamp)


def _reopened(card: Card, event: Event[MatterReopened]) -> Card:
    return card.with_matter(event.data.matter_id, event.stamp, is_open=True, again=True)


def _closed(card: Card, event: Event[MatterClosed]) -> Card:
    return card.with_matter(event.data.matter_id, event.stamp, is_open=False)


def _restricted(card: Card, event: Event[RestrictionPlaced]) -> Card:
    said = event.data
    if said.effect not in STRICTEST or said.scope not in ("client", "matter"):
        return card
    return card.with_restriction(
        said.restriction_id,
        Restriction(
            stamp=event.stamp,
            kind=said.kind,
            effect=said.effect,
            matter_id=said.matter_id if said.scope == "matter" else None,
            classes=said.classes or (),
            until=said.until,
        ),
    )


def _lifted(card: Card, event: Event[RestrictionLifted]) -> Card:
    return card.with_restriction(event.data.restriction_id, Restriction(stamp=event.stamp))


SAYS: dict[str, Callable[[Card, Event[Any]], Card]] = {
    ClientOnboarded.TYPE: _onboarded,
    ClientUpdated.TYPE: _updated,
    ClientPreferencesUpdated.TYPE: _preferred,
    ConsentGranted.TYPE: _granted,
    ConsentWithdrawn.TYPE: _withdrawn,
    MatterOpened.TYPE: _opened,
    HandoverCompleted.TYPE: _handed_over,
    MatterReopened.TYPE: _reopened,
    MatterClosed.TYPE: _closed,
    RestrictionPlaced.TYPE: _restricted,
    RestrictionLifted.TYPE: _lifted,
}
UPKEEP = frozenset(SAYS)
MOVES_TIMERS = frozenset(
    {
        ClientOnboarded.TYPE,
        ClientUpdated.TYPE,
        ClientPreferencesUpdated.TYPE,
        MatterOpened.TYPE,
        MatterReopened.TYPE,
        MatterClosed.TYPE,
        RestrictionPlaced.TYPE,
        RestrictionLifted.TYPE,
    }
)
"""Events that may tell the client's zone, language or matters, or end what messages wait for."""
