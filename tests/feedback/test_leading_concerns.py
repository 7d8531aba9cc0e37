"""Is every complaint led through its steps by somebody neutral, to an outcome with its cause?"""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.feedback.domain.concern import Concern
from services.feedback.ports import CONCERNS
from shared.contracts.concerns import (
    ComplaintReceived,
    ConcernAdvanced,
    ConcernClosed,
    ConcernOpened,
)
from shared.contracts.feedback import ServiceRecoveryOpened, ServiceRecoveryResolved
from shared.contracts.reminders import ConcernCheckDue
from shared.errors import RuleError
from shared.tasks import Actor, Task
from tests.fakes.memory import START, MemoryService
from tests.feedback.office import (
    LAWYER,
    OWNER,
    PARTNER,
    answer,
    asked_office,
    matter_opened,
    new_office,
)
from tests.filled_in import usual

ABOUT = Actor(id="s-about", roles=("lawyer",))
END: dict[str, Any] = {"outcome": "apologised", "cause_code": "conduct", "client_told": True}


def complaint(**more: Any) -> ComplaintReceived:
    return ComplaintReceived(
        **{
            "complaint_id": "cp/2026 1",
            "client_id": "c-1",
            "matter_id": "m-1",
            "type": "conduct",
            "channel": "phone",
            "about_staff": ABOUT.id,
            "at": START,
        }
        | more
    )


def complained(**more: Any) -> MemoryService:
    """A client who rang and complained of a person, where the matter's owner is known."""
    office = new_office()
    office.hear(matter_opened())
    office.hear(complaint(**more))
    return office


def the_task(office: MemoryService, kind: str = "service-recovery") -> Task:
    (task,) = office.tasks(kind)
    return task


def decide(
    office: MemoryService, decision: str, actor: Actor = LAWYER, kind: str = "service-recovery",
    **fields: Any,
) -> None:  # fmt: skip
    filled = usual(kind, decision, fields)
    office.decide(the_task(office, kind).task_id, decision, filled, actor=actor)


def refused(office: MemoryService, decision: str, *given: Any, **fields: Any) -> RuleError:
    with pytest.raises(RuleError) as no:
        decide(office, decision, *given, **fields)
    return no.value


def concern(office: MemoryService) -> Concern:
    (found,) = office.all(CONCERNS)
    return found


def steps(office: MemoryService) -> list[str]:
    return [each.step for each in office.announced_of(ConcernAdvanced)]


def test_a_complaint_opens_one_concern_due_by_when_it_was_received() -> None:
    office = complained(at=START - timedelta(hours=1))
    said = office.announced_of(ConcernOpened)
    assert [(each.kind, each.trigger, each.complaint_id) for each in said] == [
        ("complaint", "complaint", "cp/2026 1")
    ]
    due = the_task(office).due_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert (due.day, due.hour) == (3, 9)
    assert said[0].due_at == the_task(office).due_at


def test_told_again_it_is_the_same_complaint() -> None:
    office = complained()
    office.hear(complaint())
    assert len(office.announced_of(ConcernOpened)) == 1
    assert the_task(office).version == 1


def test_told_again_with_another_name_they_are_barred_too() -> None:
    office = complained()
    office.hear(complaint(about_staff=("s-third", ABOUT.id)))
    assert the_task(office).barred == (OWNER.id, ABOUT.id, "s-third")


def test_an_import_of_the_past_opens_nothing() -> None:
    office = new_office()
    office.hear(complaint(), history=True)
    assert office.all(CONCERNS) == []


@pytest.mark.parametrize("actor", [OWNER, ABOUT])
def test_neither_the_owner_nor_whom_it_is_about_may_lead_it(actor: Actor) -> None:
    office = complained()
    assert refused(office, "acknowledge", actor).code == "barred"
    assert refused(office, "resolve", actor, **END).code == "barred"


def test_an_owner_told_late_is_barred_like_one_known_before() -> None:
    office = new_office()
    office.hear(complaint())
    office.hear(matter_opened())
    assert refused(office, "acknowledge", OWNER).code == "barred"


def test_a_complaint_of_nobody_known_is_a_partner_s() -> None:
    office = new_office()
    office.hear(complaint(client_id=None, matter_id=None, about_staff=None))
    assert refused(office, "acknowledge").code == "wrong-role"
    decide(office, "acknowledge", PARTNER)


def test_each_step_is_said_once_and_makes_the_next_one_due() -> None:
    office = complained()
    first = the_task(office).due_at
    decide(office, "acknowledge")
    decide(office, "investigated", note="canary finding")
    decide(office, "told")
    assert steps(office) == ["acknowledged", "investigated", "told"]
    assert the_task(office).due_at > first
    assert refused(office, "told").code == "done-already"
    assert "canary" not in repr(office.announced)


def test_who_is_told_at_once_was_acknowledged_and_looked_into() -> None:
    office = complained()
    decide(office, "resolve", **END)
    assert steps(office) == ["acknowledged", "investigated", "told"]


def test_without_a_cause_of_the_firm_s_it_does_not_close() -> None:
    office = complained()
    without = {name: value for name, value in END.items() if name != "cause_code"}
    assert refused(office, "resolve", **without).field == "cause_code"
    assert refused(office, "resolve", **END | {"cause_code": "fate"}).field == "cause_code"
    assert concern(office).state == "open"


def test_closed_it_says_its_outcome_its_cause_and_that_no_recovery_was_meant() -> None:
    office = complained()
    decide(office, "resolve", **END)
    (said,) = office.announced_of(ConcernClosed)
    told = (said.outcome, said.cause_code, said.client_told, said.confirmed, said.complaint_id)
    assert told == ("apologised", "conduct", True, False, "cp/2026 1")
    assert office.announced_of(ServiceRecoveryOpened) == []
    assert office.announced_of(ServiceRecoveryResolved) == []


def test_a_low_score_opens_exactly_one_of_each() -> None:
    office = asked_office()
    answer(office, 3)
    assert len(office.announced_of(ServiceRecoveryOpened)) == 1
    (said,) = office.announced_of(ConcernOpened)
    assert (said.kind, said.trigger) == ("recovery", "low-score")


def test_a_low_score_with_a_comment_asks_whether_it_is_a_complaint() -> None:
    office = asked_office()
    answer(office, 3)
    assert office.view(the_task(office).task_id, LAWYER)["ask_complaint"] == ""
    answer(office, 3, "nobody called me")
    assert office.view(the_task(office).task_id, LAWYER)["ask_complaint"]


def test_once_a_person_calls_it_a_complaint_it_is_one_and_no_score_closes_it() -> None:
    office = asked_office()
    answer(office, 3)
    assert refused(office, "complaint").field == "complaint_type"
    decide(office, "complaint", complaint_type="fees")
    answer(office, 10)
    assert (concern(office).kind, concern(office).state) == ("complaint", "open")
    assert [each.type for each in office.announced_of(ComplaintReceived)] == ["fees"]
    assert [each.kind for each in office.announced_of(ConcernOpened)] == ["recovery", "complaint"]


def test_what_we_said_of_it_ourselves_opens_no_second_one() -> None:
    office = asked_office()
    answer(office, 3, "nobody called me")
    decide(office, "complaint", complaint_type="service")
    (said,) = [each for each in office.announced if each.type == "complaint-received"]
    office.hear_event(said)
    assert len(office.all(CONCERNS)) == 1


def closed_and_due() -> MemoryService:
    """Closed, and two weeks later."""
    office = complained()
    decide(office, "resolve", **END)
    office.now += timedelta(days=14)
    check_due(office)
    return office


def check_due(office: MemoryService) -> None:
    office.hear(ConcernCheckDue(concern_id=concern(office).concern_id, client_id="c-1"))


def test_two_weeks_later_somebody_neutral_asks_once_whether_it_is_right() -> None:
    office = closed_and_due()
    check_due(office)
    assert refused(office, "right-now", OWNER, "verify").code == "barred"
    decide(office, "right-now", kind="verify")
    assert steps(office)[-1] == "verified"
    check_due(office)
    assert office.tasks("verify") == []


def test_who_is_still_unhappy_is_heard_again_under_the_same_id() -> None:
    office = closed_and_due()
    decide(office, "still-unhappy", kind="verify", note="canary: nothing changed")
    said = office.announced_of(ConcernOpened)
    assert [each.trigger for each in said] == ["complaint", "still-unhappy"]
    assert len({each.concern_id for each in said}) == 1
    assert the_task(office).barred == (OWNER.id, ABOUT.id)
    decide(office, "resolve", **END)
    assert len(office.announced_of(ConcernClosed)) == 2
    assert "canary" not in repr(office.announced)


def test_while_somebody_is_on_it_again_nobody_is_asked() -> None:
    office = closed_and_due()
    decide(office, "still-unhappy", kind="verify")
    check_due(office)
    assert office.tasks("verify") == []


def test_who_cannot_be_asked_on_three_days_is_left_in_peace() -> None:
    office = closed_and_due()
    assert refused(office, "no-answer", LAWYER, "verify").code == "tries-missing"
    for _ in range(3):
        decide(office, "log-try", kind="verify")
        office.now += timedelta(days=1)
    decide(office, "no-answer", kind="verify")
    assert "verified" not in steps(office)


def test_who_wants_no_contact_is_not_asked_two_weeks_later() -> None:
    office = complained()
    quiet: dict[str, Any] = {
        "outcome": "no-contact-wanted",
        "cause_code": "not-known",
        "client_told": False,
    }
    decide(office, "resolve", **quiet, note="wrote so")
    check_due(office)
    assert office.tasks("verify") == []


def test_staff_see_its_steps_and_its_history_with_what_was_written() -> None:
    office = complained()
    decide(office, "acknowledge", note="rang them")
    shown = office.view(the_task(office).task_id, LAWYER)
    assert [(each["name"], bool(each["at"]), bool(each["due_at"])) for each in shown["steps"]] == [
        ("acknowledged", True, False),
        ("investigated", False, False),
        ("told", False, True),
        ("resolved", False, True),
        ("verified", False, False),
    ]
    assert [(each["words"], each["text"]) for each in shown["events"]] == [
        ("Opened", ""),
        ("Acknowledged", "rang them"),
    ]
    assert shown["open_decisions"][0] == "told"
