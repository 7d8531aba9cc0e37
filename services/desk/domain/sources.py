"""Which systems speak to Clientele, and since when is each silent?

Each event names its source. A minute is close enough, so not every event is written down.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.contracts.speakers import source_of_system

NOTED_EVERY = timedelta(minutes=1)
OURS = "urn:clientele:"
QUIET, SILENT = timedelta(hours=24), timedelta(hours=72)  # a night, and longer than a weekend


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One system, and when it was last heard from, by the business clock."""

    source_id: str
    source: str
    heard_at: datetime

    @property
    def is_ours(self) -> bool:
        """Whether it is one of our own services."""
        return self.source.startswith(OURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSystem:
    """A system with a log-in of its own, as the firm's configuration knew it at the start."""

    name: str
    types: tuple[str, ...]  # that it may publish
    kib: int | None = None  # of one event
    per_minute: int | None = None

    def said(self, source: str) -> bool:
        """Whether this is its source, or one of its sources."""
        own = source_of_system(self.name)
        return source == own or source.startswith(f"{own}:")


def source_id_of(source: str) -> str:
    """The key of a source: other systems choose their names freely."""
    return hashlib.sha256(source.encode()).hexdigest()[:32]


def heard(source: str, now: datetime) -> Source:
    """The source was heard from just now."""
    return Source(source_id=source_id_of(source), source=source, heard_at=now)


def is_worth_noting(known: Source | None, now: datetime) -> bool:
    """Whether enough time has passed to write down that it spoke again."""
    return known is None or now - known.heard_at >= NOTED_EVERY


def tone_of_silence(source: Source, now: datetime) -> str:
    """How much a silence says: our own services speak only when there is something to say."""
    if source.is_ours:
        return ""
    silence = now - source.heard_at
    if silence >= SILENT:
        return "danger"
    return "warn" if silence >= QUIET else "ok"
