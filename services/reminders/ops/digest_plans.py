"""When does a person's morning e-mail go next, and what became of the last?"""

from services.reminders.domain.digest import Digest
from services.reminders.ports import DIGESTS
from shared.contracts.answers import DigestPlanned
from shared.contracts.requests import Asked, RequestType
from shared.engine.runtime import Runtime


class DigestAsked(Asked):
    """When does this person's digest go?"""

    staff_id: str


DIGEST_REQUEST = RequestType(
    "digests", "When a person's digest goes next, and what became of the last.",
    DigestAsked, (DigestPlanned,),
)  # fmt: skip


async def digest_of(runtime: Runtime, asked: DigestAsked) -> DigestPlanned:
    """When a person's digest goes next, and what became of the last."""
    staff_id = asked.staff_id
    unit = await runtime.look(lambda _: [DIGESTS.one(staff_id)])
    digest = unit.get(DIGESTS, staff_id) or Digest(staff_id=staff_id)
    return DigestPlanned(
        at=digest.at,
        next=digest.planned_for.isoformat() if digest.planned_for else None,
        last=digest.last_for.isoformat() if digest.last_for else None,
        outcome=digest.last_outcome,
    )
