"""How soon must somebody be answered who says that a deadline is running?"""

from datetime import date, timedelta
from typing import Literal

from services.intake.domain.due_times import DueTimes


def urgency(
    deadline: str | None, today: date, times: DueTimes
) -> Literal["normal", "high", "urgent"]:
    """The priority of whatever is asked of people about it; what has passed is urgent too."""
    if deadline is None:
        return "normal"
    left = date.fromisoformat(deadline) - today
    if left <= timedelta(days=times.urgent_within):
        return "urgent"
    return "high" if left <= timedelta(days=times.soon_within) else "normal"
