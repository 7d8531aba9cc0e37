"""Does a firm say who makes a single decision, never below what its profile asks for?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.firm_decisions import (
    NOBODY_SAID,
    Least,
    WhoDecides,
    asked_of,
    decisions,
    mistakes_in,
    name_of,
    shipped_roles,
    unknown_in,
)
from shared.contracts.firm_roles import ROLES, roles_of
from shared.contracts.task_kinds import TASK_KINDS

ROLE_LISTS = st.lists(st.sampled_from(ROLES), min_size=1, unique=True).map(tuple)
WAIVER = ("conflict-check", "clear-with-waiver")
LEAST = {"conflict-check.clear-with-waiver": Least(("lawyer", "partner"), "Rule 1")}


def said(kind: str, decision: str, *roles: str, **more: Least) -> WhoDecides:
    return WhoDecides(said={kind: {decision: roles}}, least=more)


def test_without_a_word_of_the_firm_the_shipped_kinds_and_decisions_hold() -> None:
    for kind, decision, _ in decisions():
        assert NOBODY_SAID.deciding(kind, decision) == shipped_roles(kind, decision)
        assert not NOBODY_SAID.takes_two(kind, decision)


def test_what_a_kind_ships_for_one_decision_is_for_fewer_than_the_others() -> None:
    asked = asked_of("commitment", (), NOBODY_SAID)
    assert asked.roles == ()
    assert asked.deciders == {"void": ("partner",)}


def test_a_decision_of_the_firm_leaves_the_others_as_they_are() -> None:
    asked = asked_of("conflict-check", (), said(*WAIVER, "partner"))
    assert asked.deciders == {"clear-with-waiver": ("partner",)}
    assert asked.roles == ()


def test_who_decides_only_one_of_them_sees_the_task_and_decides_no_other() -> None:
    asked = asked_of("conflict-check", (), said(*WAIVER, "lawyer"))
    assert asked.roles == ("conflicts-officer", "partner", "lawyer")
    assert asked.deciders == {
        "clear": ("conflicts-officer", "partner"),
        "clear-with-waiver": ("lawyer",),
        "decline": ("conflicts-officer", "partner"),
    }


@pytest.mark.parametrize(
    ("roles", "who"), [(("partner",), ("partner",)), (("lawyer",), ("partner", "ops"))]
)
def test_what_is_decided_on_a_page_is_decided_by_whom_it_lets_in(
    roles: tuple[str, ...], who: tuple[str, ...]
) -> None:
    word = WhoDecides(roles={"edition-approval": roles})
    assert word.deciding("edition-approval", "approve") == who


def test_a_rule_that_narrows_one_task_holds_before_the_firms_word() -> None:
    asked = asked_of("service-recovery", ("partner",), said("service-recovery", "told", "lawyer"))
    assert asked.roles == ("partner",)
    assert "told" not in asked.deciders


@given(firm=ROLE_LISTS, rule=ROLE_LISTS)
def test_no_decision_is_ever_made_by_whom_a_rule_shuts_out(
    firm: tuple[str, ...], rule: tuple[str, ...]
) -> None:
    asked = asked_of("call-client", rule, said("call-client", "reached", *firm))
    assert set(asked.roles or roles_of("call-client")) <= {*rule}
    assert all(set(roles) <= {*rule} for roles in asked.deciders.values())


@given(firm=ROLE_LISTS)
def test_nobody_below_the_least_decides_whatever_the_firm_says(firm: tuple[str, ...]) -> None:
    word = WhoDecides(said={"conflict-check": {"clear-with-waiver": firm}}, least=LEAST)
    assert set(word.deciding(*WAIVER)) <= {"lawyer", "partner"}
    assert word.deciding(*WAIVER)


def test_a_second_person_alone_leaves_the_roles_as_shipped() -> None:
    word = said(*WAIVER, "second-person")
    assert word.deciding(*WAIVER) == roles_of("conflict-check")
    assert asked_of("conflict-check", (), word).second == ("clear-with-waiver",)


@pytest.mark.parametrize(
    ("kind", "decision", "roles", "why"),
    [
        ("conflicts-check", "clear", ("partner",), "no such kind of decision"),
        ("conflict-check", "waive", ("partner",), "no such decision"),
        ("conflict-check", "clear", ("paralegal",), "no role paralegal"),
        ("conflict-check", "clear", (), "somebody has to decide it"),
        ("conflict-check", "clear", ("ops",), "does not see clients"),
        ("conflict-check", "clear-with-waiver", ("assistant",), "by Rule 1"),
        ("roll-call", "safe", ("partner",), "no such kind of decision"),
        ("commitment", "kept", ("second-person",), "it says when something was"),
        ("edition-approval", "approve", ("second-person",), "a page of its own"),
        ("edition-approval", "approve", ("lawyer",), "does not see its page"),
    ],
)
def test_what_cannot_be_is_named(
    kind: str, decision: str, roles: tuple[str, ...], why: str
) -> None:
    word = WhoDecides(said={kind: {decision: roles}}, least=LEAST)
    ((_, wrong),) = mistakes_in(word, alone=False)
    assert why in wrong


def test_where_one_lawyer_is_the_whole_firm_there_is_no_second_person() -> None:
    ((place, wrong),) = mistakes_in(said(*WAIVER, "second-person"), alone=True)
    assert place == "conflict-check.clear-with-waiver"
    assert "one lawyer is the whole firm" in wrong


def test_every_shipped_decision_could_be_said_by_a_firm() -> None:
    word: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind, decision, _ in decisions():
        word.setdefault(kind, {})[decision] = shipped_roles(kind, decision)
    assert list(mistakes_in(WhoDecides(said=word), alone=False)) == []


def test_a_profile_that_names_no_decision_of_ours_is_found_out() -> None:
    wrong = list(unknown_in({"conflict-check.waive": ("partner",), "call-client.reached": ("x",)}))
    assert [each.partition(": ")[2] for each in wrong] == [
        "there is no decision conflict-check.waive",
        "call-client.reached: there is no role x",
    ]


def test_a_kind_that_one_certain_person_is_asked_has_no_decisions_to_say() -> None:
    named = {kind for kind, each in TASK_KINDS.items() if each.named}
    assert not named & {kind for kind, _, _ in decisions()}
    assert len({name_of(kind, each) for kind, each, _ in decisions()}) == len(list(decisions()))
