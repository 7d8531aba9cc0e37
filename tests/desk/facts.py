"""Events and people the desk's tests speak of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.desk.domain.listed_task import ListedTask
from services.desk.domain.projecting import apply
from services.desk.domain.staff import StaffMember
from shared.contracts.base import EventData
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientOnboarded, InquiryReceived
from shared.contracts.reminders import Gate, Why
from shared.contracts.tasks import (
    About,
    TaskCancelled,
    TaskCompleted,
    TaskCreated,
    TaskEscalated,
    TaskUpdated,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
DUE = NOON + timedelta(days=1)
CLARA = StaffMember(staff_id="clara", roles=("conflicts-officer",))
LEO = StaffMember(staff_id="leo", roles=("lawyer",))
LENA = StaffMember(staff_id="lena", roles=("lawyer",))
PAT = StaffMember(staff_id="pat", roles=("partner",))
ASH = StaffMember(staff_id="ash", roles=("assistant",))
OSKAR = StaffMember(staff_id="oskar", roles=("ops",))
EVERYBODY = (ASH, CLARA, LENA, LEO, OSKAR, PAT)
CLIENT = ClientOnboarded(
    client_id="c-1",
    name="Anna Müller",
    email="a@example.com",
    timezone="Europe/London",
    locale="en",
)
INQUIRY = InquiryReceived(
    inquiry_id="i-1", name="Zoe Bauer", channel="website", timezone="Europe/London", locale="en"
)
GATES = (Gate(gate="consent", verdict="pass"), Gate(gate="quiet-hours", verdict="fail", reason="x"))


def event(
    data: EventData,
    *,
    id: str = "e-1",
    source: str = "urn:clientele:reminders",
    time: datetime = NOON,
    causation_id: str | None = None,
) -> Event[Any]:
    """An event as it is heard."""
    return Event(
        id=id,
        source=source,
        type=data.TYPE,
        version=data.VERSION,
        time=time,
        subject=data.key(),
        data=data,
        correlation_id=id,
        causation_id=causation_id,
        traceparent=None,
    )


def created(task_id: str = "t-1", **changes: Any) -> TaskCreated:
    """A task to call a client is opened."""
    return TaskCreated(**_stated(task_id, 1) | changes)


def updated(task_id: str = "t-1", version: int = 2, **changes: Any) -> TaskUpdated:
    """Its owner changes it."""
    return TaskUpdated(**_stated(task_id, version) | changes)


def completed(task_id: str = "t-1", version: int = 2, **changes: Any) -> TaskCompleted:
    """Somebody decides it."""
    said = {"decision": "reached", "actor_id": "leo", "at": NOON}
    return TaskCompleted(**_named(task_id, version) | said | changes)


def cancelled(task_id: str = "t-1", version: int = 2, **changes: Any) -> TaskCancelled:
    """It is not needed any more."""
    return TaskCancelled(**_named(task_id, version) | {"reason": "answered", "at": NOON} | changes)


def escalated(task_id: str = "t-1", level: int = 1, **changes: Any) -> TaskEscalated:
    """Nobody did it in time."""
    return TaskEscalated(**_named(task_id, 1) | {"level": level, "at": NOON} | changes)


def listed(*, barred: tuple[str, ...] = (), **changes: Any) -> ListedTask:
    """A task on the list."""
    return apply(ListedTask(task_id="t-1"), event(created(barred=barred, **changes)))


def _named(task_id: str, version: int) -> dict[str, Any]:
    return {
        "task_id": task_id,
        "kind": "call-client",
        "about": About(client_id="c-1", matter_id="m-1"),
        "service": "reminders",
        "version": version,
    }


def _stated(task_id: str, version: int) -> dict[str, Any]:
    return _named(task_id, version) | {
        "title": "Call the client about appointment a-1",
        "why": Why(event_id="e-0", rule_id="appointment", rule_version=3, text="No channel."),
        "due_at": DUE,
        "role": "assistant",
    }
