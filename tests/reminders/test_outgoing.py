"""What goes out next to a client, and may it be held back or skipped?"""

from datetime import timedelta

import pytest

from services.reminders.app import vocabulary as words
from services.reminders.domain.contact import State as Stands
from services.reminders.domain.playbook_parsing import parse
from services.reminders.ports import CARDS
from shared.contracts.firm import ClientUpdated, MatterOpened
from shared.contracts.intake import ConsentWithdrawn
from shared.contracts.reminders import ContactSuppressed
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.reminders.outgoing import (
    IN_A_WEEK,
    decide,
    first,
    refusal,
    told,
    with_reminders,
)
from tests.reminders.over_memory import (
    MONDAY,
    Reminders,
    cancelled,
    client,
    moved,
    new_config,
    scheduled,
)

LEGAL_NOTE = """
playbook: notes
version: 1
on: appointment-scheduled
per: appointment_id
rules:
  legal-note:
    at: {anchor: happened, offset: +2d, time: "10:00"}
    then:
      send: {message: appointment-reminder, class: legal-required, on-unknown: resend}
"""


# -- what is told ------------------------------------------------------------------------------


def test_each_planned_message_says_why_when_and_in_which_words() -> None:
    message = told(with_reminders())[0]
    assert message.rule_id == "appointment-week-before"
    assert message.rule.startswith("on appointment-scheduled or appointment-rescheduled")
    assert message.event_type == "appointment-scheduled"
    assert message.due_at == "2026-03-04T09:00:00+00:00"
    assert message.zone == "Europe/Berlin"
    assert message.words is not None
    assert "11. März" in message.words
    assert message.verdict == "pass"


def test_what_would_stop_it_as_things_stand_is_said() -> None:
    reminders = with_reminders()
    reminders.tell(ConsentWithdrawn(client_id="c-1", purpose="all", by="client", at=MONDAY))
    message = told(reminders)[0]
    assert (message.verdict, message.reason) == ("stop", "withdrawn")
    assert message.text == "The client does not want messages of this kind."


def test_its_moment_counts_and_not_the_hour_at_which_somebody_looks() -> None:
    reminders = with_reminders()
    reminders.now += timedelta(hours=14)  # at night
    assert [each.verdict for each in told(reminders)] == ["pass", "pass", "pass"]


def test_what_waits_is_told_beside_what_is_planned() -> None:
    reminders = Reminders()
    reminders.hold(held=True)
    reminders.tell(client(), scheduled(IN_A_WEEK))
    reminders.after(minutes=1)
    states = [(each.rule_id, each.state) for each in told(reminders)]
    assert ("appointment-confirmation", "waiting") in states
    assert ("appointment-day-before", "planned") in states


def test_of_a_client_nobody_knows_nothing_is_on_its_way() -> None:
    assert told(with_reminders(), client_id="c-9") == []


def test_who_works_with_clients_looks_and_operations_do_not() -> None:
    officer, operator = (
        Actor(id="clara", roles=("conflicts-officer",)),
        Actor(id="o", roles=("ops",)),
    )
    reminders = with_reminders()
    assert told(reminders, officer)
    with pytest.raises(RuleError, match="This is for"):
        told(reminders, operator)
    assert (
        refusal(reminders, "skip", occurrence_id=first(reminders), actor=officer)[0] == "wrong-role"
    )


# -- hold and release --------------------------------------------------------------------------


def test_a_message_held_back_waits_until_it_is_released() -> None:
    reminders = with_reminders()
    decide(reminders, "hold", occurrence_id=first(reminders))
    assert reminders.after(days=3) == []
    reminders.now = MONDAY + timedelta(days=3, hours=3)
    [message] = [each for each in told(reminders) if each.state == "waiting"]
    assert message.hold is not None
    assert (message.hold.by, message.hold.why) == ("leo", "The client rang.")
    decide(reminders, "release", occurrence_id=message.occurrence_id, why=None)
    assert [each.rule_id for each in reminders.after(minutes=1)] == ["appointment-week-before"]


def test_what_is_held_too_long_goes_stale_and_says_so() -> None:
    reminders = with_reminders()
    decide(reminders, "hold", scope="client")
    assert reminders.until(IN_A_WEEK + timedelta(days=1)) == []
    assert {reason for _, reason in reminders.suppressed()} <= {"superseded", "expired"}


def test_a_matter_held_back_leaves_the_others_alone() -> None:
    reminders = with_reminders()
    reminders.tell(scheduled(IN_A_WEEK, appointment_id="a-2", matter_id="m-2"))
    decide(reminders, "hold", scope="matter", matter_id="m-1")
    went = reminders.until(IN_A_WEEK)
    assert {each.ids["matter_id"] for each in went} == {"m-2"}


def test_a_hold_on_a_client_keeps_what_is_planned_later_too() -> None:
    reminders = with_reminders()
    decide(reminders, "hold", scope="client")
    reminders.tell(scheduled(IN_A_WEEK, appointment_id="a-2"))
    assert reminders.after(days=1) == []


def test_what_is_held_already_is_not_held_twice_and_what_is_not_is_not_released() -> None:
    reminders = with_reminders()
    assert refusal(reminders, "release", scope="client")[0] == "not-held"
    decide(reminders, "hold", scope="client")
    assert refusal(reminders, "hold", scope="client")[0] == "held"


def test_holds_are_forgotten_with_their_messages() -> None:
    reminders = with_reminders()
    decide(reminders, "hold", occurrence_id=first(reminders))
    reminders.tell(cancelled())
    decide(reminders, "hold", scope="client")
    card = reminders.get(CARDS, "c-1")
    assert card is not None
    assert list(card.holds) == ["client"]


# -- skip --------------------------------------------------------------------------------------


def test_what_is_skipped_never_goes_whatever_is_heard_later() -> None:
    reminders = with_reminders()
    decide(reminders, "skip", occurrence_id=first(reminders))
    reminders.tell(ClientUpdated(client_id="c-1", locale="en"), client(locale="en"))
    reminders.tell(
        MatterOpened(client_id="c-1", matter_id="m-9", practice_area="family", owner_id="leo")
    )
    went = reminders.until(IN_A_WEEK)
    assert "appointment-week-before" not in [each.rule_id for each in went]
    assert "appointment-day-before" in [each.rule_id for each in went]
    said = reminders.announced_of(ContactSuppressed)[0]
    assert said.why.text == "Somebody of the firm decided that it is not to go."


def test_what_waits_can_be_skipped_too() -> None:
    reminders = Reminders()
    reminders.hold(held=True)
    reminders.tell(client(), scheduled(IN_A_WEEK))
    reminders.after(minutes=1)
    reminders.now += timedelta(minutes=1)
    decide(reminders, "skip", occurrence_id=first(reminders))
    assert reminders.contact("appointment-confirmation").state is Stands.SUPPRESSED


def test_a_moved_appointment_is_reminded_of_anew() -> None:
    reminders = with_reminders()
    decide(reminders, "skip", scope="client")
    assert told(reminders) == []
    reminders.tell(moved(IN_A_WEEK + timedelta(days=7), matter_id="m-1"))
    assert "appointment-week-before" in [each.rule_id for each in told(reminders)]


def test_what_the_law_requires_is_neither_skipped_nor_held_and_goes_under_a_hold() -> None:
    rules = list(parse("notes.yaml", LEGAL_NOTE, words()))
    reminders = Reminders(new_config(rules))
    reminders.tell(client(), scheduled(IN_A_WEEK))
    code, sentence = refusal(reminders, "skip", occurrence_id=first(reminders))
    assert code == "legal"
    assert sentence.startswith("The law requires this message: it cannot be skipped.")
    assert refusal(reminders, "hold", occurrence_id=first(reminders))[0] == "legal"
    assert refusal(reminders, "skip", scope="client")[0] == "legal"
    answer = decide(reminders, "hold", scope="client")
    assert (answer.count, [each.code for each in answer.left]) == (0, ["legal"])
    assert [each.rule_id for each in reminders.after(days=3)] == ["legal-note"]
