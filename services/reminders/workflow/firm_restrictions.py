"""Something must not be written to anybody for now, or may be again: what changes?

What waits for it is looked at again within the hour after it is lifted, not all at once.
"""

from collections.abc import Iterator

from services.reminders.domain.card import STRICTEST, Restriction
from services.reminders.domain.firm_restrictions import FIRM, FirmRestrictions
from services.reminders.ports import FIRM_RESTRICTIONS
from shared.contracts.envelope import Event
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

Said = Event[RestrictionPlaced] | Event[RestrictionLifted]


def needs_of_firm_restrictions(
    _: Said | None = None, __: ReadSoFar | None = None
) -> Iterator[Need]:
    """The one register."""
    yield FIRM_RESTRICTIONS.one(FIRM)


def place_on_firm(event: Event[RestrictionPlaced], unit: UnitOfWork) -> None:
    """From now on this is not written to anybody; only what concerns the whole firm is heard."""
    said = event.data
    if said.scope != FIRM or said.effect not in STRICTEST:
        return
    _keep(
        said.restriction_id,
        Restriction(
            stamp=event.stamp,
            kind=said.kind,
            effect=said.effect,
            classes=said.classes or (),
            until=said.until,
        ),
        unit,
    )


def lift_from_firm(event: Event[RestrictionLifted], unit: UnitOfWork) -> None:
    """It may be written again; heard before it was placed, it still ends it."""
    said = event.data
    if said.client_id is None and said.matter_id is None and said.inquiry_id is None:
        _keep(said.restriction_id, Restriction(stamp=event.stamp), unit)


def _keep(restriction_id: str, said: Restriction, unit: UnitOfWork) -> None:
    before = unit.get(FIRM_RESTRICTIONS, FIRM) or FirmRestrictions()
    after = before.with_restriction(restriction_id, said)
    if after != before:
        unit.put(FIRM_RESTRICTIONS, after)
