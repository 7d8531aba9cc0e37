"""What the firm owes and its diary of deadlines, as the desk lists them, over memory."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from services.desk.domain.diary import DiaryLine, ListedDeadline
from services.desk.domain.owed import Owed
from services.desk.domain.walls import walled_off
from services.desk.ports.diary import DEADLINES, DIARY_LINES
from services.desk.ports.owed import OWED
from tests.fakes.memory import MemoryService

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class MemoryOwedBook:
    """What the firm owes, over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def open(self, limit: int, *, screened: Collection[str]) -> Sequence[Owed]:
        """What has not ended."""
        return self._of("open", lambda each: each.due_at, screened)[:limit]

    async def missed_since(
        self, instant: datetime, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What was missed since then."""
        missed = self._of("missed", lambda each: each.ended_at, screened)[::-1]
        return [each for each in missed if each.ended_at and each.ended_at >= instant][:limit]

    async def of_client(
        self, client_id: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What this client is owed still."""
        every = await self.open(limit, screened=screened)
        return [each for each in every if each.about.get("client_id") == client_id]

    def _of(
        self, state: str, by: Callable[[Owed], datetime | None], screened: Collection[str]
    ) -> list[Owed]:
        every = self._office.all(OWED)
        found = [e for e in every if e.state == state and not walled_off(e.about, screened)]
        return sorted(found, key=lambda each: (by(each) or EPOCH, each.commitment_id))


class MemoryDiaryBook:
    """The diary of deadlines, over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def running(
        self, until: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[ListedDeadline]:
        """What runs out by this day and is not done."""
        found = [d for d in self._office.all(DEADLINES) if d.state == "runs" and d.day]
        near = [each for each in found if each.day <= until and _seen(each, screened)]
        return sorted(near, key=lambda each: (each.day, each.deadline_id))[:limit]

    async def log(self, day: str, limit: int, *, screened: Collection[str]) -> Sequence[DiaryLine]:
        """What was said on this day."""
        every = self._office.all(DIARY_LINES)
        lines = [each for each in every if each.logged_on == day and _seen(each, screened)]
        return sorted(lines, key=lambda each: (each.at, each.line_id))[:limit]


def _seen(each: ListedDeadline | DiaryLine, screened: Collection[str]) -> bool:
    about = {"client_id": each.client_id, "matter_id": each.matter_id}
    return not walled_off(about, screened)
