"""How is it said whether a system that gets events takes them?"""

from dataclasses import dataclass
from datetime import datetime

from services.desk.domain.upkeep import long
from shared.contracts.answers import SubscriptionTold

NEVER = "never yet"
STATES = {"active": "Takes them", "paused": "Paused", "disabled": "Switched off"}
DO = {
    "failing": "Tried again by itself. Does it run, and is its address still right?",
    "disabled": "What comes meanwhile waits, for 30 days. Its task is in the inbox.",
    "paused": "What comes meanwhile waits, for 30 days.",
}


@dataclass(frozen=True, slots=True)
class SubscriptionInWords:
    """One system that gets events. tone: ok, warn or danger."""

    name: str
    url: str
    types: str
    state: str
    tone: str
    do: str
    taken: str
    failure: str
    pending: int


def in_words(told: SubscriptionTold, now: datetime) -> SubscriptionInWords:
    """How one subscription stands."""
    state, tone, do = _state(told, now)
    failed = _since(told.failed_at, now)
    return SubscriptionInWords(
        name=told.name,
        url=told.url,
        types=", ".join(told.types),
        state=state,
        tone=tone,
        do=do,
        taken=f"{_since(told.delivered_at, now)} ago" if told.delivered_at else NEVER,
        failure=f"{failed} ago: {told.failure}" if failed else "none",
        pending=told.pending,
    )


def _state(told: SubscriptionTold, now: datetime) -> tuple[str, str, str]:
    if told.state == "disabled":
        said = f"{STATES['disabled']} for {_since(told.since, now)}: {told.why}"
        return said, "danger", DO["disabled"]
    if told.state == "paused":
        return f"{STATES['paused']} for {_since(told.since, now)}", "ok", DO["paused"]
    if told.failing_since:
        return f"Takes nothing for {_since(told.failing_since, now)}", "warn", DO["failing"]
    return STATES["active"], "ok", ""


def _since(instant: str | None, now: datetime) -> str:
    """How long ago; nothing where nobody knows."""
    try:
        at = datetime.fromisoformat(str(instant))
    except ValueError:
        return ""
    return long(max((now - at).total_seconds(), 0.0)) if at.tzinfo else ""
