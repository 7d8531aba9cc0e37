"""How does a refusal by a wall leave its row in the access log?

Wherever somebody is refused, on a page or by the API, and wherever a search left something out.
"""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from fastapi import Request

from services.desk.api.desk import Desk
from services.desk.domain.accesses import Outcome, rows_of_refusal
from services.desk.domain.staff import StaffMember
from services.desk.ports.restrictions import ACCESSES
from shared.state.unit_of_work import UnitOfWork


async def note_screened(request: Request, desk: Desk, subjects: Iterable[str]) -> None:
    """Whoever asked this was refused."""
    person: StaffMember | None = getattr(request.state, "asked_by", None)
    if person is not None:
        await note_kept_from(desk, person, subjects, way_of(request))


async def note_kept_from(
    desk: Desk,
    person: StaffMember,
    subjects: Iterable[str],
    way: str,
    outcome: Outcome = "refused",
) -> None:
    """A row for each thing a wall kept this person from; none where there is none."""
    named, id = tuple(sorted(set(subjects))), f"acc-{uuid4().hex}"
    if not named:
        return

    def step(unit: UnitOfWork) -> None:
        for row in rows_of_refusal(id, person.staff_id, unit.now, named, way, outcome):
            unit.add(ACCESSES, row)

    await desk.act(step, lambda _: (), id)


def way_of(request: Request) -> str:
    """The route that was asked, without what was typed into its address."""
    route: Any = request.scope.get("route")
    path = getattr(route, "path", "")
    return f"{request.method} {request.scope.get('root_path', '')}{path}"
