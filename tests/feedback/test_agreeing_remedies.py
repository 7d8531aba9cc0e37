"""Who agrees to what a client gets, and is a release only taken from who knew what they sign?"""

from typing import Any

import pytest

from services.feedback.ports import CONCERNS
from shared.contracts.concerns import ConcernAdvanced
from shared.errors import RuleError
from shared.tasks import Actor
from tests.fakes.memory import MemoryService
from tests.feedback.office import LAWYER, OWNER, PARTNER
from tests.feedback.test_leading_concerns import END, complained, decide, refused, steps, the_task

OTHER = Actor(id="s-partner-2", roles=("partner",))
SMALL: dict[str, Any] = {"remedy": "refund", "amount": "250.00", "release": False}
LARGE = SMALL | {"amount": "250,01"}
RELEASE = SMALL | {"amount": "10", "release": True}
FAIR: dict[str, Any] = {"advised": True, "time_given": True}


def proposed(remedy: dict[str, Any], by: Actor = LAWYER) -> MemoryService:
    office = complained()
    decide(office, "remedy", by, **remedy)
    return office


def agree(office: MemoryService, by: Actor = PARTNER, **fields: Any) -> None:
    decide(office, "agree", by, "remedy", **fields)


def test_up_to_the_limit_it_is_agreed_at_once() -> None:
    office = proposed(SMALL)
    assert steps(office) == ["remedy-agreed"]
    assert office.tasks("remedy") == []


@pytest.mark.parametrize(
    "remedy", [LARGE, RELEASE, {"remedy": "fee-waived", "release": False}], ids=str
)
def test_above_it_or_with_a_release_or_without_an_amount_a_partner_decides(
    remedy: dict[str, Any],
) -> None:
    office = proposed(remedy)
    assert steps(office) == []
    assert (
        refused(office, "agree", Actor(id="s-l", roles=("lawyer",)), "remedy").code == "wrong-role"
    )
    agree(office, **FAIR)
    assert steps(office) == ["remedy-agreed"]


def test_nobody_agrees_to_what_they_proposed_nor_about_themselves() -> None:
    office = proposed(LARGE, PARTNER)
    assert refused(office, "agree", PARTNER, "remedy").code == "barred"
    assert refused(office, "agree", OWNER, "remedy").code == "barred"
    agree(office, OTHER)


def test_while_a_partner_has_not_decided_it_does_not_close() -> None:
    office = proposed(LARGE)
    assert refused(office, "resolve", **END).code == "remedy-open"
    agree(office)
    decide(office, "resolve", **END | {"outcome": "compensated"})


def test_no_money_goes_that_nobody_agreed_to() -> None:
    no = refused(complained(), "resolve", **END | {"outcome": "fee-adjusted"})
    assert (no.code, no.field) == ("remedy-missing", "outcome")


@pytest.mark.parametrize(
    ("fields", "field"),
    [({}, "advised"), ({"advised": True}, "time_given"), (FAIR | {"advised": False}, "advised")],
    ids=str,
)
def test_a_release_needs_a_client_who_was_told_to_ask_another_lawyer(
    fields: dict[str, Any], field: str
) -> None:
    office = proposed(RELEASE)
    no = refused(office, "agree", PARTNER, "remedy", **fields)
    assert (no.code, no.field) == ("release-not-fair", field)


def test_a_client_with_a_lawyer_of_their_own_needs_no_advice_to_get_one() -> None:
    office = proposed(RELEASE)
    agree(office, represented=True)
    assert [each.step for each in office.announced_of(ConcernAdvanced)] == ["remedy-agreed"]


def test_refused_it_goes_back_with_the_reason_and_may_be_proposed_anew() -> None:
    office = proposed(LARGE)
    decide(office, "refuse", PARTNER, "remedy", reason="canary: too much")
    shown = office.view(the_task(office).task_id, LAWYER)
    assert "refused" in shown["proposed"]
    assert any(each["text"] == "canary: too much" for each in shown["events"])
    assert "canary" not in repr(office.announced)
    decide(office, "remedy", **SMALL)
    assert office.all(CONCERNS)[0].remedy is not None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"remedy": "gold", "release": False}, "remedy"),
        ({"remedy": "refund", "release": False}, "amount"),
        ({"remedy": "refund", "amount": "a lot", "release": False}, "amount"),
        ({"remedy": "other", "release": "perhaps"}, "release"),
    ],
    ids=str,
)
def test_what_is_no_remedy_is_refused_at_its_field(typed: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as no:
        decide(complained(), "remedy", **typed)
    assert no.value.field == field
