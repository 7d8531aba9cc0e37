"""How is it kept how each person wants the desk?"""

from typing import Any

from services.desk.ports.preferences import CALENDARS, DIGESTS, PREFERENCES, SAVED_VIEWS
from shared.state.mappings import DocumentMapping

PREFERENCE_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        SAVED_VIEWS, sealed={"name", "query"}, person=lambda view: f"staff:{view.staff_id}"
    ),
    DocumentMapping(PREFERENCES),
    DocumentMapping(CALENDARS),
    DocumentMapping(DIGESTS),
)
