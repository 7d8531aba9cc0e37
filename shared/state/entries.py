"""What is remembered of documents and of causes while a batch is worked on?"""

from dataclasses import dataclass, field
from typing import Any

from shared.contracts.envelope import Cause
from shared.state.document_types import DocumentType
from shared.state.unknown_fields import Rest


@dataclass(slots=True)
class Entry:
    """One document in the batch: as read, as it is now, and the version it was read at."""

    kind: DocumentType[Any]
    key: str
    value: Any = None
    version: int = 0  # 0: not in the database yet
    rest: Rest | None = None  # what it holds beyond what this release knows
    changed: bool = False
    removed: bool = False
    guarded: bool = False  # what is decided holds only while this stays as it was read


@dataclass(slots=True)
class Scope:
    """What one cause has changed, to be undone should its step fail."""

    cause: Cause
    undo: list[tuple[tuple[str, str], Any, bool, bool]] = field(default_factory=list)
    announced_before: int = 0
    spoken: int = 0
