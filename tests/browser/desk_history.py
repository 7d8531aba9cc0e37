"""What has happened at the desk besides its tasks: a client's history, and services in trouble."""

from shared.contracts.cards import CardTold
from shared.contracts.firm import AppointmentScheduled, ClientOnboarded
from shared.contracts.outgoing import HoldTold, MessageTold, OutgoingListed
from shared.contracts.reminders import ContactSuppressed, Gate, Why
from tests.browser.desk_day import DeskSite
from tests.desk.facts import DUE, NOON, created
from tests.desk.pages.test_client_card import CARD
from tests.desk.pages.test_outgoing import MESSAGE
from tests.desk.scripted import WELL

GROUP = {"fingerprint": "KeyError@workflow/ask", "reason": "unexpected", "count": 3,
         "event_types": ["matter-closed"], "first_at": "2026-03-02 09:00:00+00:00",
         "last_at": "2026-03-02 14:00:00+00:00"}  # fmt: skip
LETTER = GROUP | {"id": "feedback-17", "consumer": "feedback", "event_type": "matter-closed",
                  "stream_seq": 17, "replays": 0, "status": "open",
                  "field_errors": [{"field": "data.id", "message": "is missing"}]}  # fmt: skip


def tell_history(site: DeskSite) -> None:
    """A client with an appointment, a message that was not sent, and a task."""
    hear = site.behind.memory.office.hear
    hear(ClientOnboarded(client_id="c-1", name="Anna Müller", email="a@example.com",
                         timezone="Europe/London", locale="en"))  # fmt: skip
    hear(AppointmentScheduled(appointment_id="a-1", client_id="c-1", starts_at=DUE,
                              kind="first", timezone="Europe/London"), id="e-1")  # fmt: skip
    gates = (Gate(gate="subject", verdict="pass"),
             Gate(gate="consent", verdict="stop", reason="withdrawn"))  # fmt: skip
    hear(ContactSuppressed(
        contact_id="k-1", occurrence_id="o-1", client_id="c-1", rule_id="day-before",
        rule_version=4, purpose="appointments", due_at=DUE, at=NOON, reason="withdrawn",
        gates=gates, why=Why(event_id="e-1", text="The client does not want such messages."),
    ))  # fmt: skip
    hear(created(), id="e-task")
    site.behind.memory.cards.told["c-1"] = CardTold(**CARD)
    hold = HoldTold(scope="message", occurrence_id="o-2", by="leo", at=NOON.isoformat(),
                    why="She is away until Thursday.")  # fmt: skip
    messages = [MessageTold(**MESSAGE),
                MessageTold(**MESSAGE | {"occurrence_id": "o-2"}, hold=hold),
                MessageTold(**MESSAGE | {"occurrence_id": "o-3", "required": True})]  # fmt: skip
    site.behind.memory.outgoing.told = OutgoingListed(messages=messages, holds=[hold])


def bring_trouble(site: DeskSite) -> None:
    """One service has dead letters and a back-log, another does not answer."""
    bad = WELL | {"dead_open": 3, "dead": [GROUP], "pending": 5000}
    site.behind.memory.services.told |= {"feedback": bad, "intake": None}
    site.behind.memory.services.kept.append(LETTER)
