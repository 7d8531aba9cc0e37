"""How does each person want the desk?"""

from services.desk.domain.calendar_feed import CalendarFeed
from services.desk.domain.digest import DigestChoice
from services.desk.domain.saved_views import Preferences, SavedView
from shared.state.document_types import DocumentType

SAVED_VIEWS: DocumentType[SavedView] = DocumentType(
    "saved_views",
    SavedView,
    key=lambda view: view.view_id,
    lookups={"staff": lambda view: [view.staff_id]},
)

PREFERENCES: DocumentType[Preferences] = DocumentType(
    "preferences", Preferences, key=lambda each: each.staff_id
)

DIGESTS: DocumentType[DigestChoice] = DocumentType(
    "digests", DigestChoice, key=lambda each: each.staff_id
)

CALENDARS: DocumentType[CalendarFeed] = DocumentType(
    "calendars", CalendarFeed, key=lambda feed: feed.staff_id
)
