"""What does a person fill in with a decision, where a test is about something else?"""

from collections.abc import Mapping
from typing import Any

from shared.contracts.task_kinds import TASK_KINDS

SAMPLES: dict[str, Any] = {
    "note": "They spoke about it.",
    "told_by": "phone",
    "signposted_to": "ombudsman",
    "deadline_told": True,
    "happened": "Nobody was there.",
    "stands_because": "The matter runs on.",
    "seen": "Both cards name the same day of birth.",
}


def usual(kind: str, decision: str, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What was given, and of what the decision needs besides, a sample."""
    needed = TASK_KINDS[kind].required_for(decision)
    return {name: SAMPLES[name] for name in needed if name in SAMPLES} | dict(given or {})
