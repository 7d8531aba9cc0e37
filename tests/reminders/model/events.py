"""What may be told: every event the machine knows, with its instants drawn around now."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from shared.contracts.base import EventData
from shared.contracts.feedback import FeedbackRequested, FeedbackSubmitted
from shared.contracts.firm import (
    AppointmentCancelled,
    AppointmentRescheduled,
    AppointmentScheduled,
    ClientOnboarded,
    ClientUpdated,
    InvoiceIssued,
    InvoicePaid,
)
from shared.contracts.intake import (
    ClientPreferencesUpdated,
    ConsentGranted,
    ConsentWithdrawn,
)
from shared.contracts.reputation import ReviewRequested
from tests.reminders.over_memory import ASSISTANT

__all__ = ["ASSISTANT", "EVENTS", "Saying", "client"]

Saying = Callable[[datetime], EventData]
ZONES = ("Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
         "Pacific/Chatham", "Asia/Kathmandu")  # fmt: skip
AHEAD = (20, 100, 150, 600, 1000, 1440, 2 * 1440, 3 * 1440 + 90, 6 * 1440, 9 * 1440 + 15)
NUMBERS = st.sampled_from(("1", "2"))
WHOSE = st.sampled_from(("", "", "", "1", "2"))  # mostly of the client of the same number
PLACES = st.sampled_from((None, None, "Office", "Court"))
AWAY = st.sampled_from(AHEAD)


def client(client_id: str, zone: str) -> ClientOnboarded:
    """A new client."""
    return ClientOnboarded(
        client_id=client_id, name="Ada Muster", email=f"{client_id}@muster.example",
        phone="+49 30 1234", timezone=zone, locale="en-GB",
    )  # fmt: skip


def _appointment(kind: type[EventData]) -> st.SearchStrategy[Saying]:
    def build(number: str, whose: str, minutes: int, fixed: bool, place: str | None) -> Saying:
        return lambda now: kind(
            appointment_id=f"a-{number}", client_id=f"c-{whose or number}", kind="consultation",
            timezone="Europe/Berlin", starts_at=_starts(now, minutes, fixed=fixed), location=place,
        )  # fmt: skip

    return st.builds(build, NUMBERS, WHOSE, AWAY, st.booleans(), PLACES)


def _starts(now: datetime, minutes: int, *, fixed: bool) -> datetime:
    """Some minutes from now, or at one of few hours, so that dates are moved there and back.

    Never at midnight: that would be an appointment of a whole day, which the model does not know.
    """
    if not fixed:
        starts = now + timedelta(minutes=minutes)
        whole_day = starts.astimezone(ZoneInfo("Europe/Berlin")).time() == time()
        return starts + timedelta(minutes=1) if whole_day else starts
    return datetime.combine(now.date(), time(6), UTC) + timedelta(days=2 + minutes % 2)


def appointment(number: str, minutes: int) -> Saying:
    """An appointment so far ahead, of the client of the same number."""
    return lambda now: AppointmentScheduled(
        appointment_id=f"a-{number}", client_id=f"c-{number}", kind="consultation",
        timezone="Europe/Berlin", starts_at=_starts(now, minutes, fixed=False),
    )  # fmt: skip


def _cancelled(number: str) -> Saying:
    return lambda _: AppointmentCancelled(appointment_id=f"a-{number}", client_id=f"c-{number}")


def issued(number: str, minutes: int) -> Saying:
    """An invoice that is due so far ahead."""
    return lambda now: InvoiceIssued(
        invoice_id=f"i-{number}", client_id=f"c-{number}", due_at=now + timedelta(minutes=minutes)
    )


def _paid(number: str) -> Saying:
    return lambda _: InvoicePaid(invoice_id=f"i-{number}", client_id=f"c-{number}")


def survey(number: str) -> Saying:
    """A survey of a closed matter is to go out."""
    return lambda _: FeedbackRequested(
        survey_id=f"s-{number}", client_id=f"c-{number}", matter_id="m-1", stage="closing"
    )


def _answered(number: str) -> Saying:
    return lambda _: FeedbackSubmitted(
        survey_id=f"s-{number}", client_id=f"c-{number}", matter_id="m-1", score=9,
        has_comment=False,
    )  # fmt: skip


def review(number: str) -> Saying:
    """A client is to be asked for a public review."""
    return lambda _: ReviewRequested(
        request_id=f"r-{number}", client_id=f"c-{number}", matter_id="m-1", site="google"
    )


def _consent(number: str, purpose: str, channel: str | None, by: str, *, yes: bool) -> Saying:
    said = {"client_id": f"c-{number}", "purpose": purpose, "channel": channel, "by": by}
    if yes and purpose != "all":
        return lambda now: ConsentGranted.model_validate({**said, "at": now})
    return lambda now: ConsentWithdrawn.model_validate({**said, "at": now})


def _prefers(number: str, channel: str | None, hours: tuple[str, str] | None) -> Saying:
    begins, ends = hours or (None, None)
    return lambda now: ClientPreferencesUpdated.model_validate(
        {"client_id": f"c-{number}", "preferred_channel": channel, "quiet_from": begins,
         "quiet_to": ends, "at": now}
    )  # fmt: skip


def updated(number: str, change: dict[str, str | None]) -> Saying:
    """The firm has other facts about a client."""
    return lambda _: ClientUpdated.model_validate({"client_id": f"c-{number}", **change})


APPOINTMENTS = st.one_of(
    _appointment(AppointmentScheduled), _appointment(AppointmentRescheduled),
    _appointment(AppointmentRescheduled), st.builds(_cancelled, NUMBERS),
)  # fmt: skip
ASKS = st.one_of(*(st.builds(each, NUMBERS) for each in (survey, _answered, review)))
CONSENTS = st.builds(
    _consent, NUMBERS, st.sampled_from(("service", "feedback", "all")),
    st.sampled_from((None, "email", "phone")), st.sampled_from(("client", "firm")),
    yes=st.booleans(),
)  # fmt: skip
CARDS = st.one_of(
    st.builds(_prefers, NUMBERS, st.sampled_from((None, "email", "phone")),
              st.sampled_from((None, ("18:00", "10:00"), ("12:00", "14:30"), ("22:00", "06:00"),
                               ("08:00", "20:00")))),
    st.builds(updated, NUMBERS, st.sampled_from(
        [{"timezone": zone} for zone in ZONES]
        + [{"email": None}, {"email": "new@muster.example"}]
    )),
)  # fmt: skip
EVENTS: st.SearchStrategy[Saying] = st.one_of(
    APPOINTMENTS, st.one_of(st.builds(issued, NUMBERS, AWAY), st.builds(_paid, NUMBERS)), ASKS,
    CONSENTS, CARDS,
)  # fmt: skip
