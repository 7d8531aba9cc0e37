"""GET /api/v1/clients/{id}, …/timeline, /me, /staff, POST …/contacts: who is who, what happened?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.desk.api.desk import Desk, Person, RequestId, TheDesk
from services.desk.api.problems import ProblemError
from services.desk.api.shapes import ClientShape, EntryShape, Items, StaffShape
from services.desk.domain.clients import check_sees_client, seen_entries
from services.desk.domain.lists import (
    WHOLE_TIMELINE,
    EntryFilter,
    Page,
    Place,
    read_place,
    write_place,
)
from services.desk.domain.staff import StaffMember
from services.desk.domain.timeline import Entry
from services.desk.ports.clients import CARDS
from services.desk.ports.tasks import LISTED
from services.desk.workflow.logging_contact import Contacted, contact_needs, log_contact
from shared.contracts.concerns import ComplaintType
from shared.contracts.fields import Id, Instant

router = APIRouter()


class TimelineQuery(BaseModel):
    """How much of a timeline, and from which end."""

    model_config = ConfigDict(extra="ignore")

    order: Literal["oldest", "newest"] = Field("oldest", description="Which entries come first.")
    limit: int = Field(100, ge=1, le=500)
    next: str | None = Field(None, description="The `next` of the page before.")


class ContactBody(BaseModel):
    """That somebody of the firm was in touch with the client; the note is kept sealed."""

    model_config = ConfigDict(extra="forbid")

    direction: Literal["in", "out"] = Field(description="`in`: the client got in touch.")
    channel: Literal["phone", "meeting", "video", "email", "post"]
    at: Instant
    matter_id: Id | None = None
    note: str = Field("", max_length=10_000)
    two_way: bool | None = Field(
        None, description="Whether both sides spoke or wrote. Who got in touch alone is answered."
    )
    complaint: ComplaintType | None = Field(
        None, description="What they complain of, if they do: somebody neutral leads it then."
    )
    about_staff: Id | None = Field(None, description="And of whom; they never lead it.")


@router.get("/clients/{client_id}", response_model_exclude_none=True, tags=["clients"])
async def get_client(desk: TheDesk, person: Person, client_id: str) -> ClientShape:
    """A client's card."""
    check_sees_client(person, client_id)
    unit = await desk.runtime.look(lambda _: [CARDS.one(client_id)])
    card = unit.get(CARDS, client_id)
    if card is None:
        raise ProblemError(404, "No client of this id is known.", code="unknown-client")
    return ClientShape.model_validate(card)


@router.get("/clients/{client_id}/timeline", response_model_exclude_none=True, tags=["clients"])
async def get_timeline(
    desk: TheDesk, person: Person, client_id: str, query: Annotated[TimelineQuery, Query()]
) -> Items[EntryShape]:
    """Each contact made and not made, and everything else that happened, with its reasons."""
    page = Page(
        limit=query.limit,
        after=read_place(query.next) if query.next else None,
        newest_first=query.order == "newest",
    )
    shown, next = await entries_for(desk, person, client_id, page)
    return Items(items=[EntryShape.model_validate(entry) for entry in shown], next=next or None)


@router.post("/clients/{client_id}/contacts", status_code=201, tags=["clients"],
             response_model_exclude_none=True)  # fmt: skip
async def log_a_contact(
    desk: TheDesk, person: Person, id: RequestId, client_id: str, body: ContactBody
) -> EntryShape:
    """Log a call, a meeting or a letter; the timeline shows it at once."""
    check_sees_client(person, client_id)
    contacted = Contacted(
        client_id=client_id,
        direction=body.direction,
        channel=body.channel,
        at=body.at,
        matter_id=body.matter_id,
        words=body.note.strip(),
        two_way=body.two_way,
        complaint=body.complaint,
        about_staff=body.about_staff,
    )
    step = log_contact(contacted, person, desk.zone)
    return EntryShape.model_validate(await desk.act(step, contact_needs(client_id), id))


@router.get("/me", tags=["staff"])
async def get_me(person: Person) -> StaffShape:
    """The person behind the key."""
    return StaffShape.model_validate(person)


@router.get("/staff", response_model_exclude_none=True, tags=["staff"])
async def list_staff(desk: TheDesk, _: Person) -> Items[StaffShape]:
    """Everybody who works here, or did."""
    everybody = await desk.staff.everybody()
    return Items(items=[StaffShape.model_validate(person) for person in everybody])


async def entries_for(
    desk: Desk,
    person: StaffMember,
    client_id: str,
    page: Page,
    wanted: EntryFilter = WHOLE_TIMELINE,
) -> tuple[Sequence[Entry], str]:
    """A page of a timeline as this person may see it, and the place of the next one."""
    check_sees_client(person, client_id)
    more = Page(limit=page.limit + 1, after=page.after, newest_first=page.newest_first)
    seen = replace(wanted, screened=person.screened)
    found = await desk.timeline.page(client_id, more, seen)
    cut = found[: page.limit]
    last = cut[-1] if len(found) > page.limit else None
    next = write_place(Place(last.at, last.entry_id)) if last else ""
    task_ids = sorted({entry.task_id for entry in cut if entry.task_id})
    unit = await desk.runtime.look(lambda _: [LISTED.one(each) for each in task_ids])
    tasks = {each: unit.get(LISTED, each) for each in task_ids}
    return seen_entries(cut, tasks, person), next
