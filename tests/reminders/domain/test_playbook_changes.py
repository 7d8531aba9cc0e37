"""Can a firm change single rules of a shipped playbook, and still get the next release's?"""

import pytest

from services.reminders.app import vocabulary
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.playbook_changes import raise_version
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.domain.rule_sentences import sentence_for

SHIPPED = """
playbook: closing
version: 3
on: matter-closed
per: matter_id
until: matter-reopened
rules:
  thanks:
    at: {anchor: closed_at, offset: now}
    then: {send: {message: matter-closed, class: service, on-unknown: resend}}
  survey:
    at: {anchor: closed_at, offset: +7d, time: "10:00"}
    then: {announce: {event: survey-due, with: {stage: closing}}}
    valid-until: +37d
"""
WORDS = vocabulary()


def rules(*changes: str, shipped: str = SHIPPED) -> dict[str, PublishedRule]:
    texts = [
        ("closing.yaml", shipped),
        *((f"own-{n}.yaml", text) for n, text in enumerate(changes)),
    ]
    found = PlaybookSet(texts, WORDS)
    for mistake in found.mistakes:
        raise mistake
    return {each.rule.rule_id: each for each in found.rules}


def change(text: str, head: str = "changes: closing\nversion: 1\nrules:\n") -> str:
    return head + text


def refused(*changes: str, shipped: str = SHIPPED) -> str:
    with pytest.raises(Exception, match=r"own-\d\.yaml:\d+: ") as mistake:
        rules(*changes, shipped=shipped)
    return str(mistake.value)


def test_a_rule_is_moved_and_all_else_of_it_stays() -> None:
    moved = rules(change("  survey:\n    at: {offset: +14d}\n"))["survey"].rule
    assert moved.moment is not None
    assert (moved.moment.offset.amount, moved.moment.time) == (14, "10:00")
    assert moved.announce == rules()["survey"].rule.announce
    assert "14 days" in sentence_for(moved)


def test_a_rule_nobody_changed_is_the_shipped_one() -> None:
    assert rules(change("  survey: off\n"))["thanks"] == rules()["thanks"]


def test_a_rule_is_switched_off() -> None:
    assert set(rules(change("  survey: off\n"))) == {"thanks"}


def test_a_whole_playbook_is_switched_off() -> None:
    assert rules("changes: closing\nrules: off\n") == {}


def test_a_part_of_a_rule_is_taken_away() -> None:
    changed = rules(change("  survey:\n    valid-until: null\n    valid-for: 10d\n"))["survey"].rule
    assert changed.valid_until is None
    assert changed.valid_for is not None


def test_another_consequence_takes_the_place_of_the_shipped_one() -> None:
    text = "  survey:\n    then: {send: {message: welcome, class: service, on-unknown: hold}}\n"
    changed = rules(change(text))["survey"].rule
    assert changed.announce is None
    assert changed.send is not None


def test_an_upgrade_brings_what_the_firm_did_not_change() -> None:
    mine = change("  survey:\n    at: {offset: +14d}\n")
    newer = SHIPPED.replace("version: 3", "version: 4").replace("+37d", "+60d")
    newer += "  later:\n    at: {anchor: closed_at, offset: +90d}\n    valid-for: 9d\n"
    newer += "    then: {announce: {event: review-ask-due}}\n"
    upgraded = rules(mine, shipped=newer)
    assert set(upgraded) == {"thanks", "survey", "later"}
    survey = upgraded["survey"].rule
    assert survey.valid_until is not None
    assert survey.moment is not None
    assert (survey.moment.offset.amount, survey.valid_until.amount) == (14, 60)


def test_a_changed_rule_is_never_taken_for_the_shipped_version() -> None:
    mine, again = "  survey:\n    at: {offset: +14d}\n", "  survey:\n    version: 2\n    at: now\n"
    newer = SHIPPED.replace("version: 3", "version: 4")
    assert rules(change(mine))["survey"].rule.version == 3001
    assert rules(change(again))["survey"].rule.version == 3002
    assert rules(change(mine), shipped=newer)["survey"].rule.version == 4001
    assert raise_version(3001) == "`version: 2` in the firm's change"
    assert raise_version(3) == "`version: 4`"


def test_a_change_of_a_rule_that_is_not_shipped_any_more_says_so() -> None:
    said = refused(change("  survey-due: off\n"))
    assert said.startswith("own-0.yaml:4: the playbook closing has no rule survey-due (any more)")
    assert "survey, thanks" in said


def test_a_change_of_a_playbook_that_is_not_shipped_any_more_says_so() -> None:
    assert "no playbook closings to change" in refused("changes: closings\nrules: off\n")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("changes: closing\nrules:\n  survey: {at: now}\n", "say `version: 1` of your change"),
        ("changes: closing\nversion: 1000\nrules:\n  survey: {at: now}\n", "say `version: 1`"),
        ("changes: closing\nversion: 1\n", "say which rules are changed"),
        ("changes: closing\nplaybook: mine\nrules: off\n", "a change has no `playbook`"),
        (change("  survey: {on-unknown: hold}\n"), "a rule has no `on-unknown`"),
        (change("  survey: {at: {offset: later}}\n"), "is no offset"),
    ],
)
def test_a_change_that_cannot_be_understood_is_refused_with_its_line(
    text: str, remedy: str
) -> None:
    assert remedy in refused(text)


def test_a_rule_is_changed_in_one_file_only() -> None:
    mine = change("  survey:\n    at: {offset: +14d}\n")
    assert "in another file too" in refused(mine, mine)


def test_the_first_mistake_of_every_file_is_found() -> None:
    texts = [("closing.yaml", SHIPPED), ("a.yaml", "changes: x\nrules: off\n"), ("b.yaml", "rules")]
    assert len(PlaybookSet(texts, WORDS).mistakes) == 2
