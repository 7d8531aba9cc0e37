"""Do two people bring what a firm wants otherwise into force, and lose nothing at once?"""

from typing import Any

import pytest

from services.reminders.domain.edition import HEAD
from services.reminders.ports import EDITION_HEAD, EDITIONS, RULES
from shared.contracts.firm_decisions import WhoDecides
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.reminders.editions import ADA, LEO, approve, ask, office, propose
from tests.reminders.over_memory import Reminders

WELCOME: dict[str, Any] = {"message": "welcome", "language": "en"}
TEXT = "Subject: Hello from us\n\n{{ greeting }}\n\nGood to have you.\n\n{{ firm }}\n"
MOVED: dict[str, Any] = {
    "rule_id": "survey-due",
    "parts": {"offset": "+14d", "valid-until": "+44d"},
}
EVA = Actor(id="eva", roles=("partner",))


@pytest.fixture
def reminders() -> Reminders:
    return office()


def refused(reminders: Reminders, what: str, actor: Actor = ADA, **more: Any) -> RuleError:
    with pytest.raises(RuleError) as no:
        ask(reminders, what, actor, **more)
    return no.value


def with_text(reminders: Reminders, actor: Actor = ADA, text: str = TEXT) -> None:
    shown = ask(reminders, "text", actor, **WELCOME)
    ask(reminders, "edit-text", actor, **WELCOME, text=text, seen=shown.seen)


def rule(reminders: Reminders, rule_id: str = "survey-due", actor: Actor = ADA) -> Any:
    told = ask(reminders, "look", actor)
    [found] = [each for each in told.rules if each.rule_id == rule_id]
    return found


def test_only_partners_and_ops_are_told() -> None:
    no = refused(office(), "look", Actor(id="x", roles=("lawyer", "assistant")))
    assert no.code == "wrong-role"


def test_every_rule_is_told_in_words_with_where_it_comes_from(reminders: Reminders) -> None:
    told = ask(reminders, "look")
    assert len(told.rules) > 45
    assert told.draft is None
    assert {each.standing for each in told.rules} == {"shipped"}
    assert "7 days after closed_at" in rule(reminders).sentence


def test_a_draft_is_its_owners_alone_and_nothing_is_in_force_by_it(reminders: Reminders) -> None:
    ask(reminders, "edit-rule", **MOVED)
    with_text(reminders)
    mine, theirs = rule(reminders), rule(reminders, actor=EVA)
    assert (mine.standing, mine.changed, mine.parts["offset"]) == ("changed", True, "+14d")
    assert mine.where == "playbooks/closing.yaml:3"
    assert (theirs.standing, theirs.parts["offset"]) == ("shipped", "+7d")
    assert reminders.config.edition == 0


def test_two_people_bring_a_change_into_force(reminders: Reminders) -> None:
    ask(reminders, "edit-rule", **MOVED)
    with_text(reminders)
    edition = propose(reminders, note="Later, and warmer.")
    assert edition.number == 1
    assert {each.place for each in edition.changes} == {
        "playbooks/closing.yaml", "languages/en/messages/welcome.txt",
    }  # fmt: skip
    assert ask(reminders, "look").draft is None
    done = approve(reminders, edition)
    assert (done.state, done.decided_by) == ("approved", "leo")
    assert approve(reminders, edition) == done  # asked twice
    [head] = reminders.all(EDITION_HEAD)
    assert (head.name, head.in_force) == (HEAD, 1)
    assert "survey-due@3001" in {each.rule.key for each in reminders.all(RULES)}


def test_nobody_approves_what_they_proposed(reminders: Reminders) -> None:
    with_text(reminders)
    edition = propose(reminders)
    with pytest.raises(RuleError) as no:
        approve(reminders, edition, ADA)
    assert no.value.code == "own-proposal"


def test_who_approves_changes_says_the_firm(reminders: Reminders) -> None:
    with_text(reminders)
    edition = propose(reminders)
    reminders.who_decides = WhoDecides(said={"edition-approval": {"approve": ("partner",)}})
    with pytest.raises(RuleError, match="This is decided by: partner"):
        approve(reminders, edition)
    assert approve(reminders, edition, EVA).state == "approved"


def test_of_two_at_once_the_second_is_told_what_changed_and_loses_nothing(
    reminders: Reminders,
) -> None:
    with_text(reminders, EVA)
    ask(reminders, "edit-rule", **MOVED)
    approve(reminders, propose(reminders))
    draft = ask(reminders, "edition", EVA)
    assert "Edition 1 came into force meanwhile" in draft.stale
    assert [each.place for each in draft.since] == ["playbooks/closing.yaml"]
    no = refused(reminders, "propose", EVA, content_hash=draft.content_hash)
    assert no.code == "stale-base"
    ask(reminders, "take-in", EVA)
    edition = propose(reminders, EVA)
    assert [each.place for each in edition.changes] == ["languages/en/messages/welcome.txt"]
    approve(reminders, edition)
    both = ask(reminders, "look", EVA)
    assert both.in_force.number == 2
    assert {each.rule_id for each in both.rules if each.standing == "changed"} == {"survey-due"}
    assert ask(reminders, "text", EVA, **WELCOME).text == TEXT


def test_of_a_text_that_both_changed_the_drafts_is_kept_and_named(reminders: Reminders) -> None:
    other = TEXT.replace("Good", "Very good")
    with_text(reminders, EVA, other)
    with_text(reminders)
    approve(reminders, propose(reminders))
    taken = ask(reminders, "take-in", EVA).edition
    assert taken.both == ("languages/en/messages/welcome.txt",)
    assert ask(reminders, "text", EVA, **WELCOME).text == other


def test_a_proposal_on_an_older_base_is_not_approved(reminders: Reminders) -> None:
    with_text(reminders, EVA)
    late = propose(reminders, EVA)
    ask(reminders, "edit-rule", **MOVED)
    approve(reminders, propose(reminders))
    with pytest.raises(RuleError) as no:
        approve(reminders, late)
    assert no.value.code == "stale-base"


def test_an_earlier_edition_comes_back_with_its_own_versions(reminders: Reminders) -> None:
    ask(reminders, "edit-rule", **MOVED)
    approve(reminders, propose(reminders))
    ask(reminders, "edit-rule", rule_id="survey-due", parts={"offset": "+21d"})
    approve(reminders, propose(reminders))
    assert rule(reminders).version == 3002
    ask(reminders, "again", edition="1")
    edition = propose(reminders)
    approve(reminders, edition)
    assert (edition.number, rule(reminders).version) == (3, 3001)
    states = [each.state for each in ask(reminders, "editions").editions]
    assert states == ["approved", "superseded", "superseded"]


def test_a_double_click_proposes_once(reminders: Reminders) -> None:
    with_text(reminders)
    draft = ask(reminders, "edition")
    asked = {"content_hash": draft.content_hash, "request_id": "once"}
    first = ask(reminders, "propose", **asked).edition
    assert ask(reminders, "propose", **asked).edition.number == first.number
    assert len([each for each in reminders.all(EDITIONS) if each.number]) == 1


def test_a_rejected_proposal_stays_in_the_list_with_its_reason(reminders: Reminders) -> None:
    with_text(reminders)
    edition = propose(reminders)
    assert refused(reminders, "reject", LEO, edition="1").code == "missing"
    done = ask(reminders, "reject", LEO, edition="1", why="Too warm.").edition
    assert (done.state, done.why) == ("rejected", "Too warm.")
    assert refused(reminders, "approve", LEO, edition="1",
                   content_hash=edition.content_hash).code == "already-decided"  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "field"),
    [({"offset": "soon"}, "offset"), ({"time": "25:00"}, "time"), ({"message": "gone"}, "message")],
)
def test_a_mistake_in_a_form_is_said_at_its_field(
    reminders: Reminders, parts: dict[str, str], field: str
) -> None:
    rule_id = "matter-closed" if field == "message" else "survey-due"
    no = refused(reminders, "edit-rule", rule_id=rule_id, parts=parts)
    assert (no.code, no.field) == ("mistakes", field)
    assert ask(reminders, "look").draft is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("No subject.\n", "begin with a line such as"), ("Subject: x\n\n{{ nobody }}\n", "nobody"),
     ("Subject: x\n\n{% if %}\n", "welcome.txt:3"), (" ", "cannot be empty")],
)  # fmt: skip
def test_a_text_that_could_not_go_is_not_kept(reminders: Reminders, text: str, said: str) -> None:
    no = refused(reminders, "edit-text", **WELCOME, text=text)
    assert no.field == "text"
    assert said in no.message


def test_a_text_is_told_as_written_and_as_it_reads(reminders: Reminders) -> None:
    shown = ask(reminders, "text", **WELCOME, text=TEXT)
    assert shown.subject_line == "Hello from us"
    assert "Good to have you." in shown.plain
    assert "<html" in shown.html
    assert shown.own is False
    frame = ask(reminders, "text", message="frame/signature", language="de")
    assert frame.text == frame.shipped


def test_in_two_windows_nothing_is_written_over(reminders: Reminders) -> None:
    old = ask(reminders, "text", **WELCOME)
    with_text(reminders)
    other = TEXT.replace("Good", "Bad")
    no = refused(reminders, "edit-text", **WELCOME, text=other, seen=old.seen)
    assert no.code == "changed-meanwhile"
    with_text(reminders, text=TEXT)  # the same again is nothing


def test_a_rule_goes_back_to_as_shipped(reminders: Reminders) -> None:
    ask(reminders, "edit-rule", rule_id="survey-due", off=True)
    assert rule(reminders).standing == "off"
    ask(reminders, "edit-rule", rule_id="survey-due", as_shipped=True)
    assert rule(reminders).standing == "shipped"
    assert refused(reminders, "edit-rule", rule_id="nothing").code == "own-rule"


def test_a_draft_is_put_away(reminders: Reminders) -> None:
    with_text(reminders)
    ask(reminders, "discard")
    assert ask(reminders, "look").draft is None
    assert refused(reminders, "edition", edition="7").code == "unknown"
