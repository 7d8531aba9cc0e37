"""How does a refusal by a wall, or a look at somebody, leave its row in the access log?

Wherever somebody is refused, on a page or by the API, wherever a search left something out, and
wherever a client, a matter or an inquiry is opened: before it is shown.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from fastapi import Request

from services.desk.api.desk import Desk
from services.desk.domain.accesses import (
    Access,
    AccessOutcome,
    is_another_look,
    looks_at,
    rows_of_refusal,
)
from services.desk.domain.staff import StaffMember
from services.desk.ports.accesses import ACCESSES
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


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
    outcome: AccessOutcome = "refused",
) -> None:
    """A row for each thing a wall kept this person from; none where there is none."""
    named, id = tuple(sorted(set(subjects))), f"acc-{uuid4().hex}"
    if not named:
        return

    def step(unit: UnitOfWork) -> None:
        for row in rows_of_refusal(id, person.staff_id, unit.now, named, way, outcome):
            unit.add(ACCESSES, row)

    await desk.act(step, lambda _: (), id)


async def note_opened(
    desk: Desk, person: StaffMember, ids: Mapping[str, str | None], way: str
) -> None:
    """Whoever is shown this has looked at it; a reload within a quarter of an hour adds no row."""
    looks = looks_at(ids, person.staff_id, desk.runtime.clock.now(), way)

    def needs(_: ReadSoFar) -> Iterable[Need]:
        return [ACCESSES.one(id) for row, before in looks.items() for id in (row.access_id, before)]

    def new(unit: UnitOfWork) -> list[Access]:
        return [
            row
            for row, before in looks.items()
            if is_another_look(row, unit.get(ACCESSES, row.access_id), unit.get(ACCESSES, before))
        ]

    if not looks or not new(await desk.runtime.look(needs)):
        return

    def step(unit: UnitOfWork) -> None:
        for row in new(unit):
            unit.put(ACCESSES, row)

    await desk.act(step, needs, f"look-{uuid4().hex}")


def way_of(request: Request) -> str:
    """The route that was asked, without what was typed into its address."""
    route: Any = request.scope.get("route")
    path = getattr(route, "path", "")
    return f"{request.method} {request.scope.get('root_path', '')}{path}"
