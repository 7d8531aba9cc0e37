"""How soon must somebody be answered who says that a deadline is running?"""

from datetime import date, timedelta
from typing import Literal

URGENT_WITHIN, HIGH_WITHIN = timedelta(days=7), timedelta(days=30)


def urgency(deadline: str | None, today: date) -> Literal["normal", "high", "urgent"]:
    """The priority of whatever is asked of people about it; what has passed is urgent too."""
    if deadline is None:
        return "normal"
    left = date.fromisoformat(deadline) - today
    if left <= URGENT_WITHIN:
        return "urgent"
    return "high" if left <= HIGH_WITHIN else "normal"
