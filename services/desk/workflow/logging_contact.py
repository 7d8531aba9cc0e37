"""What follows when somebody of the firm was in touch with a client and says so?

The event names who, by which way and when; what was talked about stays here, sealed under the
client's key. The timeline shows it at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast, get_args
from zoneinfo import ZoneInfo

from services.desk.domain.notes import ContactNote
from services.desk.domain.staff import StaffMember
from services.desk.domain.timeline import Entry, entry_of
from services.desk.domain.walls import check_unscreened
from services.desk.ports.clients import CARDS
from services.desk.ports.notes import CONTACT_NOTES
from services.desk.ports.timeline import ENTRIES
from shared.contracts.concerns import ComplaintReceived, ComplaintType
from shared.contracts.firm import ClientContactLogged
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

CHANNELS = ("phone", "meeting", "video", "email", "post")
TALKS = ("meeting", "video")
OLDEST = timedelta(days=366)
AHEAD = timedelta(minutes=5)  # clocks differ
LONGEST = 10_000


class UnknownClientError(RuleError):
    """No client of this id is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted:
    """A person of the firm and a client were in touch; the words are private."""

    client_id: str
    direction: Literal["in", "out"]
    channel: str
    at: datetime
    matter_id: str | None = None
    words: str = ""
    two_way: bool | None = None  # None: not said
    complaint: ComplaintType | None = None  # they complained of this
    about_staff: str | None = None  # and of this person of the firm

    @property
    def both_spoke(self) -> bool | None:
        """Whether both sides spoke or wrote; whoever met did."""
        return True if self.channel in TALKS else self.two_way


def log_contact(
    contacted: Contacted, by: StaffMember, zone: ZoneInfo
) -> Callable[[UnitOfWork], Entry]:
    """Say that it happened: other services count it, the timeline tells it."""

    def step(unit: UnitOfWork) -> Entry:
        ids = {"client_id": contacted.client_id, "matter_id": contacted.matter_id}
        check_unscreened(ids, by.screened)
        _check(contacted, unit)
        event = unit.announce(
            ClientContactLogged(
                client_id=contacted.client_id,
                matter_id=contacted.matter_id,
                direction=contacted.direction,
                channel=contacted.channel,
                at=contacted.at,
                two_way=contacted.both_spoke,
            )
        )
        entry = cast("Entry", entry_of(event, zone))  # the event names a client
        unit.add(ENTRIES, entry)
        note = ContactNote(
            entry_id=entry.entry_id,
            client_id=contacted.client_id,
            by=by.staff_id,
            text=contacted.words,
        )
        unit.add(CONTACT_NOTES, note)
        if contacted.complaint is not None:
            unit.announce(_complaint(contacted, contacted.complaint, entry))
        return entry

    return step


def _complaint(contacted: Contacted, type: ComplaintType, entry: Entry) -> ComplaintReceived:
    """What they said counts as a complaint: somebody neutral leads it from here on."""
    return ComplaintReceived(
        complaint_id=complaint_id_of(entry),
        client_id=contacted.client_id,
        matter_id=contacted.matter_id,
        type=type,
        channel=contacted.channel,
        about_staff=contacted.about_staff,
        at=contacted.at,
    )


def complaint_id_of(entry: Entry) -> str:
    """The id of the complaint that was heard in this contact."""
    return f"contact-{entry.entry_id}"


def contact_needs(client_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Whether there is such a client."""
    return lambda _unit: [CARDS.one(client_id)]


def _check(contacted: Contacted, unit: UnitOfWork) -> None:
    if unit.get(CARDS, contacted.client_id) is None:
        raise UnknownClientError(code="unknown-client")
    if contacted.channel not in CHANNELS:
        ways = ", ".join(CHANNELS)
        raise RuleError(f"Choose one of: {ways}.", code="unknown-choice", field="channel")
    if contacted.complaint is not None and contacted.complaint not in get_args(ComplaintType):
        types = ", ".join(get_args(ComplaintType))
        raise RuleError(f"Choose one of: {types}.", code="unknown-choice", field="complaint")
    if contacted.about_staff is not None and contacted.complaint is None:
        raise RuleError("Say what they complain of, too.", code="missing", field="complaint")
    if contacted.at > unit.now + AHEAD:
        raise RuleError("This has not happened yet.", code="ahead", field="at")
    if contacted.at < unit.now - OLDEST:
        raise RuleError("This is more than a year ago.", code="too-old", field="at")
    if len(contacted.words) > LONGEST:
        raise RuleError(f"Use at most {LONGEST} characters.", code="too-long", field="words")
