"""Is this client wronged or at odds with us, and how far is it?

Feedback is asked; its steps stand on the client's page, and in a line on top of each task about
them. What staff wrote about a concern is on its own task, for those who may lead it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.pages.concern_progress import Progress, progress_of
from services.desk.pages.language import retold
from services.desk.pages.visitor import Visit
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.concerns_asked import ConcernTold
from shared.contracts.fields import parse_instant
from shared.errors import TemporaryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """One concern: what it is, since when, how far it is, and how it ended."""

    title: str
    matter_id: str
    since: str
    is_open: bool
    progress: Progress
    next: str  # the next step and by when; empty where nothing is left to do
    late: bool
    outcome: str
    client_knows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """The open ones first; ``away``: feedback did not answer."""

    items: Sequence[Concerned] = ()
    more: int = 0
    away: bool = False

    @property
    def open(self) -> Sequence[Concerned]:
        """Those somebody leads at this moment."""
        return [each for each in self.items if each.is_open]

    @property
    def closed(self) -> Sequence[Concerned]:
        """Those that have ended."""
        return [each for each in self.items if not each.is_open]


NOTHING = Concerns()


async def concerns_of(visit: Visit, client_id: str, names: Mapping[str, str]) -> Concerns:
    """A client's concerns for whoever works with clients; none for others."""
    desk = visit.context.desk
    try:
        told = await desk.concerns.of_client(client_id, visit.person)
    except TemporaryError:
        return Concerns(away=True)
    if isinstance(told, Refused):
        return NOTHING
    now = desk.runtime.clock.now()
    return Concerns(
        items=[_concerned(each, names, now, desk.zone) for each in told.items], more=told.more
    )


def _concerned(
    told: ConcernTold, names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Concerned:
    steps = [each.model_dump() for each in told.steps]
    progress = progress_of({"steps": steps}, names, now, zone)
    following = next((each for each in progress.steps if each.next), None)
    return Concerned(
        title=retold(told.title),
        matter_id=told.matter_id or "",
        since=exactly(parse_instant(told.since), zone) if told.since else "",
        is_open=told.is_open,
        progress=progress,
        next=f"{retold(following.label)}: {following.words}" if following else "",
        late=following is not None and following.tone == "danger",
        outcome=retold(told.outcome),
        client_knows=told.client_knows,
    )
