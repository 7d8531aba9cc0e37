"""The shipped plans, and a firm in London, for the desk's tests."""

from datetime import time
from zoneinfo import ZoneInfo

from services.desk.settings import DeskSettings
from services.desk.workflow.incident_declaring import IncidentConfig
from shared.calendar import BusinessDays, FirmCalendar

WEEKDAYS = FirmCalendar(
    zone=ZoneInfo("Europe/London"), days=BusinessDays("GB-ENG"), opens=time(9), closes=time(18)
)


def as_shipped() -> IncidentConfig:
    """What a firm has that has settled nothing of its own."""
    return IncidentConfig(plans=DeskSettings().plans(), calendar=WEEKDAYS)
