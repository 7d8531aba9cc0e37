"""GET /api/v1/clients/{id}, /clients/{id}/timeline, /me, /staff: who is who, and what happened?"""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.desk.domain.lists import Page, Place, read_place, write_place
from services.desk.pages.desk import Person, TheDesk
from services.desk.pages.problems import ProblemError
from services.desk.pages.shapes import ClientShape, EntryShape, Items, StaffShape
from services.desk.ports import CARDS

router = APIRouter()


class TimelineQuery(BaseModel):
    """How much of a timeline, and from which end."""

    model_config = ConfigDict(extra="ignore")

    order: Literal["oldest", "newest"] = Field("oldest", description="Which entries come first.")
    limit: int = Field(100, ge=1, le=500)
    next: str | None = Field(None, description="The `next` of the page before.")


@router.get("/clients/{client_id}", response_model_exclude_none=True, tags=["clients"])
async def get_client(desk: TheDesk, _: Person, client_id: str) -> ClientShape:
    """A client's card."""
    unit = await desk.runtime.look(lambda _: [CARDS.one(client_id)])
    card = unit.get(CARDS, client_id)
    if card is None:
        raise ProblemError(404, "No client of this id is known.", code="unknown-client")
    return ClientShape.model_validate(card)


@router.get("/clients/{client_id}/timeline", response_model_exclude_none=True, tags=["clients"])
async def get_timeline(
    desk: TheDesk, _: Person, client_id: str, query: Annotated[TimelineQuery, Query()]
) -> Items[EntryShape]:
    """Each contact made and not made, and everything else that happened, with its reasons."""
    page = Page(
        limit=query.limit + 1,
        after=read_place(query.next) if query.next else None,
        newest_first=query.order == "newest",
    )
    found = await desk.timeline.page(client_id, page)
    shown = found[: query.limit]
    last = shown[-1] if len(found) > query.limit else None
    return Items(
        items=[EntryShape.model_validate(entry) for entry in shown],
        next=write_place(Place(last.at, last.entry_id)) if last else None,
    )


@router.get("/me", tags=["staff"])
async def get_me(person: Person) -> StaffShape:
    """The person behind the key."""
    return StaffShape.model_validate(person)


@router.get("/staff", response_model_exclude_none=True, tags=["staff"])
async def list_staff(desk: TheDesk, _: Person) -> Items[StaffShape]:
    """Everybody who works here, or did."""
    everybody = await desk.staff.everybody()
    return Items(items=[StaffShape.model_validate(person) for person in everybody])
