"""Which rows does a person want to see, and where does the next page begin?

Pages are cut by value, not by number: the next page starts after the last row seen, so rows that
come or go meanwhile are neither shown twice nor skipped.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.desk.domain.due import DueWindow
from services.desk.domain.listed_task import ShownState
from services.desk.domain.staff import StaffMember
from shared.errors import RuleError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
EVER = DueWindow()


@dataclass(frozen=True, slots=True)
class Place:
    """The last row of a page: its instant and its id."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How much to show, from where, and in which order of time."""

    limit: int = 50
    after: Place | None = None
    newest_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a person typed into the search, and what it may stand for."""

    words: str
    kinds: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()  # of open tasks, whole: which hold these words is looked up first
    client_ids: tuple[str, ...] = ()
    inquiry_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which tasks; None means any."""

    state: ShownState | None = None
    kind: str | None = None
    owner_id: str | None = None
    lies_with: str | None = None  # who has it, or is to see to it as it is overdue
    unowned: bool = False
    due: DueWindow = EVER
    client_id: str | None = None
    matter_id: str | None = None
    priority: str | None = None
    waiting: bool | None = None  # on the client, asleep or not
    ended: bool = False  # done or cancelled, the last one first
    may: StaffMember | None = None  # only what this person may decide
    seen_by: frozenset[str] = frozenset()  # only what is not behind these walls
    sought: Sought | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which lines of a timeline: of these kinds (None: of all), within this time.

    None of a matter that whoever asks is ``screened`` from; with ``or_talks`` also decided tasks
    that tell of a talk with the client.
    """

    kinds: tuple[str, ...] | None = None
    or_talks: bool = False
    within: DueWindow = EVER
    screened: frozenset[str] = frozenset()


WHOLE_TIMELINE = EntryFilter()


def write_place(place: Place) -> str:
    """A place as the opaque word a caller hands back."""
    text = f"{(place.at - EPOCH) // MILLISECOND} {place.id}"
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(word: str) -> Place:
    """The place a word stands for; refuses one we did not make."""
    try:
        text = urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode()
        millis, _, id = text.partition(" ")
        return Place(EPOCH + int(millis) * MILLISECOND, id)
    except (ValueError, OverflowError):
        message = "This is not a place in this list; start again without it."
        raise RuleError(message, code="bad-place", field="next") from None
