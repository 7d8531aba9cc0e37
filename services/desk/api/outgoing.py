"""GET and POST /api/v1/clients/{id}/outgoing: what goes out next, and should it?

Reminders answers, in the name of the person who asks; its rules may refuse.
"""

from typing import TypeVar

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.desk.api.desk import Person, RequestId, TheDesk
from services.desk.api.problems import ProblemError
from services.desk.domain.clients import check_sees_client
from services.desk.domain.walls import check_unscreened
from services.desk.ports.answers import Refused
from shared.contracts.fields import ForeignId, Id, Instant, wire_instant
from shared.contracts.outgoing import (
    LONGEST_WHY,
    Do,
    OutgoingAsked,
    OutgoingDecided,
    OutgoingListed,
    Scope,
)

T = TypeVar("T", OutgoingListed, OutgoingDecided)
router = APIRouter(tags=["clients"])
FORBIDDEN = ("wrong-role", "screened", "unproved")


class OutgoingBody(BaseModel):
    """What is to become of one message, of those of a matter, or of all to this client."""

    model_config = ConfigDict(extra="forbid")

    do: Do
    scope: Scope = "message"
    occurrence_id: Id | None = Field(None, description="With the scope `message`: which.")
    matter_id: ForeignId | None = Field(None, description="With the scope `matter`: which.")
    move_to: Instant | None = Field(None, description="With `move`: not before then.")
    why: str = Field("", max_length=LONGEST_WHY, description="Kept sealed; needed but to release.")


@router.get("/clients/{client_id}/outgoing", response_model_exclude_none=True)
async def list_outgoing(desk: TheDesk, person: Person, client_id: str) -> OutgoingListed:
    """Each message on its way: why, when, its words as they would be now, what stops it."""
    check_sees_client(person, client_id)
    return told_or_refused(await desk.outgoing.listed(client_id, person))


@router.post("/clients/{client_id}/outgoing", response_model_exclude_none=True)
async def decide_outgoing(
    desk: TheDesk, person: Person, id: RequestId, client_id: str, body: OutgoingBody
) -> OutgoingDecided:
    """Hold, release, skip, send now or move; asked again under its key, done once."""
    check_sees_client(person, client_id)
    check_unscreened({"matter_id": body.matter_id}, person.screened)
    asked = OutgoingAsked(
        ask="decide",
        client_id=client_id,
        request_id=id,
        do=body.do,
        scope=body.scope,
        occurrence_id=body.occurrence_id,
        matter_id=body.matter_id,
        move_to=wire_instant(body.move_to) if body.move_to is not None else None,
        why=body.why,
    )
    return told_or_refused(await desk.outgoing.decide(asked, person))


def told_or_refused(answer: T | Refused) -> T:
    """The answer; ProblemError with the owner's reason where it says no."""
    if not isinstance(answer, Refused):
        return answer
    status = 403 if answer.code in FORBIDDEN else 404 if answer.code == "unknown-client" else 0
    status = status or (422 if answer.field else 409)
    raise ProblemError(status, answer.message, code=answer.code, field=answer.field)
