"""When did each source last speak, and has it been silent for longer than it should?"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWord:
    """When a source last delivered something that was its own."""

    source: str
    at: datetime
    since: datetime  # when it was first waited for, or heard
    count: int = 0
    gap_seconds: float = 0.0  # between its last words, smoothed: its rhythm


SMOOTHING = 0.2


def heard(before: LastWord | None, source: str, at: datetime, count: int = 1) -> LastWord:
    """It has spoken again, so many times until then."""
    if before is None:
        return LastWord(source=source, at=at, since=at, count=count)
    gap = max((at - before.at).total_seconds(), 0.0) / max(count, 1)
    share = SMOOTHING if before.count > 1 else 1.0
    rhythm = before.gap_seconds + share * (gap - before.gap_seconds)
    return LastWord(
        source=source,
        at=max(at, before.at),
        since=before.since,
        count=before.count + count,
        gap_seconds=rhythm if before.count else 0.0,
    )


def awaited(source: str, now: datetime) -> LastWord:
    """It has never spoken; from now on it is waited for."""
    return LastWord(source=source, at=now, since=now)


def silent_for(word: LastWord, longest: timedelta | None, now: datetime) -> float:
    """By how many seconds it is silent for longer than it should be; 0: it is not."""
    if longest is None:
        return 0.0
    return max((now - word.at - longest).total_seconds(), 0.0)


class Notebook:
    """Which sources have spoken since this was last looked at, in this process."""

    def __init__(self) -> None:
        self._heard: dict[str, tuple[datetime, int]] = {}

    def note(self, source: str, at: datetime) -> None:
        """It has just spoken."""
        _, count = self._heard.get(source, (at, 0))
        self._heard[source] = (at, count + 1)

    def take(self) -> dict[str, tuple[datetime, int]]:
        """Each that spoke, when last and how often; from now on the page is empty."""
        heard, self._heard = self._heard, {}
        return heard

    def put_back(self, heard: dict[str, tuple[datetime, int]]) -> None:
        """They could not be kept now."""
        for source, (at, count) in heard.items():
            latest, more = self._heard.get(source, (at, 0))
            self._heard[source] = (max(at, latest), count + more)
