"""How does a test of intake speak? Intake over memory, and the firm's events in one line each."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.intake.app import config_of
from services.intake.domain.checks import Check
from services.intake.listeners import listeners
from services.intake.ports import CHECKS
from services.intake.settings import IntakeSettings
from services.intake.staff import deciders, views
from shared.contracts.firm import (
    ClientOnboarded,
    ClientUpdated,
    InquiryReceived,
    MatterClosed,
    MatterOpened,
    PartyAdded,
)
from shared.contracts.reminders import AppointmentOutcomeDue
from shared.requests.decisions import Actor
from tests.fakes.memory import START, MemoryService

OFFICER = Actor(id="s-officer", roles=("conflicts-officer",))
PARTNER = Actor(id="s-partner", roles=("partner",))
OWNER = "s-owner"
LONG_AGO = START - timedelta(days=400)  # of an import of the past
TALK = START - timedelta(days=1)  # when an appointment was to begin
UNDERSTOOD = "You want to keep the flat, and to pay no more than 900 euros."
CLEARED = {"grounds": "another-person", "reason": "Another date of birth."}
DECLINED = {"grounds": "opposed-interests", "reason": "They are our client's opponent."}
WAIVED = {
    "document_ref": "D-1", "signed_on": "2026-03-01", "affected": "Bob Smith\nRobert Smith",
    "reason": "Both agreed in writing.",
}  # fmt: skip
CONFIG = replace(
    config_of(IntakeSettings()),
    story_link=lambda asked: "https://pages.test/the-link" if asked.form else None,
)


def intake(**settled: Any) -> MemoryService:
    """A fresh intake service over memory; ``settled``: what this firm wants otherwise."""
    config = replace(CONFIG, **settled)
    return MemoryService(
        "intake", listeners=listeners(config), deciders=deciders(config), views=views(config)
    )


def onboarded(client_id: str = "c-1", name: str = "Anna Schmidt", **more: Any) -> ClientOnboarded:
    """A client was onboarded."""
    facts = {"email": f"{client_id}@example.com", "timezone": "Europe/Berlin", "locale": "de-DE"}
    return ClientOnboarded.model_validate({"client_id": client_id, "name": name, **facts, **more})


def updated(client_id: str = "c-1", **changes: Any) -> ClientUpdated:
    """Something about a client changed."""
    return ClientUpdated.model_validate({"client_id": client_id, **changes})


def opened(matter_id: str = "m-1", client_id: str = "c-1", owner_id: str = OWNER) -> MatterOpened:
    """A matter was opened."""
    return MatterOpened(
        matter_id=matter_id, client_id=client_id, practice_area="family", owner_id=owner_id
    )


def closed(matter_id: str = "m-1", client_id: str = "c-1") -> MatterClosed:
    """A matter was closed."""
    return MatterClosed(matter_id=matter_id, client_id=client_id, closed_at=START)


def party(name: str, role: str = "adverse", matter_id: str = "m-1", n: int = 1) -> PartyAdded:
    """Somebody got a part in a matter."""
    facts = {"matter_id": matter_id, "party_id": f"p-{n}", "name": name, "role": role}
    return PartyAdded.model_validate(facts)


def inquiry(name: str = "Anna Schmidt", *adverse: str, inquiry_id: str = "i-1") -> InquiryReceived:
    """Somebody asked for help."""
    return InquiryReceived(
        inquiry_id=inquiry_id,
        name=name,
        email="somebody@example.com",
        channel="website",
        adverse_parties=adverse or None,
        timezone="Europe/Berlin",
        locale="de-DE",
    )


def over(starts_at: datetime = TALK, **more: Any) -> AppointmentOutcomeDue:
    """An appointment is over."""
    facts = {"appointment_id": "a-1", "client_id": "c-1", "starts_at": starts_at, **more}
    return AppointmentOutcomeDue.model_validate(facts)


def talked(office: MemoryService, **noted: Any) -> str:
    """An appointment was held, and what was understood is noted; the id of the note."""
    office.hear(over())
    (task,) = office.tasks("appointment-outcome")
    office.decide(task.task_id, "held", {"understood": UNDERSTOOD} | noted, actor=PARTNER)
    return task.ref


def last_check(office: MemoryService, subject: str) -> Check:
    """The check made last about this subject."""
    found = [each for each in office.all(CHECKS) if each.subject == subject]
    return max(found, key=lambda each: (each.made_at, each.known_revision))


def only_task(office: MemoryService) -> str:
    """The id of the one open conflict check."""
    (task,) = office.tasks("conflict-check")
    return task.task_id
