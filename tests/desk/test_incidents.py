"""Something serious happens: is the right person asked once, and does the plan begin and end?"""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.desk.domain.staff import StaffMember
from services.desk.ports.incidents import INCIDENTS, PROPOSALS
from shared.contracts.incidents import (
    DataBreachDetected,
    IncidentDeclared,
    IncidentDismissed,
    IncidentResolved,
    IncidentUpdated,
    ReviewSpikeDetected,
    StaffAccountedFor,
)
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.tasks import TaskCancelled, TaskCreated
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.tasks import Task
from tests.desk.facts import ASH, EVERYBODY, LEO, NOON, OSKAR, PAT
from tests.desk.memory import MemoryDesk
from tests.filled_in import usual

HOUR = timedelta(hours=1)
SPIKE = ReviewSpikeDetected(location_id="berlin", window_hours=24, count=3, baseline=0.1)
BREACH = DataBreachDetected(incident_ref="sec/7", detected_at=NOON - HOUR, severity="high")


def as_actor(person: StaffMember) -> Actor:
    return Actor(id=person.staff_id, roles=person.roles)


def decide(
    desk: MemoryDesk, task: Task, decision: str, by: StaffMember = PAT, **fields: Any
) -> dict[str, Any]:
    filled = usual(task.kind, decision, fields)
    return desk.office.decide(task.task_id, decision, filled, actor=as_actor(by))


async def declare(desk: MemoryDesk, kind: str, by: StaffMember = PAT, **more: Any) -> Any:
    answer = await desk.as_person(by).post("/incidents", json={"kind": kind, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def resolve(desk: MemoryDesk, id: str, by: StaffMember = PAT) -> httpx.Response:
    return await desk.as_person(by).post(f"/incidents/{id}/resolve", json={"words": "Learned."})


def steps(desk: MemoryDesk) -> dict[str, Task]:
    return {task.title.split(": ")[-1]: task for task in desk.office.tasks("incident-step")}


def test_a_spike_asks_one_person_once_whatever_is_heard_again(desk: MemoryDesk) -> None:
    for _ in range(2):
        desk.office.hear(SPIKE, id="e-spike")
    (task,) = desk.office.tasks("incident-proposal")
    told = desk.office.view(task.task_id, as_actor(PAT))
    assert told["noticed"] == (
        "3 reviews of the location berlin with at most 2 stars within 24 hours; usual there: 0.1."
    )
    assert "Waits until it is over: review-ask, marketing." in told["plan"]
    assert task.due_at == NOON + 4 * HOUR


def test_the_same_breach_told_by_two_systems_is_one_proposal(desk: MemoryDesk) -> None:
    desk.office.hear(BREACH, source="urn:firm:a")
    desk.office.hear(BREACH, source="urn:firm:b")
    assert len(desk.office.tasks("incident-proposal")) == 1


def test_an_import_of_the_past_proposes_nothing(desk: MemoryDesk) -> None:
    desk.office.hear(BREACH, history=True)
    assert desk.office.tasks("incident-proposal") == []


def test_declaring_begins_the_plan_and_freezes_asks_for_everybody(desk: MemoryDesk) -> None:
    desk.office.hear(SPIKE)
    (task,) = desk.office.tasks("incident-proposal")
    decide(desk, task, "declare", spokesperson_id="leo")
    (said,) = desk.office.announced_of(IncidentDeclared)
    assert (said.kind, said.scope, said.spokesperson_id, said.by) == (
        "review-spike", "berlin", "leo", "pat",
    )  # fmt: skip
    (frozen,) = desk.office.announced_of(RestrictionPlaced)
    assert (frozen.scope, frozen.kind, frozen.effect) == ("firm", "freeze", "wait")
    assert frozen.classes == ("review-ask", "marketing")
    assert set(steps(desk)) == {"read all", "one voice", "report false", "keep evidence", "mend"}
    assert desk.office.announced_of(DataBreachDetected) == []


@pytest.mark.parametrize("spokesperson", ["ash", "oskar", "nobody"])
def test_only_who_may_lead_speaks_for_the_firm(desk: MemoryDesk, spokesperson: str) -> None:
    desk.office.hear(SPIKE)
    (task,) = desk.office.tasks("incident-proposal")
    with pytest.raises(RuleError) as refused:
        decide(desk, task, "declare", spokesperson_id=spokesperson)
    assert refused.value.field == "spokesperson_id"


def test_no_incident_needs_a_reason_which_stays_in_the_desk(desk: MemoryDesk) -> None:
    desk.office.hear(BREACH)
    (task,) = desk.office.tasks("incident-proposal")
    with pytest.raises(RuleError, match="Why it is no incident"):
        decide(desk, task, "not-an-incident")
    decide(desk, task, "not-an-incident", reason="Canary test of the alarm")
    (said,) = desk.office.announced_of(IncidentDismissed)
    assert (said.incident_ref, said.by) == ("sec/7", "pat")
    assert "Canary" not in repr(desk.office.announced)
    assert desk.office.all(PROPOSALS)[0].reason == "Canary test of the alarm"
    assert desk.office.announced_of(IncidentDeclared) == []


def test_what_is_noticed_again_while_it_is_led_stands_in_its_log(desk: MemoryDesk) -> None:
    desk.office.hear(SPIKE)
    decide(desk, desk.office.tasks("incident-proposal")[0], "declare")
    desk.office.hear(SPIKE)
    assert [each.what for each in desk.office.all(INCIDENTS)[0].log] == [
        "declared", "noticed-again",
    ]  # fmt: skip


async def test_a_breach_declared_by_hand_is_detected_for_everybody_who_counts_hours(
    desk: MemoryDesk,
) -> None:
    since = (NOON - 5 * HOUR).isoformat()
    made = await declare(desk, "data-breach", detected_at=since)
    (said,) = desk.office.announced_of(DataBreachDetected)
    assert (said.incident_ref, said.detected_at) == (made["incident_id"], NOON - 5 * HOUR)
    desk.office.hear_event(desk.office.announced[-1])
    assert desk.office.tasks("incident-proposal") == []
    (clock,) = [each for each in made["steps"] if "clock_ends_at" in each]
    assert (clock["name"], clock["source"]) == ("notify-authority", "GDPR Art. 33 (1)")
    assert clock["clock_ends_at"].startswith("2026-03-05T07:00")
    for event in [e for e in desk.office.announced if e.type == "data-breach-detected"]:
        assert desk.office.hear_event(event) in ("applied", "duplicate")
    assert desk.office.tasks("incident-proposal") == []


def test_the_duty_is_met_or_dropped_by_its_step_alone(desk: MemoryDesk) -> None:
    desk.office.hear(BREACH)
    decide(desk, desk.office.tasks("incident-proposal")[0], "declare")
    decide(desk, steps(desk)["contain"], "done")
    decide(desk, steps(desk)["notify authority"], "done")
    said = {each.step: each for each in desk.office.announced_of(IncidentUpdated)}
    assert (said["contain"].incident_ref, said["notify-authority"].incident_ref) == (None, "sec/7")


def test_a_duty_that_does_not_exist_is_dropped_with_a_reason(desk: MemoryDesk) -> None:
    desk.office.hear(BREACH)
    decide(desk, desk.office.tasks("incident-proposal")[0], "declare")
    decide(desk, steps(desk)["notify authority"], "not-needed", reason="It was encrypted.")
    (said,) = desk.office.announced_of(IncidentDismissed)
    assert (said.incident_ref, said.step) == ("sec/7", "notify-authority")
    assert desk.office.announced_of(IncidentUpdated)[-1].incident_ref is None


async def test_it_cannot_end_while_a_duty_of_the_law_runs(desk: MemoryDesk) -> None:
    made = await declare(desk, "data-breach")
    answer = await resolve(desk, made["incident_id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "duty-open")
    decide(desk, steps(desk)["notify authority"], "done")
    assert (await resolve(desk, made["incident_id"])).json()["state"] == "resolved"


async def test_in_an_emergency_everybody_is_asked_and_who_needs_help_gets_it(
    desk: MemoryDesk,
) -> None:
    made = await declare(desk, "staff-emergency")
    calls = {task.owner_id: task for task in desk.office.tasks("roll-call")}
    assert set(calls) == {each.staff_id for each in EVERYBODY}
    assert {task.due_at for task in calls.values()} == {NOON + HOUR / 2}
    assert desk.office.view(calls["ash"].task_id, as_actor(ASH))["person"] == "ash"
    decide(desk, calls["ash"], "safe", ASH)
    decide(desk, calls["oskar"], "needs-help", PAT, note="Canary on the stairs")
    said = {each.staff_id: each for each in desk.office.announced_of(StaffAccountedFor)}
    assert (said["ash"].status, said["ash"].by) == ("safe", None)
    assert (said["oskar"].status, said["oskar"].by) == ("needs-help", "pat")
    assert "Canary" not in repr(desk.office.announced)
    (helping,) = [t for t in desk.office.tasks("incident-step") if "needs help" in t.title]
    assert (helping.owner_id, helping.priority, helping.due_at) == ("pat", "urgent", NOON)
    assert "oskar" in desk.office.view(helping.task_id, as_actor(PAT))["what"]
    decide(desk, helping, "done", PAT, note="With the ambulance")
    shown = (await desk.as_person(LEO).get(f"/incidents/{made['incident_id']}")).json()
    people = {each["staff_id"]: each["status"] for each in shown["people"]}
    assert (people["ash"], people["oskar"], people["leo"]) == ("safe", "needs-help", "unknown")


async def test_the_end_takes_tasks_back_and_lifts_what_waited_once(desk: MemoryDesk) -> None:
    made = await declare(desk, "office-closed")
    open_before = len(desk.office.tasks("roll-call")) + len(desk.office.tasks("incident-step"))
    for _ in range(2):
        assert (await resolve(desk, made["incident_id"])).status_code == 200
    assert len(desk.office.announced_of(TaskCancelled)) == open_before
    assert len(desk.office.announced_of(IncidentResolved)) == 1
    (lifted,) = desk.office.announced_of(RestrictionLifted)
    assert lifted.restriction_id == made["incident_id"]
    (kept,) = desk.office.all(INCIDENTS)
    assert {each.state for each in kept.steps} == {"left-open"}


async def test_a_rehearsal_tells_nobody_outside_freezes_nothing_and_says_so_everywhere(
    desk: MemoryDesk,
) -> None:
    made = await declare(desk, "data-breach", rehearsal=True)
    decide(desk, steps(desk)["notify authority"], "done")
    assert (await resolve(desk, made["incident_id"])).status_code == 200
    kinds = {event.type for event in desk.office.announced}
    assert not kinds & {"restriction-placed", "restriction-lifted", "data-breach-detected"}
    assert all(each.title.startswith("Rehearsal: ")
               for each in desk.office.announced_of(TaskCreated))  # fmt: skip
    assert all("rehearsal" in each.why.text for each in desk.office.announced_of(TaskCreated))
    said = [event.data for event in desk.office.announced if event.type.startswith("incident-")]
    assert [each.rehearsal for each in said] == [True, True, True]
    assert {getattr(each, "incident_ref", None) for each in said} == {None}


async def test_one_kind_is_declared_once_at_a_time_and_a_request_made_again_once(
    desk: MemoryDesk,
) -> None:
    headers = {"Idempotency-Key": "k"}
    for _ in range(2):
        answer = await desk.as_person(PAT).post(
            "/incidents", json={"kind": "controversy"}, headers=headers
        )
        assert answer.status_code == 201
    again = await desk.as_person(PAT).post("/incidents", json={"kind": "controversy"})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "kind")
    assert len(desk.office.announced_of(IncidentDeclared)) == 1
    await declare(desk, "controversy", rehearsal=True)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "flood"}, "kind"),
        ({"kind": "controversy", "spokesperson_id": "ash"}, "spokesperson_id"),
        ({"kind": "data-breach", "detected_at": (NOON + HOUR).isoformat()}, "detected_at"),
        ({"kind": "data-breach", "detected_at": "yesterday"}, "detected_at"),
    ],
)
async def test_what_cannot_be_declared_names_the_field(
    desk: MemoryDesk, body: dict[str, Any], field: str
) -> None:
    answer = await desk.as_person(PAT).post("/incidents", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_who_may_declare_and_end_an_incident(desk: MemoryDesk) -> None:
    for person in (ASH, OSKAR):
        refused = await desk.as_person(person).post("/incidents", json={"kind": "controversy"})
        assert refused.status_code == 403
    made = await declare(desk, "controversy", spokesperson_id="lena")
    assert (await resolve(desk, made["incident_id"], LEO)).status_code == 403
    assert (await desk.as_person(OSKAR).get("/incidents")).json()["items"][0]["rehearsal"] is False
    assert (await resolve(desk, "i-none")).status_code == 404
    assert (await resolve(desk, made["incident_id"], PAT)).status_code == 200
