"""What stands at this instant? Told event by event, and written apart from the rules it judges."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared.contracts import firm, intake, restrictions
from shared.contracts.base import EventData
from shared.contracts.desk import StaffNamed

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class Standing:
    """One client's facts, as whoever told them meant them."""

    client: dict[str, Any] = field(default_factory=dict)
    appointments: dict[str, Any] = field(default_factory=dict)
    invoices: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    closed: dict[str, datetime] = field(default_factory=dict)
    consents: list[tuple[str, bool]] = field(default_factory=list)
    restrictions: dict[str, str] = field(default_factory=dict)
    stages: dict[str, set[str]] = field(default_factory=dict)  # reached, by matter
    owners: dict[str, str] = field(default_factory=dict)  # by matter
    lawyers: dict[str, str] = field(default_factory=dict)  # who works here, by name
    held: bool = False
    address_is_wrong: bool = False

    def hear(self, said: EventData) -> None:
        """Something happened."""
        match said:
            case firm.AppointmentScheduled() | firm.AppointmentRescheduled():
                self.appointments[said.appointment_id] = said
            case firm.AppointmentCancelled():
                self.appointments.pop(said.appointment_id, None)
            case firm.InvoiceIssued():
                self.invoices[said.invoice_id] = said
            case firm.InvoicePaid() | firm.InvoiceSettled():
                self.invoices.pop(said.invoice_id, None)
            case firm.DocumentRequested():
                self.documents[said.request_id] = said
            case firm.DocumentReceived():
                self.documents.pop(said.request_id, None)
            case _:
                self._hear_of_the_matter(said)

    def _hear_of_the_matter(self, said: EventData) -> None:
        match said:
            case firm.MatterClosed():
                self.closed[said.matter_id] = said.closed_at
                self.documents = {name: each for name, each in self.documents.items()
                                  if each.matter_id != said.matter_id}  # fmt: skip
            case firm.MatterReopened():
                self.closed.pop(said.matter_id, None)
            case firm.MatterOpened():
                self.owners[said.matter_id] = said.owner_id
            case firm.MatterStageChanged():
                self.stages.setdefault(said.matter_id, set()).add(said.stage)
            case StaffNamed():
                self.lawyers.pop(said.staff_id, None)
                if said.name is not None:
                    self.lawyers[said.staff_id] = said.name
            case _:
                self._hear_of_the_client(said)

    def _hear_of_the_client(self, said: EventData) -> None:
        match said:
            case firm.ClientOnboarded():
                self.client = said.model_dump()
            case firm.ClientUpdated():
                self.client |= said.changed()
                self.address_is_wrong &= "email" not in said.changed()
            case intake.ClientPreferencesUpdated():
                self.client |= said.model_dump(exclude_none=True, exclude={"client_id", "at"})
            case intake.ConsentGranted():
                self.consents.append((said.purpose, True))
            case intake.ConsentWithdrawn():
                self.consents.append((said.purpose, False))
            case restrictions.RestrictionPlaced():
                self.restrictions[said.restriction_id] = said.effect
            case restrictions.RestrictionLifted():
                self.restrictions.pop(said.restriction_id, None)

    def agreed(self, purpose: str) -> bool | None:
        """The client's last word on this purpose, or on everything."""
        said = [yes for about, yes in self.consents if about in (purpose, "all")]
        return said[-1] if said else None

    def local(self, instant: datetime) -> datetime:
        """By the client's clock."""
        return instant.astimezone(ZoneInfo(self.client["timezone"]))

    def may_be_written_to(self, instant: datetime) -> bool:
        """Within the firm's hours and the client's own."""
        opens = max("08:00", self.client.get("quiet_to") or "08:00")
        closes = min("20:00", self.client.get("quiet_from") or "20:00")
        clock = self.local(instant).time()
        return time.fromisoformat(opens) <= clock < time.fromisoformat(closes)

    def language(self) -> str:
        """In which of our languages they are written to."""
        spoken = str(self.client["locale"])[:2]
        return spoken if spoken in ("de", "en") else "en"

    def anchor(self, name: str) -> datetime:
        """Until when this appointment can be told: until it begins, one of a whole day is over."""
        stated = self.appointments[name]
        whole: timedelta = timedelta(days=1, minutes=-1) if stated.starts_on else timedelta()
        begins: datetime = stated.starts_at.astimezone(ZoneInfo(stated.timezone))
        return (begins + whole).astimezone(UTC)

    def clock(self, instant: datetime, zone: str) -> str:
        """A time as they read it."""
        there = instant.astimezone(ZoneInfo(zone))
        american = self.client["locale"] in ("en-US", "en", "fr-FR")
        return f"{there.hour % 12 or 12}:{there:%M %p}" if american else f"{there:%H:%M}"

    def day(self, instant: datetime) -> str:
        """The number of the day in the firm's calendar; midnight in UTC is a bare date."""
        bare = instant.astimezone(UTC).time() == time()
        return str((instant if bare else instant.astimezone(BERLIN)).day)
