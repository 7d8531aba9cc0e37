"""Does a firm say who decides what without opening a door that a rule has shut?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.firm_roles import ROLES, mistakes_in, narrowed, roles_of, settable
from shared.contracts.task_kinds import TASK_KINDS

ROLE_LISTS = st.lists(st.sampled_from(ROLES), min_size=1, unique=True).map(tuple)


def test_without_a_word_of_the_firm_each_kind_is_as_shipped() -> None:
    assert {kind: roles_of(kind) for kind in TASK_KINDS} == {
        kind: each.roles for kind, each in TASK_KINDS.items()
    }


def test_the_firms_word_takes_the_place_of_the_shipped_roles() -> None:
    assert roles_of("conflict-check", {"conflict-check": ("lawyer",)}) == ("lawyer",)


@given(firm=ROLE_LISTS, rule=ROLE_LISTS)
def test_a_rule_that_narrows_a_task_is_never_widened(
    firm: tuple[str, ...], rule: tuple[str, ...]
) -> None:
    asked = narrowed("service-recovery", rule, {"service-recovery": firm})
    assert asked
    assert set(asked) <= set(rule)


@given(firm=ROLE_LISTS)
def test_where_no_rule_narrows_it_the_firm_decides(firm: tuple[str, ...]) -> None:
    assert narrowed("call-client", (), {"call-client": firm}) == firm


@pytest.mark.parametrize(
    ("kind", "roles", "why"),
    [
        ("conflicts-check", ("partner",), "there is no such kind"),
        ("call-client", ("paralegal",), "there is no role paralegal"),
        ("call-client", (), "somebody has to decide it"),
        ("call-client", ("ops",), "does not see clients"),
        ("roll-call", ("partner",), "one certain person"),
    ],
)
def test_what_cannot_be_is_named(kind: str, roles: tuple[str, ...], why: str) -> None:
    ((place, said),) = mistakes_in({kind: roles})
    assert place == kind
    assert why in said


def test_every_shipped_list_could_be_said_by_a_firm() -> None:
    assert list(mistakes_in({kind: roles_of(kind) for kind in settable()})) == []
