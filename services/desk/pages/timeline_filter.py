"""Which part of a client's timeline does an address name, and in which form?

What an address says that means nothing is left out, not refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.desk.domain.due import DueWindow
from services.desk.domain.entry_groups import GROUPS, kinds_of
from services.desk.domain.lists import EntryFilter
from services.desk.pages.language import N_, Words
from shared.contracts.fields import read_day

FORMS = Words(
    {
        "short": N_("Short"),
        "full": N_("Full"),
        "print": N_("To print"),
        "brief": N_("Handover brief"),
    }
)
ORDERS = Words({"newest": N_("Newest first"), "oldest": N_("Oldest first")})
ROWS, ROWS_TO_PRINT = 60, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilter:
    """A form of the timeline, and what it is narrowed to; days are ISO dates."""

    form: str = "short"
    about: str = ""
    since: str = ""
    until: str = ""
    order: str = ""
    next: str = ""

    @property
    def full(self) -> bool:
        """Whether rule, event and every gate are shown."""
        return self.form in ("full", "print")

    @property
    def brief(self) -> bool:
        """Whether the page is what somebody needs who takes the client over, without the lines."""
        return self.form == "brief"

    @property
    def newest_first(self) -> bool:
        """The newest first, but on paper as it happened."""
        return (self.order or ("oldest" if self.form == "print" else "newest")) == "newest"

    @property
    def limit(self) -> int:
        """How many lines one page has."""
        return ROWS_TO_PRINT if self.form == "print" else ROWS

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.about or self.since or self.until)

    def query(self, **changes: str) -> str:
        """What stands behind the question mark, for this part or a neighbour of it."""
        changed = replace(self, **{"next": "", **changes})
        named = {each.name: getattr(changed, each.name) for each in fields(changed)}
        return urlencode({k: v for k, v in named.items() if v and (k, v) != ("form", "short")})

    def filter(self, zone: ZoneInfo) -> EntryFilter:
        """The lines that are meant; both days belong to them."""
        since, until = _midnight(self.since, zone), _midnight(self.until, zone, 1)
        return EntryFilter(kinds=kinds_of(self.about), within=DueWindow(since, until))


def read_timeline_filter(params: Mapping[str, str]) -> TimelineFilter:
    """What an address says, as far as it means something."""
    form, order, about = (params.get(name, "") for name in ("form", "order", "about"))
    return TimelineFilter(
        form=form if form in FORMS else "short",
        about=about if about in GROUPS else "",
        since=_day(params.get("since", "")),
        until=_day(params.get("until", "")),
        order=order if order in ORDERS else "",
        next=params.get("next", "")[:200],
    )


def _day(text: str) -> str:
    try:
        return read_day(text.strip()).isoformat()
    except ValueError:
        return ""


def _midnight(day: str, zone: ZoneInfo, days: int = 0) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(), zone)
    except OverflowError:
        return None
