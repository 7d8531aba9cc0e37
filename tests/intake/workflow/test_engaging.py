"""An inquiry goes on from phase to phase: is each said, is a client made of it?"""

from typing import Any

import pytest

from services.intake.domain.inquiries import Inquiry
from services.intake.ports import CHECKS, INQUIRIES
from shared.contracts.firm import ClientOnboarded, MatterOpened, PartyAdded
from shared.contracts.intake import InquiryMoved
from shared.contracts.restrictions import RestrictionPlaced
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.tasks import Task
from tests.fakes.memory import MemoryService
from tests.filled_in import usual
from tests.intake.office import CLEARED, OFFICER, inquiry, intake, only_task, party

ASSISTANT = Actor(id="s-assistant", roles=("assistant",))


def phases(office: MemoryService) -> list[str]:
    moves = sorted(office.announced_of(InquiryMoved), key=lambda each: each.version)
    assert [each.version for each in moves] == list(range(1, len(moves) + 1))
    return [each.phase for each in moves]


def rang(*known: str, **said: Any) -> MemoryService:
    """Zoe Bauer rang about Karl Koch; these are known to be on the other side of somebody."""
    office = intake()
    for n, name in enumerate(known):
        office.hear(party(name, "adverse", matter_id=f"m-{n + 7}"))
    asked = inquiry("Zoe Bauer", "Karl Koch").model_copy(
        update={"channel": "telephone", "owner_id": "s-lawyer", "entered_by": "s-assistant", **said}
    )
    office.hear(asked)
    return office


def task(office: MemoryService, kind: str) -> Task:
    (found,) = office.tasks(kind)
    return found


def met(office: MemoryService) -> None:
    office.decide(
        task(office, "inquiry-ready").task_id,
        "contacted",
        usual("inquiry-ready", "contacted"),
        actor=ASSISTANT,
    )


def filled_in(office: MemoryService, **changes: str) -> dict[str, str]:
    """What stands in the form of the task; only who leads the matter is added."""
    shown = office.view(task(office, "inquiry-outcome").task_id, ASSISTANT)
    names = ("client_name", "email", "phone", "area", "client_id", "matter_id")
    typed = {"area": "family", "lawyer": "s-lawyer", **changes}
    return {name: shown[name] for name in names} | typed


def engage(office: MemoryService, **changes: str) -> None:
    office.decide(
        task(office, "inquiry-outcome").task_id, "engaged", filled_in(office, **changes),
        actor=ASSISTANT,
    )  # fmt: skip


def kept(office: MemoryService) -> Inquiry:
    found = office.get(INQUIRIES, "i-1")
    assert found is not None
    return found


def test_every_phase_is_said_once_with_who_moved_it() -> None:
    office = rang()
    met(office)
    engage(office)
    assert phases(office) == ["may-tell", "met", "engaged"]
    last = max(office.announced_of(InquiryMoved), key=lambda each: each.version)
    assert (last.by, last.owner_id) == ("s-assistant", "s-lawyer")
    assert last.client_id == kept(office).client_id is not None


def test_a_check_that_waits_and_is_cleared_is_said_too() -> None:
    office = rang("Zoe Bauer")
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    assert phases(office) == ["checking", "may-tell"]


@pytest.mark.parametrize("who", ["s-lawyer", "s-assistant"])
def test_neither_who_looks_after_it_nor_who_entered_it_clears_its_check(who: str) -> None:
    office = rang("Zoe Bauer")
    with pytest.raises(RuleError):
        office.decide(only_task(office), "clear", CLEARED, actor=Actor(id=who, roles=("partner",)))


def test_the_task_to_answer_goes_to_whoever_looks_after_it() -> None:
    assert task(rang(), "inquiry-ready").owner_id == "s-lawyer"


def test_a_client_a_matter_and_the_other_side_are_made_of_what_the_inquiry_knows() -> None:
    office = rang()
    met(office)
    engage(office)
    (client,) = office.announced_of(ClientOnboarded)
    (matter,) = office.announced_of(MatterOpened)
    (other,) = office.announced_of(PartyAdded)
    assert (client.name, client.email) == ("Zoe Bauer", "somebody@example.com")
    assert (matter.client_id, matter.practice_area, matter.owner_id) == (
        client.client_id, "family", "s-lawyer",
    )  # fmt: skip
    assert (other.name, other.role, other.matter_id) == ("Karl Koch", "adverse", matter.matter_id)


def test_the_ids_of_the_firms_own_systems_are_taken_where_they_are_given() -> None:
    office = rang()
    met(office)
    engage(office, client_id="pm-77", matter_id="pm-77-1")
    (client,) = office.announced_of(ClientOnboarded)
    assert (client.client_id, client.matter_id) == ("pm-77", "pm-77-1")


def test_what_was_settled_for_the_inquiry_is_not_asked_again_for_the_client() -> None:
    office = rang("Zoe Bauer")
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    met(office)
    engage(office)
    for said in (ClientOnboarded, MatterOpened, PartyAdded):
        for data in office.announced_of(said):
            office.hear(data)
    assert office.tasks("conflict-check") == []
    assert {each.state for each in office.all(CHECKS)} <= {"cleared", "no-hits"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "", "phone": ""}, "email"),
        ({"email": "zoe"}, "email"),
        ({"client_id": "not an id"}, "client_id"),
        ({"lawyer": ""}, "lawyer"),
        ({"client_name": ""}, "client_name"),
    ],
)
def test_what_is_missing_is_refused_at_its_field(change: dict[str, str], field: str) -> None:
    office = rang()
    met(office)
    with pytest.raises(RuleError) as refused:
        engage(office, **change)
    assert refused.value.field == field
    assert office.announced_of(ClientOnboarded) == []


def test_nobody_is_engaged_while_a_check_waits_again() -> None:
    office = rang()
    met(office)
    fields = filled_in(office)
    office.hear(party("Zoe Bauer", "adverse", matter_id="m-9"))
    with pytest.raises(RuleError) as refused:
        office.decide(task(office, "inquiry-outcome").task_id, "engaged", fields, actor=ASSISTANT)
    assert refused.value.code == "not-clear"


@pytest.mark.parametrize("kind", ["inquiry-ready", "inquiry-outcome"])
def test_of_somebody_who_asks_no_more_nothing_is_kept_but_the_names(kind: str) -> None:
    office = rang()
    if kind == "inquiry-outcome":
        met(office)
    because = {"lost_because": "no-answer"}
    office.decide(task(office, kind).task_id, "lost", because, actor=ASSISTANT)
    now = kept(office)
    assert (now.name, now.adverse_names, now.email, now.phone) == (
        "Zoe Bauer", ("Karl Koch",), None, None,
    )  # fmt: skip
    last = max(office.announced_of(InquiryMoved), key=lambda each: each.version)
    assert (last.phase, last.because) == ("lost", "no-answer")
    assert office.tasks() == []


def test_whoever_was_met_may_still_not_be_taken() -> None:
    office = rang()
    met(office)
    asked = task(office, "inquiry-outcome").task_id
    office.decide(asked, "not-taken", {"reason": "Too late."}, actor=ASSISTANT)
    assert phases(office)[-1] == "declined"
    assert task(office, "decline-letter").about == {"inquiry_id": "i-1"}


def test_a_wall_around_the_inquiry_stands_around_the_client_it_becomes() -> None:
    office = rang()
    office.hear(
        RestrictionPlaced(
            restriction_id="w-1", kind="wall", scope="inquiry", effect="bar", inquiry_id="i-1",
            staff_ids=("s-new",), at=office.now,
        )
    )  # fmt: skip
    met(office)
    engage(office)
    (said,) = office.announced_of(RestrictionPlaced)
    assert (said.restriction_id, said.scope, said.inquiry_id, said.staff_ids) == (
        "w-1", "client", "i-1", ("s-new",),
    )  # fmt: skip
    assert said.client_id == kept(office).client_id
