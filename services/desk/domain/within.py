"""Within what time has something to be done while an incident lasts?

``30min``, ``72h`` and ``3d`` run on whatever day it is; ``4bh`` and ``1bd`` by the firm's calendar.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.calendar import FirmCalendar

ELAPSED = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_WITHIN = re.compile(r"([1-9][0-9]{0,3})(min|h|d|bh|bd)")
WORDS = {
    "min": "minute",
    "h": "hour",
    "d": "day",
    "bh": "business hour",
    "bd": "business day",
}


@dataclass(frozen=True, slots=True)
class Within:
    """A length of time, in one unit."""

    amount: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Within":
        """Read ``72h``; ValueError says how to write it."""
        match = _WITHIN.fullmatch(text.strip())
        if match is None:
            raise ValueError("write how long as 30min, 72h, 3d, 4bh (business hours) or 1bd")
        return cls(int(match[1]), match[2])

    def after(self, begin: datetime, calendar: FirmCalendar) -> datetime:
        """The instant by which it has to be done."""
        if self.unit == "bh":
            return calendar.add_business_hours(begin, self.amount)
        if self.unit == "bd":
            return calendar.add_business_days(begin, self.amount)
        return begin + self.amount * ELAPSED[self.unit]

    @property
    def words(self) -> str:
        """As people say it: 72 hours."""
        return f"{self.amount} {WORDS[self.unit]}{'' if self.amount == 1 else 's'}"
