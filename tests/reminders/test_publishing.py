"""Does a rule stay as it was published?"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.reminders.app import HERE, read_playbooks, vocabulary
from services.reminders.domain.contact import State
from services.reminders.domain.parsing import parse
from services.reminders.domain.playbook import PublishedRule
from services.reminders.ports import CONTACTS, RULES
from services.reminders.workflow.holding import needs_of_waking, wake_up
from services.reminders.workflow.publishing import (
    ChangedRuleError,
    needs_of_publishing,
    publish,
)
from shared.contracts.envelope import Cause
from shared.contracts.intake import ConflictCleared
from tests.reminders.office import (
    MONDAY,
    Reminders,
    client,
    new_house,
    scheduled,
    shipped,
)

IN_TWO_DAYS = MONDAY + timedelta(days=2)
TEXT = (HERE / "playbooks" / "appointments.yaml").read_text(encoding="utf-8")


def rules(text: str) -> tuple[PublishedRule, ...]:
    return parse("appointments.yaml", text, vocabulary())


def put_into_force(office: Reminders, published: tuple[PublishedRule, ...]) -> None:
    cause = Cause("urn:test", f"start-{office.now}", "start", "start", None, office.now)
    office.act(
        lambda unit: office.house.playbooks.learn(publish(published, unit)),
        lambda _: needs_of_publishing(published),
        cause,
    )


def without(rule_id: str, office: Reminders, now: datetime) -> Reminders:
    """The same reminders, started anew without this rule."""
    left = [each for each in shipped() if each.rule.rule_id != rule_id]
    later = Reminders(new_house(left))
    later.house.playbooks.learn(tuple(each.rule for each in shipped()))
    later._kept, later.now = office._kept, now
    return later


def look_again(office: Reminders, contact_id: str) -> None:
    cause = Cause("urn:test", f"release-{office.now}", "ops", "ops", None, office.now)
    office.act(lambda unit: wake_up([contact_id], unit), lambda _: needs_of_waking([contact_id]),
               cause)  # fmt: skip


def test_the_shipped_playbooks_are_understood() -> None:
    assert len(read_playbooks(HERE / "playbooks")) == 25


def test_a_rule_put_into_force_is_kept() -> None:
    office = Reminders()
    put_into_force(office, rules(TEXT))
    assert [each.rule.rule_id for each in office.all(RULES)] == [
        "appointment-confirmation",
        "appointment-day-before",
        "appointment-two-hours-before",
        "appointment-week-before",
    ]


def test_the_same_playbook_goes_into_force_again_and_again() -> None:
    office = Reminders()
    put_into_force(office, rules(TEXT))
    put_into_force(office, rules(TEXT))
    assert len(office.all(RULES)) == 4


def test_a_changed_rule_under_its_old_version_is_refused_and_the_remedy_named() -> None:
    office = Reminders()
    put_into_force(office, rules(TEXT))
    with pytest.raises(ChangedRuleError, match="`version: 2`"):
        put_into_force(office, rules(TEXT.replace("offset: -7d", "offset: -8d")))


def test_a_changed_rule_under_a_new_version_goes_into_force_beside_the_old_one() -> None:
    office = Reminders()
    put_into_force(office, rules(TEXT))
    put_into_force(office, rules(TEXT.replace("version: 1", "version: 2").replace("-7d", "-8d")))
    assert len(office.all(RULES)) == 8


def test_what_an_earlier_version_planned_happens_as_it_said() -> None:
    old = rules(TEXT)
    office = Reminders(new_house(old))
    put_into_force(office, old)
    office.tell(client(), scheduled(MONDAY + timedelta(days=14)))
    newer = rules(TEXT.replace("version: 1", "version: 2").replace("-7d", "-3d"))
    later = Reminders(new_house(newer))
    later._kept = office._kept
    put_into_force(later, newer)
    sent = later.until(MONDAY + timedelta(days=10))
    assert [(letter.rule_id, letter.rule_version) for letter in sent] == [
        ("appointment-confirmation", 1),
        ("appointment-week-before", 1),
    ]


def test_a_rule_taken_out_of_force_does_nothing_more() -> None:
    office = Reminders()
    office.tell(client(), ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0))
    later = without("welcome", office, office.now)
    assert later.after(days=1) == []
    assert later.suppressed() == [("welcome", "rule-withdrawn")]


def test_an_overdue_reminder_taken_out_of_force_takes_no_other_ones_place() -> None:
    office = Reminders()
    office.tell(client(), scheduled(IN_TWO_DAYS))
    office.after(minutes=1)
    later = without("appointment-two-hours-before", office, IN_TWO_DAYS - timedelta(minutes=100))
    assert [letter.rule_id for letter in later.after(minutes=1)] == ["appointment-day-before"]


def test_a_waiting_reminder_taken_out_of_force_takes_no_other_ones_place() -> None:
    office = Reminders()
    office.tell(client(), scheduled(IN_TWO_DAYS))
    office.after(minutes=1)
    office.hold(held=True)
    office.until(IN_TWO_DAYS - timedelta(minutes=100))
    later = without("appointment-two-hours-before", office, office.now)
    later.hold(held=False)
    held = [each for each in later.all(CONTACTS) if each.state is State.DEFERRED]
    for each in sorted(held, key=lambda contact: contact.planned_for):
        look_again(later, each.contact_id)
        later.now += timedelta(seconds=1)  # the earlier reminder is looked at first
    assert [letter.rule_id for letter in later.after(minutes=1)] == ["appointment-day-before"]


def test_a_firm_may_use_its_own_playbooks(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(TEXT, encoding="utf-8")
    assert len(read_playbooks(tmp_path)) == 4
