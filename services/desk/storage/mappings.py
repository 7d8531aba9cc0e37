"""Which documents does the desk keep, and where does it say how?"""

from typing import Any

from services.desk.storage.accesses import ACCESS_MAPPINGS
from services.desk.storage.clients import CLIENT_MAPPINGS
from services.desk.storage.diary import DIARY_MAPPINGS
from services.desk.storage.first_days import FIRST_DAYS_MAPPINGS
from services.desk.storage.held_decisions import HELD_MAPPINGS
from services.desk.storage.incidents import INCIDENT_MAPPINGS
from services.desk.storage.inquiries import INQUIRY_MAPPINGS
from services.desk.storage.notes import NOTE_MAPPINGS
from services.desk.storage.owed import OWED_MAPPINGS
from services.desk.storage.preferences import PREFERENCE_MAPPINGS
from services.desk.storage.presence import PRESENCE_MAPPINGS
from services.desk.storage.restrictions import RESTRICTION_MAPPINGS
from services.desk.storage.signing_in import SIGNING_IN_MAPPINGS
from services.desk.storage.staff import STAFF_MAPPINGS
from services.desk.storage.systems import SYSTEM_MAPPINGS
from services.desk.storage.tasks import TASK_MAPPINGS
from services.desk.storage.timeline import TIMELINE_MAPPINGS
from shared.state.mappings import DocumentMapping

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    *TASK_MAPPINGS,
    *HELD_MAPPINGS,
    *PRESENCE_MAPPINGS,
    *INQUIRY_MAPPINGS,
    *OWED_MAPPINGS,
    *DIARY_MAPPINGS,
    *TIMELINE_MAPPINGS,
    *STAFF_MAPPINGS,
    *SYSTEM_MAPPINGS,
    *CLIENT_MAPPINGS,
    *NOTE_MAPPINGS,
    *RESTRICTION_MAPPINGS,
    *ACCESS_MAPPINGS,
    *INCIDENT_MAPPINGS,
    *SIGNING_IN_MAPPINGS,
    *PREFERENCE_MAPPINGS,
    *FIRST_DAYS_MAPPINGS,
)
