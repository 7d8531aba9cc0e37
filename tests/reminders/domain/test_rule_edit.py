"""Is what a form says of a rule written so that it, and nothing else, is otherwise?"""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reminders.app import HERE, vocabulary
from services.reminders.domain.playbook import PublishedRule, Rule
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.domain.rule_edit import (
    RuleEdit,
    as_shipped,
    changed_in,
    next_version,
    parts_of,
    with_edit,
)
from shared.errors import RuleError

PLACE = "playbooks/closing.yaml"
BY_HAND = """\
# What we decided in March.
changes: closing
version: 3
rules:
    # a week later
    survey-due:   # since the meeting
        at: {offset: +14d}
        when: {matter.open: false}

    # nobody is asked
    review-ask-due: off
# end
"""
SHIPPED_FILE = (HERE / "playbooks" / "closing.yaml").read_text("utf-8")


@cache
def words() -> object:
    return vocabulary()


def rules(files: dict[str, str]) -> dict[str, PublishedRule]:
    own = [(place, text) for place, text in files.items()]
    found = PlaybookSet([("closing.yaml", SHIPPED_FILE), *own], words())  # type: ignore[arg-type]  # cached
    assert found.mistakes == []
    return {each.rule.rule_id: each for each in found.rules}


def shipped(rule_id: str = "survey-due") -> Rule:
    return rules({})[rule_id].rule


def edit(files: dict[str, str], rule_id: str = "survey-due", **parts: str) -> dict[str, str]:
    named = {name.replace("_", "-"): value for name, value in parts.items()}
    return with_edit(files, shipped(rule_id), RuleEdit(rule_id=rule_id, parts=named), 4)


def test_a_rule_is_moved_and_the_others_stay() -> None:
    after = rules(edit({}, offset="+14d", time="10:00", valid_until="+44d"))
    assert parts_of(after["survey-due"].rule) == {
        "offset": "+14d", "time": "10:00", "valid-until": "+44d", "valid-for": "",
    }  # fmt: skip
    assert after["survey-due"].rule.version == 3004
    assert after["review-ask-due"] == rules({})["review-ask-due"]


def test_a_rule_is_switched_off_and_on_again() -> None:
    off = with_edit({}, shipped(), RuleEdit(rule_id="survey-due", off=True), 1)
    assert "survey-due" not in rules(off)
    assert as_shipped(off, shipped()) == {}


def test_what_is_as_shipped_is_not_written() -> None:
    assert edit({}, **{n.replace("-", "_"): v for n, v in parts_of(shipped()).items()}) == {}


def test_a_message_is_chosen() -> None:
    after = edit({}, "matter-closed", message="welcome")
    assert rules(after)["matter-closed"].rule.send is not None
    assert parts_of(rules(after)["matter-closed"].rule)["message"] == "welcome"
    assert rules(after)["matter-closed"].rule.send.message_class.value == "service"  # type: ignore[union-attr]  # asserted


def test_in_a_file_that_people_wrote_everything_else_stays() -> None:
    after = edit({PLACE: BY_HAND}, offset="+21d")[PLACE]
    for line in ("# What we decided in March.", "    # nobody is asked", "    review-ask-due: off",
                 "# end", "    # a week later"):  # fmt: skip
        assert line in after.splitlines()
    assert parts_of(rules({PLACE: after})["survey-due"].rule)["offset"] == "+21d"
    assert "matter.open" in after


def test_a_file_of_another_name_that_changes_the_playbook_is_written_into() -> None:
    after = edit({"playbooks/ours.yaml": BY_HAND}, "matter-closed", message="welcome")
    assert list(after) == ["playbooks/ours.yaml"]
    assert changed_in(after, "closing", "survey-due") == ("playbooks/ours.yaml", 6)
    assert changed_in(after, "closing", "gone") is None


def test_a_name_that_is_taken_is_not_written_over() -> None:
    own = {PLACE: "playbook: ours\nrules: {}\n"}
    after = with_edit(own, shipped(), RuleEdit(rule_id="survey-due", off=True), 1)
    assert after[PLACE] == own[PLACE]
    assert len(after) == 2


def test_where_the_whole_playbook_is_off_the_file_is_named() -> None:
    with pytest.raises(RuleError, match="switches the whole playbook off") as no:
        edit({PLACE: "changes: closing\nrules: off\n"}, offset="+1d")
    assert no.value.code == "playbook-off"


def test_the_same_change_has_the_same_version_and_another_one_the_next() -> None:
    rule = shipped()
    published = {"survey-due@3": "s", "survey-due@3001": "a", "survey-due@3004": "b",
                 "survey-due@2009": "old", "other@3007": "c"}  # fmt: skip
    assert next_version(rule, published) == 5
    assert next_version(rule, published, "a") == 1
    assert next_version(rule, {}) == 1


@settings(max_examples=25, deadline=None)
@given(
    start=st.sampled_from([{}, {PLACE: BY_HAND}]),
    amount=st.integers(1, 60),
    time=st.sampled_from(["", "09:30"]),
    off=st.lists(st.sampled_from(["matter-closed", "review-ask-due"]), max_size=3),
)
def test_whatever_is_said_in_a_row_is_read_as_it_was_said(
    start: dict[str, str], amount: int, time: str, off: list[str]
) -> None:
    files = edit(dict(start), offset=f"+{amount}d", time=time, valid_until="+99d")
    for rule_id in off:
        files = with_edit(files, shipped(rule_id), RuleEdit(rule_id=rule_id, off=True), 1)
    found = rules(files)
    assert parts_of(found["survey-due"].rule)["offset"] == f"+{amount}d"
    assert parts_of(found["survey-due"].rule)["time"] == time
    gone = {*off, *(["review-ask-due"] if start else [])}
    assert set(found) == {"matter-closed", "survey-due", "review-ask-due"} - gone
    for rule_id in ("matter-closed", "survey-due", "review-ask-due"):
        files = as_shipped(files, shipped(rule_id))
    assert rules(files) == rules({})
