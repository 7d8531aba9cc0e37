"""What happens to an invented client in thirteen months? Always the same for the same seed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from shared.contracts import firm, intake, restrictions
from shared.contracts.base import EventData
from tests.reminders.over_memory import MONDAY

ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata",
    "Australia/Sydney",
)  # fmt: skip
LOCALES = ("de-DE", "en-US", "en-GB", "de-AT", "fr-FR")
PLACES = ("Main Street 1", "Harbour Office", None)
STAGES = ("consultation", "onboarding", "milestone", "first-hearing")
LAWYERS = ("s-1", "s-2")
END = MONDAY + timedelta(days=395)


@dataclass(frozen=True)
class Held:
    """Somebody of the firm stops all messages, or lets them go again."""

    held: bool


@dataclass(frozen=True)
class CameBack:
    """The message that went last comes back."""

    kind: str
    status: str


@dataclass(frozen=True)
class Led:
    """A person who leads a complaint decides its open task of this kind."""

    complaint_id: str
    kind: str
    decision: str
    fields: Mapping[str, Any]


Happening = tuple[datetime, EventData | Held | CameBack | Led]


@dataclass
class Life:
    """One client's events, earliest first."""

    client_id: str
    chance: Random
    happenings: list[Happening] = field(default_factory=list)

    def at(self, instant: datetime, says: Callable[..., EventData], /, **values: Any) -> datetime:
        """This happens then, within the thirteen months."""
        instant = instant.replace(microsecond=0)
        if instant < END - timedelta(days=35):
            self.happenings.append((instant, says(client_id=self.client_id, **values)))
        return instant

    def then(self, instant: datetime, what: Held | CameBack) -> None:
        """The same of what no event of the firm's systems says."""
        if instant < END - timedelta(days=35):
            self.happenings.append((instant.replace(microsecond=0), what))

    def later(self, instant: datetime, least: float, most: float) -> datetime:
        """Some days after, at some minute."""
        return instant + timedelta(minutes=self.chance.randint(int(least * 1440), int(most * 1440)))

    def often(self, share: float) -> bool:
        """Whether it is one of so many."""
        return self.chance.random() < share


def life_of(number: int) -> Life:
    """The client of this number: how they come, what the firm does for them, how they leave."""
    life = Life(f"c-{number}", Random(number))
    begin = life.later(MONDAY, 0, 120)
    life.at(
        begin, firm.ClientOnboarded, name=_name_of(number), timezone=ZONES[number % 6],
        email=f"c{number}@example.com" if not life.often(0.05) else None, phone="+49 30 1234",
        locale=life.chance.choice(LOCALES),
        preferred_channel=life.chance.choice((None, "email", "sms", "post")),
    )  # fmt: skip
    opened = life.later(begin, 0.1, 2)
    life.at(
        opened,
        firm.MatterOpened,
        matter_id=f"m-{number}",
        practice_area="tenancy",
        owner_id=LAWYERS[number % 2],
    )
    life.at(
        life.later(opened, 0, 0.5), _cleared, check_id=f"k-{number}", hit_count=0, trigger="client"
    )
    for count in range(life.chance.randint(1, 3)):
        _appointment(life, f"a-{number}-{count}", life.later(opened, 1, 90))
    for count in range(life.chance.randint(1, 2)):
        _invoice(life, f"i-{number}-{count}", life.later(opened, 3, 120))
    if life.often(0.6):
        _document(life, f"d-{number}", f"m-{number}", life.later(opened, 1, 60))
    _wishes(life, opened)
    _whole_day(life, f"w-{number}", opened)
    _stages(life, f"m-{number}", opened)
    _mishaps(life, opened)
    _ending(life, f"m-{number}", life.later(opened, 60, 150))
    life.happenings.sort(key=lambda each: each[0])
    return life


def _cleared(client_id: str, **values: Any) -> EventData:
    return intake.ConflictCleared(client_id=client_id, **values)


def _appointment(life: Life, appointment_id: str, made: datetime) -> None:
    starts = _full_hour(life, life.later(made, 2, 30))
    about: dict[str, Any] = {
        "appointment_id": appointment_id, "timezone": life.chance.choice(ZONES[:3]),
        "kind": "consultation", "location": life.chance.choice(PLACES),
    }  # fmt: skip
    life.at(made, firm.AppointmentScheduled, starts_at=starts, **about)
    for _ in range(life.chance.choice((0, 0, 1, 2))):
        made = life.later(made, 0.1, 3)
        if made >= starts:
            break
        starts = _full_hour(life, life.later(made, 1, 20))
        about["location"] = life.chance.choice(PLACES)
        life.at(made, firm.AppointmentRescheduled, starts_at=starts, **about)
    gone = life.later(made, 0.1, 2)
    if life.often(0.2) and gone < starts:
        life.at(gone, firm.AppointmentCancelled, appointment_id=appointment_id)


def _name_of(number: int) -> str:
    """One in ten is a company."""
    return f"Number {number} GmbH" if number % 10 == 7 else f"Client Number {number}"


def _whole_day(life: Life, appointment_id: str, since: datetime) -> None:
    """A hearing of which only the day is known, now and then with its hour later, or moved."""
    if not life.often(0.3):
        return
    made = life.later(since, 1, 60)
    on = (made + timedelta(days=life.chance.randint(3, 40))).date()
    about: dict[str, Any] = {
        "appointment_id": appointment_id, "timezone": life.chance.choice(ZONES[:3]),
        "kind": "hearing", "location": "Court House",
    }  # fmt: skip
    life.at(made, firm.AppointmentScheduled, starts_on=on, **about)
    made = life.later(made, 0.1, 2)
    if life.often(0.4):
        starts = datetime(on.year, on.month, on.day, 13, 30, tzinfo=UTC)
        life.at(made, firm.AppointmentRescheduled, starts_at=starts, **about)
    elif life.often(0.4):
        life.at(made, firm.AppointmentRescheduled, starts_on=on + timedelta(days=5), **about)
    elif life.often(0.3):
        life.at(made, firm.AppointmentCancelled, appointment_id=appointment_id)


def _stages(life: Life, matter_id: str, opened: datetime) -> None:
    """The matter comes to stages; not all of them are asked about."""
    for stage in STAGES:
        if life.often(0.4):
            at = life.later(opened, 1, 55)
            life.at(at, firm.MatterStageChanged, matter_id=matter_id, stage=stage)


def _mishaps(life: Life, since: datetime) -> None:
    """All messages are stopped for days; a message comes back, and the address is put right."""
    if life.often(0.3):
        held = life.later(since, 1, 100)
        life.then(held, Held(held=True))
        life.then(life.later(held, 0.2, 4), Held(held=False))
    if life.often(0.3):
        back = life.later(since, 5, 80)
        kind, status = life.chance.choice((("hard", "5.1.1"), ("soft", "4.2.2"), ("hard", "5.7.1")))
        life.then(back, CameBack(kind, status))
        if life.often(0.5):
            mended = life.later(back, 1, 30)
            life.at(mended, firm.ClientUpdated, email=f"new-{life.client_id}@example.com")


def _full_hour(life: Life, instant: datetime) -> datetime:
    return instant.replace(hour=life.chance.randint(8, 15), minute=0, second=0, tzinfo=UTC)


def _invoice(life: Life, invoice_id: str, issued: datetime) -> None:
    due = life.later(issued, 10, 30)
    life.at(
        issued, firm.InvoiceIssued, invoice_id=invoice_id, due_at=due, number=f"R/{invoice_id}",
        amount="120.50", currency="EUR",
    )  # fmt: skip
    end = life.later(issued, 1, 50)
    if life.often(0.6):
        life.at(end, firm.InvoicePaid, invoice_id=invoice_id)
    elif life.often(0.4):
        life.at(end, firm.InvoiceSettled, invoice_id=invoice_id, how="plan-agreed")


def _document(life: Life, request_id: str, matter_id: str, asked: datetime) -> None:
    due = life.later(asked, 3, 20)
    life.at(
        asked, firm.DocumentRequested, request_id=request_id, matter_id=matter_id, due_at=due,
        title=f"Paper {request_id}",
    )  # fmt: skip
    if life.often(0.6):
        life.at(life.later(asked, 1, 30), firm.DocumentReceived, request_id=request_id)


def _wishes(life: Life, since: datetime) -> None:
    """What they agree to, take back and choose; what the firm must not do; where they move to."""
    when = [life.later(since, 0, 200) for _ in range(6)]
    if life.often(0.5):
        purpose = life.chance.choice(("feedback", "marketing"))
        life.at(when[0], intake.ConsentGranted, purpose=purpose, at=when[0], by="client")
    if life.often(0.25):
        purpose = life.chance.choice(("feedback", "marketing", "all"))
        life.at(when[1], intake.ConsentWithdrawn, purpose=purpose, at=when[1], by="client")
    if life.often(0.2):
        life.at(
            when[2], intake.ClientPreferencesUpdated, quiet_from="17:00", quiet_to="10:00",
            locale=life.chance.choice(("de", "en")), at=when[2],
        )  # fmt: skip
    if life.often(0.2):
        life.at(when[3], firm.ClientUpdated, timezone=life.chance.choice(ZONES))
    if life.often(0.15):
        kind, effect = life.chance.choice((("freeze", "stop"), ("declined", "stop"),
                                           ("conflict", "wait")))  # fmt: skip
        name = f"r-{life.client_id}"
        life.at(
            when[4], restrictions.RestrictionPlaced, restriction_id=name, kind=kind, scope="client",
            effect=effect, at=when[4],
        )  # fmt: skip
        lifted = life.later(when[4], 1, 40)
        life.at(lifted, restrictions.RestrictionLifted, restriction_id=name, at=lifted)


def _ending(life: Life, matter_id: str, closed: datetime) -> None:
    """The matter is closed, now and then taken up again; some leave for good."""
    closed = life.at(closed, firm.MatterClosed, matter_id=matter_id, closed_at=closed)
    if life.often(0.15):
        again = life.at(life.later(closed, 1, 20), firm.MatterReopened, matter_id=matter_id)
        later = life.later(again, 10, 40)
        life.at(later, firm.MatterClosed, matter_id=matter_id, closed_at=later)
    elif life.often(0.1):
        gone = life.later(closed, 0.5, 10)
        life.at(gone, intake.ConsentWithdrawn, purpose="all", at=gone, by="client")
