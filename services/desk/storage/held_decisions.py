"""How are decisions kept that are not announced yet?"""

from datetime import datetime, timedelta
from typing import Any

from services.desk.domain.held_decisions import ENDED, HeldDecision
from services.desk.ports.held_decisions import HELD
from services.desk.storage.lists import ASCENDING
from shared.state.mappings import DocumentMapping

KEPT = timedelta(days=7)  # what was typed into one that came to nothing
WAITS = timedelta(days=90)  # for a second person; after that it is decided anew


def _until(held: HeldDecision) -> datetime | None:
    if held.state == "waits":
        return held.at + WAITS
    return held.at + KEPT if held.state in ENDED else None


HELD_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        HELD,
        sealed={"fields", "typed", "words", "message"},
        person=lambda held: held.person,
        due=lambda held: held.due,
        indexes=[[("d.person", ASCENDING)]],
        expire=_until,
    ),
)
