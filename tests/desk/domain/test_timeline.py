"""Does every event about a client become one neutral, explained entry?"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from services.desk.domain.sentences import SENTENCES
from services.desk.domain.timeline import AMONG_SERVICES, OUTCOMES, Entry, entry_of
from shared.contracts import feedback, firm, intake, reminders, reputation
from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.reminders import Occurrence, Why
from shared.contracts.tasks import About
from tests.desk.facts import DUE, GATES, NOON, completed, created, event

LONDON = ZoneInfo("Europe/London")
CONTACT: dict[str, Any] = {
    "contact_id": "k-1",
    "occurrence_id": "o-1",
    "client_id": "c-1",
    "appointment_id": "a-1",
    "rule_id": "appointment.minus-1d",
    "rule_version": 4,
    "purpose": "appointment reminder",
    "channel": "email",
    "reason": "The client withdrew consent.",
    "due_at": DUE,
    "at": NOON,
    "gates": GATES,
    "why": Why(event_id="e-7", text="The appointment is tomorrow."),
}


def entry(data: EventData, **changes: Any) -> Entry:
    written = entry_of(event(data, **changes), LONDON)
    assert written is not None
    return written


def test_a_contact_made_is_told_with_its_gates() -> None:
    gates = entry(reminders.ContactSent(**CONTACT)).gates
    assert [(each.gate, each.verdict, each.reason) for each in gates] == [
        ("consent", "pass", None),
        ("quiet-hours", "fail", "x"),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (reminders.ContactSent(**CONTACT), "Sent by e-mail: appointment reminder."),
        (
            feedback.FeedbackNotRequested(
                client_id="c-1", matter_id="m-1", stage="closing", reason="matter-reopened"
            ),
            "No survey about matter m-1: it was taken up again.",
        ),
        (
            feedback.FeedbackNotRequested(
                client_id="c-1", matter_id="m-1", stage="closing", reason="asked-before"
            ),
            "No survey about matter m-1: asked about this before.",
        ),
        (
            reminders.InvitationDropped(
                client_id="c-1",
                matter_id="m-1",
                invitation="survey-due",
                rule_id="survey-due",
                rule_version=3,
                reason="cancelled",
                due_at=DUE,
                why=CONTACT["why"],
            ),
            "Not asked for: a survey.",
        ),
        (
            reminders.ContactSuppressed(**CONTACT),
            "Not sent: appointment reminder. The client withdrew consent.",
        ),
        (
            reminders.ContactSuppressed(
                **CONTACT
                | {
                    "purpose": "surveys",
                    "reason": "withdrawn",
                    "why": Why(event_id="e-7", text="The client does not want such messages."),
                }
            ),
            "Not sent: the invitation to a survey. The client does not want such messages.",
        ),
        (
            reminders.ContactDeferred(**CONTACT | {"until": DUE, "reason": None}),
            "Put off until 3 March 2026, 12:00 (Europe/London): appointment reminder.",
        ),
    ],
)
def test_a_contact_made_or_not_made_is_told_in_words(data: EventData, text: str) -> None:
    assert entry(data).text == text


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (reminders.ContactSent, "sent"),
        (reminders.ContactDeferred, "deferred"),
        (reminders.ContactSuppressed, "suppressed"),
        (reminders.ContactFailed, "failed"),
        (reminders.ContactUnknown, "unknown"),
    ],
)
def test_a_contact_has_its_outcome(kind: type[EventData], outcome: str) -> None:
    assert entry(kind(**CONTACT)).outcome == outcome


def test_a_contact_names_its_rule_and_version() -> None:
    why = entry(reminders.ContactSent(**CONTACT)).why
    assert (why.event_id, why.rule_id, why.rule_version) == ("e-7", "appointment.minus-1d", 4)


def test_what_is_planned_is_told_with_each_instant() -> None:
    occurrences = tuple(
        Occurrence(occurrence_id=f"o-{n}", rule_id="appointment", rule_version=4,
                   purpose="appointment reminder", due_at=DUE + timedelta(days=n))
        for n in range(7)
    )  # fmt: skip
    planned = entry(reminders.ContactPlanned(client_id="c-1", occurrences=occurrences))
    assert planned.text == (
        "Planned: appointment reminder on 3 March 2026, 12:00 and on 4 March 2026, 12:00 and on "
        "5 March 2026, 12:00 and on 6 March 2026, 12:00 and on 7 March 2026, 12:00; and 2 more "
        "(Europe/London)."
    )


def test_what_is_planned_names_the_rule_when_there_is_one() -> None:
    one = Occurrence(occurrence_id="o", rule_id="welcome", rule_version=2, purpose="w", due_at=DUE)
    why = entry(reminders.ContactPlanned(client_id="c-1", occurrences=(one,))).why
    assert (why.rule_id, why.rule_version) == ("welcome", 2)


def test_an_appointment_is_told_on_the_clients_clock() -> None:
    data = firm.AppointmentScheduled(
        appointment_id="a-1", client_id="c-1", starts_at=datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
        timezone="Europe/Berlin", kind="consultation", location="1 Canary Street",
    )  # fmt: skip
    assert entry(data).text == "Appointment a-1 was set for 1 July 2026, 10:00 (Europe/Berlin)."


def test_how_a_recovery_ended_is_told_in_words() -> None:
    data = feedback.ServiceRecoveryResolved(
        recovery_id="r-1", client_id="c-1", outcome="client-unreachable", client_told=False
    )
    assert entry(data).text == "The service recovery has ended: client unreachable."


def test_what_one_person_decided_alone_says_so() -> None:
    told = entry(completed(sole_practice=True)).text
    wanted = "Task decided: Reached, alone, after time to reflect and with a written reason."
    assert told == wanted


def test_an_entry_stands_where_it_happened_in_time() -> None:
    logged = firm.ClientContactLogged(client_id="c-1", direction="in", channel="phone", at=DUE)
    assert entry(logged).at == DUE


def test_the_same_event_writes_the_same_entry() -> None:
    data = reminders.ContactSent(**CONTACT)
    assert entry(data, id="e-9") == entry(data, id="e-9")


def test_two_sources_may_use_one_id_for_two_entries() -> None:
    data = firm.InvoicePaid(invoice_id="i-1", client_id="c-1")
    first, second = entry(data, source="urn:a"), entry(data, source="urn:b")
    assert first.entry_id != second.entry_id


def test_a_task_is_told_on_its_clients_timeline() -> None:
    assert entry(created()).task_id == "t-1"


def test_a_decision_is_told_in_words() -> None:
    assert entry(completed()).text == "Task decided: Reached."


def test_a_decision_names_the_person_behind_it() -> None:
    assert entry(completed()).why.text == "Decided by leo."


@pytest.mark.parametrize(
    "data",
    [
        firm.ReviewReceived(review_id="r-1", site="google", stars=1, posted_at=NOON),
        reputation.ReviewResponseApproved(
            response_id="x", review_id="r-1", text_hash="0" * 64, approver_id="leo"
        ),
        created(about=About(review_id="r-1", client_id="c-1")),
        intake.ConflictCleared(check_id="k", inquiry_id="i-1", hit_count=0),
    ],
)
def test_what_is_about_no_client_or_about_a_review_is_on_no_timeline(data: EventData) -> None:
    assert entry_of(event(data), LONDON) is None


def test_names_and_addresses_stay_off_the_timeline() -> None:
    onboarded = firm.ClientOnboarded(
        client_id="c-1", name="Canary Name", email="canary@example.com", phone="+49 30 5550001",
        timezone="Europe/Berlin", locale="de-DE",
    )  # fmt: skip
    renamed = firm.ClientUpdated(client_id="c-1", name="Canary Two", email="canary@example.com")
    written = json.dumps(
        msgspec.to_builtins([entry(onboarded), entry(renamed)]), default=str
    ).lower()
    assert "canary" not in written
    assert "5550001" not in written


def test_an_update_does_not_say_what_changed_to() -> None:
    assert entry(firm.ClientUpdated(client_id="c-1", name="X")).text == (
        "The client's details changed."
    )


def test_every_type_about_clients_has_a_sentence_of_its_own() -> None:
    told_elsewhere = {"contact-planned", "client-contact-logged", *AMONG_SERVICES}
    about_clients = {
        name
        for name, data in CATALOGUE.items()
        if "client_id" in data.model_fields or "about" in data.model_fields
    }
    assert about_clients - told_elsewhere - SENTENCES.keys() == set()


def test_every_outcome_belongs_to_a_type_there_is() -> None:
    assert OUTCOMES.keys() <= CATALOGUE.keys()


def test_an_answered_survey_is_told_with_its_score() -> None:
    data = feedback.FeedbackSubmitted(
        survey_id="s-1", client_id="c-1", matter_id="m-1", score=4, has_comment=True
    )
    assert entry(data).text == "The survey about matter m-1 was answered: 4 of 10."
