"""Does a rule stay as it was published?"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.reminders.app import HERE, read_playbooks, rules_of, vocabulary
from services.reminders.domain.contact import State
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.playbook_parsing import parse
from services.reminders.gateways.rule_files import playbook_files
from services.reminders.ports import CONTACTS, RULES
from services.reminders.settings import RemindersSettings
from services.reminders.workflow.hold_switch import needs_of_waking, wake_up
from services.reminders.workflow.playbook_versions import (
    ChangedRuleError,
    needs_of_publishing,
    publish,
)
from shared.contracts.envelope import Cause
from shared.contracts.intake import ConflictCleared
from tests.reminders.over_memory import (
    MONDAY,
    OPENED,
    Reminders,
    client,
    new_config,
    scheduled,
    shipped,
)

TEXT = (HERE / "playbooks" / "appointments.yaml").read_text(encoding="utf-8")
NOW = parse("appointments.yaml", TEXT, vocabulary())[0].rule.version
NEXT = TEXT.replace(f"version: {NOW}", f"version: {NOW + 1}")
IN_TWO_DAYS = MONDAY + timedelta(days=2)


def rules(text: str) -> tuple[PublishedRule, ...]:
    return parse("appointments.yaml", text, vocabulary())


def put_into_force(reminders: Reminders, published: tuple[PublishedRule, ...]) -> None:
    cause = Cause("urn:test", f"start-{reminders.now}", "start", "start", None, reminders.now)
    reminders.act(
        lambda unit: reminders.config.playbooks.learn(publish(published, unit)),
        lambda _: needs_of_publishing(published),
        cause,
    )


def without(rule_id: str, reminders: Reminders, now: datetime) -> Reminders:
    """The same reminders, started anew without this rule."""
    left = [each for each in shipped() if each.rule.rule_id != rule_id]
    later = Reminders(new_config(left))
    later.config.playbooks.learn(tuple(each.rule for each in shipped()))
    later._kept, later.now = reminders._kept, now
    return later


def look_again(reminders: Reminders, contact_id: str) -> None:
    cause = Cause("urn:test", f"release-{reminders.now}", "ops", "ops", None, reminders.now)
    reminders.act(lambda unit: wake_up([contact_id], unit), lambda _: needs_of_waking([contact_id]),
               cause)  # fmt: skip


def test_the_shipped_playbooks_are_understood() -> None:
    assert len(read_playbooks(HERE / "playbooks")) > 45


def test_a_rule_put_into_force_is_kept() -> None:
    reminders = Reminders()
    put_into_force(reminders, rules(TEXT))
    assert [each.rule.rule_id for each in reminders.all(RULES)] == [
        "appointment-confirmation",
        "appointment-day-before",
        "appointment-two-hours-before",
        "appointment-week-before",
    ]


def test_the_same_playbook_goes_into_force_again_and_again() -> None:
    reminders = Reminders()
    put_into_force(reminders, rules(TEXT))
    put_into_force(reminders, rules(TEXT))
    assert len(reminders.all(RULES)) == 4


def test_a_changed_rule_under_its_old_version_is_refused_and_the_remedy_named() -> None:
    reminders = Reminders()
    put_into_force(reminders, rules(TEXT))
    with pytest.raises(ChangedRuleError, match=f"`version: {NOW + 1}`"):
        put_into_force(reminders, rules(TEXT.replace("offset: -7d", "offset: -8d")))


def test_a_changed_rule_under_a_new_version_goes_into_force_beside_the_old_one() -> None:
    reminders = Reminders()
    put_into_force(reminders, rules(TEXT))
    put_into_force(reminders, rules(NEXT.replace("-7d", "-8d")))
    assert len(reminders.all(RULES)) == 8


def test_what_an_earlier_version_planned_happens_as_it_said() -> None:
    old = rules(TEXT)
    reminders = Reminders(new_config(old))
    put_into_force(reminders, old)
    reminders.tell(client(), scheduled(MONDAY + timedelta(days=14)))
    sent = reminders.after(minutes=1)
    newer = rules(NEXT.replace("-7d", "-3d"))
    later = Reminders(new_config(newer))
    later._kept, later.now = reminders._kept, reminders.now
    put_into_force(later, newer)
    sent += later.until(MONDAY + timedelta(days=10))
    assert [(message.rule_id, message.rule_version) for message in sent] == [
        ("appointment-confirmation", NOW),
        ("appointment-week-before", NOW),
    ]


def test_a_rule_taken_out_of_force_does_nothing_more() -> None:
    reminders = Reminders()
    cleared = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0)
    reminders.tell(client(), OPENED, cleared)
    later = without("welcome", reminders, reminders.now)
    assert later.after(days=1) == []
    assert later.suppressed() == [("welcome", "rule-withdrawn")]


def test_an_overdue_reminder_taken_out_of_force_takes_no_other_ones_place() -> None:
    reminders = Reminders()
    reminders.tell(client(), scheduled(IN_TWO_DAYS))
    reminders.after(minutes=1)
    later = without("appointment-two-hours-before", reminders, IN_TWO_DAYS - timedelta(minutes=100))
    assert [message.rule_id for message in later.after(minutes=1)] == ["appointment-day-before"]


def test_a_waiting_reminder_taken_out_of_force_takes_no_other_ones_place() -> None:
    reminders = Reminders()
    reminders.tell(client(), scheduled(IN_TWO_DAYS))
    reminders.after(minutes=1)
    reminders.hold(held=True)
    reminders.until(IN_TWO_DAYS - timedelta(minutes=100))
    later = without("appointment-two-hours-before", reminders, reminders.now)
    later.hold(held=False)
    held = [each for each in later.all(CONTACTS) if each.state is State.DEFERRED]
    for each in sorted(held, key=lambda contact: contact.planned_for):
        look_again(later, each.contact_id)
        later.now += timedelta(seconds=1)  # the earlier reminder is looked at first
    assert [message.rule_id for message in later.after(minutes=1)] == ["appointment-day-before"]


def test_a_firm_may_use_its_own_playbooks(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(TEXT, encoding="utf-8")
    assert len(read_playbooks(tmp_path)) == 4


def test_the_firms_folder_changes_single_rules_of_the_shipped_playbooks(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "closing.yaml").write_text(
        "changes: closing\nrules:\n  review-ask-due: off\n", encoding="utf-8"
    )
    shipped = rules_of(playbook_files(RemindersSettings()), vocabulary())
    changed = rules_of(playbook_files(RemindersSettings(firm_dir=tmp_path)), vocabulary())
    gone = {each.rule.rule_id for each in shipped} - {each.rule.rule_id for each in changed}
    assert gone == {"review-ask-due"}
