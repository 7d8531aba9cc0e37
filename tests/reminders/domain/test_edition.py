"""Does nothing come into force that a second person did not see, on top of what is in force?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.edition import (
    LEAD,
    Edition,
    Head,
    State,
    approved,
    begun,
    check_base,
    edited,
    proposed,
    rejected,
    superseded,
    with_next,
)
from services.reminders.domain.edition_files import hash_of
from services.reminders.domain.letter_for_approval import SolePractice
from shared.errors import RuleError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = {"languages/en/messages/welcome.txt": "Subject: Hello\n\n{{ greeting }}\n"}
OTHER = {"languages/en/messages/welcome.txt": "Subject: Welcome\n\n{{ greeting }}\n"}
PLACES = st.sampled_from(
    ["playbooks/a.yaml", "playbooks/b.yaml", "languages/de/messages/welcome.txt"]
)
FILES = st.dictionaries(PLACES, st.sampled_from(["one\n", "two\n", "three\n"]))


def draft(files: dict[str, str] = TEXT) -> Edition:
    return edited(begun("ada", 0, {}, NOW), files, NOW)


def proposal(files: dict[str, str] = TEXT) -> Edition:
    return proposed(draft(files), Head(), {}, "why", NOW)


def approve(edition: Edition, **changes: Any) -> Edition:
    said: dict[str, Any] = {
        "content_hash": edition.content_hash, "by": "leo", "head": Head(last=1), "in_force": {},
        "sole": None, "why": "", "shipped": {}, "now": NOW,
    }  # fmt: skip
    return approved(edition, **said | changes)


def code(no: pytest.ExceptionInfo[RuleError]) -> str:
    return no.value.code


def test_a_proposal_has_the_next_number_and_what_was_in_the_draft() -> None:
    edition = proposal()
    assert (edition.number, edition.state, edition.files) == (1, State.PROPOSED, TEXT)
    assert with_next(Head(), edition) == Head(last=1)


def test_what_changes_nothing_is_not_proposed() -> None:
    with pytest.raises(RuleError) as no:
        proposed(begun("ada", 0, TEXT, NOW), Head(), TEXT, "", NOW)
    assert code(no) == "nothing-changed"


def test_an_approved_edition_is_in_force_a_moment_later() -> None:
    edition = approve(proposal())
    assert (edition.state, edition.decided_by) == (State.APPROVED, "leo")
    assert with_next(Head(last=1), edition) == Head(last=1, in_force=1, from_at=NOW + LEAD)


def test_nobody_approves_their_own_proposal() -> None:
    with pytest.raises(RuleError) as no:
        approve(proposal(), by="ada")
    assert code(no) == "own-proposal"


def test_who_is_alone_approves_their_own_later_and_with_a_reason() -> None:
    sole = SolePractice(cooling_off=timedelta(hours=24))
    with pytest.raises(RuleError) as early:
        approve(proposal(), by="ada", sole=sole, why="read again")
    assert code(early) == "cooling-off"
    assert "this change" in early.value.message
    later = approve(proposal(), by="ada", sole=sole, why="read again", now=NOW + timedelta(days=2))
    assert later.why == "read again"


def test_who_saw_something_else_approves_nothing() -> None:
    with pytest.raises(RuleError) as no:
        approve(proposal(), content_hash=proposal(OTHER).content_hash)
    assert code(no) == "other-content"


@pytest.mark.parametrize("state", [State.APPROVED, State.REJECTED, State.SUPERSEDED])
def test_what_is_decided_is_not_decided_again(state: State) -> None:
    decided = replace(proposal(), state=state)
    for decide in (approve, lambda each: rejected(each, by="leo", why="no", now=NOW)):
        with pytest.raises(RuleError) as no:
            decide(decided)
        assert code(no) == "already-decided"


def test_a_rejection_has_a_reason_unless_it_is_ones_own() -> None:
    with pytest.raises(RuleError) as no:
        rejected(proposal(), by="leo", why=" ", now=NOW)
    assert code(no) == "missing"
    assert rejected(proposal(), by="ada", why="", now=NOW).state is State.REJECTED


def test_what_was_superseded_can_be_proposed_again() -> None:
    earlier = superseded(approve(proposal()))
    again = edited(begun("eva", 2, OTHER, NOW), earlier.files, NOW)
    assert proposed(again, Head(last=2, in_force=2), OTHER, "", NOW).files == earlier.files


@given(base=FILES, mine=FILES, theirs=FILES)
def test_on_another_base_nothing_is_proposed_or_approved(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    made = edited(begun("ada", 0, base, NOW), mine, NOW)
    head = Head(last=1, in_force=1)
    with pytest.raises(RuleError) as no:
        check_base(made, head, theirs)
    assert code(no) == "stale-base"
    if hash_of(base) != hash_of(theirs):  # of the same number: the folder is another one
        with pytest.raises(RuleError):
            check_base(made, Head(), theirs)


def test_a_note_has_a_bound() -> None:
    with pytest.raises(RuleError) as no:
        proposed(draft(), Head(), {}, "x" * 501, NOW)
    assert (code(no), no.value.field) == ("too-long", "note")
