"""May a restriction be placed and lifted by whoever may, and does everybody hear what holds?"""

import asyncio
from datetime import timedelta
from typing import Any, cast

import pytest

from services.intake.api.checks import ChecksRequest, answer_checks
from services.intake.api.restrictions import RestrictionsRequest, answer_restrictions
from services.intake.domain.restrictions import holds
from services.intake.ports import RESTRICTIONS
from shared.contracts.checks import ClearanceTold
from shared.contracts.reminders import RestrictionReviewDue
from shared.contracts.requests import Answer
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.restrictions_asked import RestrictionSettled, RestrictionsListed
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import START, MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.intake.office import CONFIG, OWNER, intake, onboarded, opened, party

LAWYER = Actor(id="s-lawyer", roles=("lawyer",))
PARTNER = Actor(id="s-partner", roles=("partner",))
ASSISTANT = Actor(id="s-assistant", roles=("assistant",))
WHY = "The new colleague acted for the other side at their old firm."
FOUR = {"screened_on": "2026-01-05", "no_share_of_fee": True, "notice_on": "2026-01-06",
        "certified_on": "2026-01-07",
        "stands_because": "She left the other side's firm."}  # fmt: skip


def ask(office: MemoryService, actor: Actor = LAWYER, **asked: Any) -> Answer:
    request = RestrictionsRequest.model_validate({"actor": actor, "client_id": "c-1", **asked})

    async def answered() -> Answer:
        return await answer_restrictions(cast("Runtime", MemoryRuntime(office)), request)

    return asyncio.run(answered())


def placed(office: MemoryService, kind: str = "wall", actor: Actor = LAWYER, **more: Any) -> str:
    said = {"ask": "place", "kind": kind, "scope": "client", "why": WHY, "request_id": "r-1"}
    if kind == "wall":
        said["staff_ids"] = ["s-new"]  # type: ignore[assignment]  # a list among texts
    settled = ask(office, actor, **said | more)
    assert isinstance(settled, RestrictionSettled)
    return settled.restriction_id


def lifted(office: MemoryService, id: str, actor: Actor = LAWYER, **more: Any) -> Answer:
    office.now += timedelta(minutes=1)
    said = {"ask": "lift", "restriction_id": id, "why": "They left.", "request_id": "r-2"}
    return ask(office, actor, **said | more)


def refusal(office: MemoryService, actor: Actor = LAWYER, **asked: Any) -> tuple[str, str | None]:
    with pytest.raises(RuleError) as no:
        ask(office, actor, **asked)
    return no.value.code, no.value.field


def listed(office: MemoryService, actor: Actor = LAWYER) -> RestrictionsListed:
    return cast("RestrictionsListed", ask(office, actor, ask="list"))


def clearance(office: MemoryService, actor: Actor = LAWYER) -> ClearanceTold:
    asked = ChecksRequest(ask="clearance", client_id="c-1", actor=actor)

    async def answered() -> Answer:
        registers = cast("Any", lambda _: None)
        return await answer_checks(CONFIG, registers)(cast("Runtime", MemoryRuntime(office)), asked)

    return cast("ClearanceTold", asyncio.run(answered()))


def review(office: MemoryService, id: str) -> str:
    office.hear(RestrictionReviewDue(restriction_id=id, kind="wall", client_id="c-1"))
    office.now += timedelta(days=90)
    (task,) = office.tasks("restriction-review")
    return task.task_id


@pytest.fixture
def office() -> MemoryService:
    """A client with two matters, and nothing in the way."""
    office = intake()
    office.hear(onboarded(owner_id=OWNER))
    office.hear(opened("m-1", "c-1"))
    office.hear(opened("m-2", "c-1"))
    office.announced.clear()
    return office


def test_a_wall_is_announced_without_its_reason_and_the_register_keeps_that(
    office: MemoryService,
) -> None:
    id = placed(office)
    (said,) = office.announced_of(RestrictionPlaced)
    assert (said.kind, said.effect, said.staff_ids, said.by) == (
        "wall", "bar", ("s-new",), "s-lawyer",
    )  # fmt: skip
    assert WHY not in said.model_dump_json()
    (row,) = listed(office).rows
    assert (row.restriction_id, row.why, row.may_lift) == (id, WHY, True)


def test_asked_twice_it_is_placed_once_and_lifted_once(office: MemoryService) -> None:
    id = placed(office)
    assert placed(office) == id
    lifted(office, id)
    lifted(office, id)
    assert len(office.announced_of(RestrictionPlaced)) == 1
    assert len(office.announced_of(RestrictionLifted)) == 1
    assert listed(office).rows == []


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"why": " "}, "missing", "why"),
        ({"kind": "conflict"}, "unknown-choice", "kind"),
        ({"kind": "deceased", "scope": "matter"}, "unknown-choice", "scope"),
        ({"scope": "matter"}, "missing", "matter_id"),
        ({"staff_ids": []}, "missing", "staff_ids"),
        ({"staff_ids": ["s-lawyer"]}, "screened", "staff_ids"),
        ({"request_id": None}, "missing", "request_id"),
    ],
)
def test_what_is_missing_or_does_not_fit_is_named(
    office: MemoryService, more: dict[str, Any], code: str, field: str
) -> None:
    asked = {"ask": "place", "kind": "wall", "scope": "client", "why": WHY, "request_id": "r-1",
             "staff_ids": ["s-new"]}  # fmt: skip
    assert refusal(office, **asked | more) == (code, field)
    assert office.all(RESTRICTIONS) == []


def test_who_may_not_place_may_not_lift_and_does_not_read_why(office: MemoryService) -> None:
    id = placed(office)
    asked = {"ask": "place", "kind": "legal-hold", "scope": "client", "why": WHY,
             "request_id": "r-9"}  # fmt: skip
    assert refusal(office, ASSISTANT, **asked)[0] == "wrong-role"
    ends = {"ask": "lift", "restriction_id": id, "why": "x", "request_id": "r-2"}
    assert refusal(office, ASSISTANT, **ends)[0] == "wrong-role"
    (row,) = listed(office, ASSISTANT).rows
    assert (row.why, row.may_lift) == (None, False)


def test_only_a_partner_stops_the_whole_firm(office: MemoryService) -> None:
    asked = {"ask": "place", "kind": "freeze", "scope": "firm", "why": WHY, "request_id": "r-1",
             "classes": ["review-ask"]}  # fmt: skip
    assert refusal(office, LAWYER, **asked)[0] == "wrong-role"
    ask(office, PARTNER, **asked)
    (said,) = office.announced_of(RestrictionPlaced)
    assert (said.scope, said.effect, said.classes, said.client_id) == (
        "firm", "wait", ("review-ask",), None,
    )  # fmt: skip


def test_nobody_opens_the_wall_that_stands_before_them(office: MemoryService) -> None:
    id = placed(office)
    named = Actor(id="s-new", roles=("partner",))
    with pytest.raises(RuleError) as no:
        lifted(office, id, named)
    assert no.value.code == "screened"
    assert listed(office, Actor(id="s-9", roles=("partner",))).rows


def test_what_a_check_decides_is_in_the_register_and_ends_with_the_check(
    office: MemoryService,
) -> None:
    office.hear(party("Other Name", matter_id="m-1"))
    pending = RestrictionPlaced(restriction_id="chk-1", kind="conflict", effect="wait",
                                scope="client", client_id="c-1", at=START)  # fmt: skip
    office.hear(pending, source="urn:clientele:intake")
    assert [row.kind for row in listed(office).rows] == ["conflict"]
    with pytest.raises(RuleError) as no:
        lifted(office, "chk-1")
    assert no.value.code == "of-a-check"


def test_the_newest_word_holds_in_any_order(office: MemoryService) -> None:
    said = RestrictionPlaced(restriction_id="r-7", kind="freeze", effect="wait", scope="client",
                             client_id="c-1", at=START)  # fmt: skip
    office.hear(RestrictionLifted(restriction_id="r-7", at=START), time=START + timedelta(hours=1))
    office.hear(said, time=START)
    assert listed(office).rows == []


def test_behind_a_wall_the_firm_may_act_but_not_all_of_it(office: MemoryService) -> None:
    assert clearance(office).state == "clear"
    id = placed(office, scope="matter", matter_id="m-2")
    told = clearance(office)
    assert told.state == "walled"
    assert told.known_entries is not None
    (wall,) = told.walls
    assert (wall.restriction_id, wall.matter_id, wall.staff_ids) == (id, "m-2", ["s-new"])
    lifted(office, id)
    assert clearance(office).state == "clear"


def test_a_legal_hold_holds_until_it_is_lifted_whatever_its_end(office: MemoryService) -> None:
    id = placed(office, "legal-hold")
    late = office.now + timedelta(days=4000)
    assert [each.restriction_id for each in holds(office.all(RESTRICTIONS), late)] == [id]
    lifted(office, id)
    assert holds(office.all(RESTRICTIONS), late) == []


def test_after_its_time_somebody_it_does_not_name_is_asked_once(office: MemoryService) -> None:
    id = placed(office)
    task_id = review(office, id)
    office.hear(RestrictionReviewDue(restriction_id=id, kind="wall", client_id="c-1"))
    (task,) = office.tasks("restriction-review")
    assert (task.task_id, task.barred) == (task_id, ("s-new",))
    assert task.about == {"client_id": "c-1"}


@pytest.mark.parametrize("missing", list(FOUR))
def test_a_wall_is_kept_with_all_that_the_rule_wants_known(
    office: MemoryService, missing: str
) -> None:
    task_id = review(office, placed(office))
    with pytest.raises(RuleError) as no:
        office.decide(task_id, "keep", {k: v for k, v in FOUR.items() if k != missing},
                      actor=PARTNER)  # fmt: skip
    assert (no.value.code, no.value.field) == ("missing", missing)


def test_once_kept_it_is_said_anew_and_its_record_told(office: MemoryService) -> None:
    id = placed(office)
    office.decide(review(office, id), "keep", FOUR, actor=PARTNER)
    first, again = office.announced_of(RestrictionPlaced)
    assert (again.restriction_id, again.staff_ids) == (id, first.staff_ids)
    (row,) = listed(office).rows
    assert (row.notice_on, row.certified_on, row.reviewed_by, row.why) == (
        "2026-01-06", "2026-01-07", "s-partner", WHY,
    )  # fmt: skip


def test_a_day_ahead_is_refused(office: MemoryService) -> None:
    task_id = review(office, placed(office))
    with pytest.raises(RuleError) as no:
        office.decide(task_id, "keep", {**FOUR, "notice_on": "2099-01-01"}, actor=PARTNER)
    assert no.value.field == "notice_on"


def test_lifted_by_its_review_it_binds_nobody(office: MemoryService) -> None:
    id = placed(office)
    office.decide(review(office, id), "lift", {"reason": "They left."}, actor=PARTNER)
    assert [each.restriction_id for each in office.announced_of(RestrictionLifted)] == [id]
    assert listed(office).rows == []


def test_what_is_lifted_is_not_to_be_looked_at_any_more(office: MemoryService) -> None:
    id = placed(office)
    review(office, id)
    lifted(office, id)
    assert office.tasks("restriction-review") == []
    office.hear(RestrictionReviewDue(restriction_id=id, kind="wall", client_id="c-1"))
    assert office.tasks("restriction-review") == []
