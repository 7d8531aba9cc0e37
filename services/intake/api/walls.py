"""Which walls stand around a client or a matter of theirs, as whoever opens one must know?"""

from collections.abc import Iterable

from services.intake.ports import MATTERS, RESTRICTIONS
from shared.contracts.checks import WallTold
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.tasks import is_screened


def needs_of_walls(client_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The restrictions of the client and of each of their matters."""
    yield MATTERS.by("client", client_id)
    yield from (RESTRICTIONS.by("subject", each) for each in _subjects(client_id, unit))


def walls_around(client_id: str, unit: ReadSoFar, actor: Actor) -> list[WallTold]:
    """Each wall that stands, but those that keep the reader away."""
    found = {
        row.restriction_id: row
        for each in _subjects(client_id, unit)
        for row in unit.peek_all(RESTRICTIONS, "subject", each)
        if row.effect == "bar"
    }
    return [
        WallTold(
            restriction_id=id,
            matter_id=row.matter_id if row.scope == "matter" else None,
            staff_ids=list(row.staff_ids),
            since=row.placed_at.isoformat() if row.placed_at is not None else None,
        )
        for id, row in sorted(found.items())
        if not is_screened({"matter_id": row.matter_id if row.scope == "matter" else None}, actor)
    ]


def _subjects(client_id: str, unit: ReadSoFar) -> list[str]:
    matters = unit.peek_all(MATTERS, "client", client_id)
    return [f"client:{client_id}", *(f"matter:{each.matter_id}" for each in matters)]
