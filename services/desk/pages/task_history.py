"""What has happened to a task, line by line, the newest first?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.api.shapes import HappeningShape, TaskShape
from services.desk.domain.listed_task import Happening, ListedTask
from services.desk.pages.given_words import Given, given_words
from services.desk.pages.words import ago, exactly, happening_words

IMAGES = {
    "task-created": "flag",
    "task-updated": "history",
    "task-completed": "check",
    "task-cancelled": "hand",
    "task-escalated": "alert",
    "escalated-to": "people",
    "claimed": "person",
    "assigned": "people",
    "released": "people",
    "handed-over": "people",
    "away": "people",
    "left": "people",
    "snoozed": "moon",
    "due": "calendar",
    "note": "note",
    "undone": "undo",
    "decision-taken-back": "undo",
    "decision-refused": "alert",
}
OWNERS = {"task-created", "task-updated", "task-completed", "task-cancelled"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened."""

    text: str
    by: str
    when: str
    exact: str
    iso: str
    image: str
    note: str
    given: Given
    fresh: bool  # since the person last looked, by the owner's version


def history_lines(
    task: TaskShape,
    listed: ListedTask,
    names: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
    seen: int = 0,
) -> list[Line]:
    """Every line of the history, with the notes this person may read."""
    return [
        _line(happening, shape, task.kind, names, now, zone, seen)
        for happening, shape in reversed(list(zip(listed.history, task.history, strict=True)))
    ]


def _line(
    happening: Happening,
    shape: HappeningShape,
    kind: str,
    names: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
    seen: int,
) -> Line:
    return Line(
        text=happening_words(happening, names, zone),
        by=names.get(happening.by or "", happening.by or ""),
        when=ago(happening.at, now),
        exact=exactly(happening.at, zone),
        iso=happening.at.isoformat(),
        image=IMAGES.get(happening.kind, "info"),
        note=shape.note or "",
        given=given_words(kind, shape.given),
        fresh=bool(seen) and happening.kind in OWNERS and happening.version > seen,
    )
