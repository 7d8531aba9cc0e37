"""What a conflict check decides reaches whoever writes to the client: how?

While a check waits for a decision, messages wait; once somebody declined, none goes any more. One
restriction stands for one check: it is placed, changes its kind, or is lifted.
"""

from typing import Literal

from services.intake.domain.checks import Check
from shared.contracts.restrictions import Effect, Kind, RestrictionLifted, RestrictionPlaced
from shared.state.unit_of_work import UnitOfWork

PLACED: dict[str, tuple[Kind, Effect]] = {
    "pending": ("conflict", "wait"),
    "declined": ("declined", "stop"),
}


def restrict(made: Check, unit: UnitOfWork, by: str | None = None) -> None:
    """Say what this check forbids now, by whom; one that never forbade anything is not lifted."""
    kind, effect = PLACED[made.state]
    unit.announce(
        RestrictionPlaced(
            restriction_id=made.check_id,
            kind=kind,
            effect=effect,
            scope=_scope(made),
            client_id=made.client_id,
            matter_id=made.matter_id,
            inquiry_id=made.inquiry_id,
            by=by or made.decided_by,
            at=unit.now,
        )
    )


def lift(made: Check, unit: UnitOfWork) -> None:
    """Say that this check forbids nothing any more."""
    unit.announce(
        RestrictionLifted(
            restriction_id=made.check_id,
            client_id=made.client_id,
            matter_id=made.matter_id,
            inquiry_id=made.inquiry_id,
            by=made.decided_by,
            at=unit.now,
        )
    )


def _scope(made: Check) -> Literal["client", "matter", "inquiry"]:
    """A party concerns its matter; the person themselves, everything the firm does for them."""
    if made.trigger == "party" and made.matter_id is not None:
        return "matter"
    return "client" if made.client_id is not None else "inquiry"
