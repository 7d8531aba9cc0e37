"""What becomes of an event on its way to a subscriber, whatever happens there or here?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.gateway.domain.attempts import WAITS, Tried
from services.gateway.domain.dispatches import MOST_IN_HAND
from services.gateway.gateways.outward_watch import take_up
from services.gateway.ports import OUTWARD_EVENTS
from services.gateway.workflow import subscribing
from shared.channels import HAND_OVER_TIME, NOT_TRIED, Outcome, Result
from shared.contracts.subscription_task_kinds import SUBSCRIPTION_OFF
from shared.contracts.tasks import TaskCancelled, TaskCreated
from shared.requests.decisions import Actor
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.sending import GONE, NO, OK, MemoryLog, Sending

OPS = Actor(id="s-ops", roles=("ops",))
MOMENT = timedelta(seconds=1)


@pytest.fixture
def sending() -> Sending:
    """One subscription to matters, and one matter closed."""
    made = Sending()
    made.subscribe()
    made.close_matters()
    return made


def a_runtime(sending: Sending) -> Any:
    """The gateway as its loops see it."""
    runtime: Any = MemoryRuntime(sending.office)
    runtime.name = "gateway"
    return runtime


def test_what_arrives_is_done(sending: Sending) -> None:
    (done,) = sending.became(OK)
    assert (done.state, done.due_at, done.attempts[0].outcome) == ("delivered", None, "delivered")
    assert sending.receiver.delivered_at == sending.office.now


def test_what_fails_goes_again_by_the_schedule_and_then_no_more(sending: Sending) -> None:
    waits, before = [], sending.office.now
    for _ in range(len(WAITS)):
        (tried,) = sending.became(NO)
        assert tried.state == "waiting"
        assert tried.due_at is not None
        waits.append(tried.due_at - before)
        sending.next_instant()
        before = sending.office.now
    assert all(least <= wait <= least * 1.1 for wait, least in zip(waits, WAITS, strict=True))
    (last,) = sending.became(NO)
    assert (last.state, last.due_at, len(last.attempts)) == ("failed", None, 10)


def test_it_has_one_id_however_often_it_goes(sending: Sending) -> None:
    ids = set()
    for _ in range(3):
        ids |= {each.msg_id for each in sending.became(NO)}
        sending.next_instant()
    assert len(ids) == 1


def test_a_receiver_is_asked_again_when_it_says(sending: Sending) -> None:
    busy = Tried(Result.RETRY, "status-503", status=503, retry_after=timedelta(minutes=9))
    (tried,) = sending.became(busy)
    assert tried.due_at == sending.office.now + timedelta(minutes=9)
    sending.close_matters(2)
    assert sending.claim(timedelta(minutes=8)) == []  # nothing else goes there meanwhile


async def test_a_process_that_ends_in_between_loses_nothing(sending: Sending) -> None:
    (claimed,) = sending.claim()
    sending.config.sender = "one:second"  # the same replica, started again
    await take_up(MemoryLog(sending.office), sending.config, a_runtime(sending))
    assert sending.claim() == []
    (lost,) = sending.sent
    assert (lost.state, lost.attempts[-1].outcome) == ("waiting", "unknown")
    sending.next_instant()
    (again,) = sending.claim()
    assert (again.dispatch_id, again.msg_id) == (claimed.dispatch_id, claimed.msg_id)


async def test_what_another_replica_is_at_is_left_to_it(sending: Sending) -> None:
    sending.claim()
    sending.config.sender = "two:first"
    await take_up(MemoryLog(sending.office), sending.config, a_runtime(sending))
    sending.office.work_due(sending.office.now + HAND_OVER_TIME - MOMENT)
    assert [each.state for each in sending.sent] == ["in-hand"]


def test_an_outcome_that_comes_too_late_changes_nothing(sending: Sending) -> None:
    (claimed,) = sending.claim()
    sending.config.sender = "one:second"
    sending.office.work_due(sending.office.now + HAND_OVER_TIME)
    before = sending.sent
    sending.office.ask(
        lambda unit: sending.steps.record(claimed, OK, unit),
        lambda unit: sending.steps.needs_of_recording(claimed, unit),
    )
    assert sending.sent == before


def test_gone_switches_it_off_and_asks_ops(sending: Sending) -> None:
    sending.became(GONE)
    assert (sending.subscription.state, sending.subscription.why) == ("disabled", "gone")
    (task,) = sending.office.announced_of(TaskCreated)
    assert (task.kind, task.role) == (SUBSCRIPTION_OFF.kind, "ops")
    assert "crm" in task.title


def test_days_of_failure_only_switch_it_off(sending: Sending) -> None:
    while sending.subscription.state == "active" and sending.next_instant():
        sending.became(NO)
        sending.close_matters()
        sending.office.now += timedelta(hours=6)
    assert sending.subscription.state == "disabled"
    since = sending.receiver.failing_since
    assert timedelta(days=5) <= sending.office.now - since <= timedelta(days=6)


def test_one_delivery_among_failures_is_enough_to_go_on(sending: Sending) -> None:
    for day in range(12):
        sending.close_matters()
        sending.became(OK if day == 4 else NO)
        sending.office.now += timedelta(days=1)
        if sending.subscription.state == "disabled":
            break
    assert sending.office.now - sending.receiver.delivered_at >= timedelta(days=5)


def test_what_waits_for_one_that_is_off_goes_when_it_is_resumed(sending: Sending) -> None:
    sending.became(GONE)
    sending.close_matters(3)
    assert sending.claim() == []
    held = [each.dispatch_id for each in sending.sent if each.state == "held"]
    assert len(held) == 3
    task = sending.office.tasks(SUBSCRIPTION_OFF.kind)[0]
    sending.office.decide(task.task_id, "resume", actor=OPS)
    assert sending.subscription.state == "active"
    assert sending.again(*held) == len(held)
    assert len(sending.claim()) == len(held)


def test_a_resumed_one_needs_no_decision_any_more(sending: Sending) -> None:
    sending.became(GONE)
    sending.ask(subscribing.resume, "crm")
    (gone,) = sending.office.announced_of(TaskCancelled)
    assert gone.reason == "resumed"
    assert sending.receiver.failing_since is None


def test_left_off_it_stays_off(sending: Sending) -> None:
    sending.became(GONE)
    task = sending.office.tasks(SUBSCRIPTION_OFF.kind)[0]
    shown = sending.office.view(task.task_id, OPS)
    assert (shown["name"], shown["failure"]) == ("crm", "gone")
    sending.office.decide(task.task_id, "leave-off", actor=OPS)
    assert sending.subscription.state == "disabled"


def test_a_receiver_that_fails_again_and_again_is_left_alone_for_a_moment(sending: Sending) -> None:
    sending.close_matters(10)
    sending.became(NO)
    assert sending.receiver.rest_until is not None
    sending.close_matters(5)
    assert sending.claim(timedelta(seconds=50)) == []
    assert sending.claim(timedelta(seconds=60)) != []


def test_no_more_of_one_subscription_is_in_hand_than_a_few(sending: Sending) -> None:
    sending.subscribe("dms")
    for _ in range(MOST_IN_HAND + 30):
        sending.close_matters()
    in_hand = sending.claim()
    by_name = {name: sum(each.subscription == name for each in in_hand) for name in ("crm", "dms")}
    assert by_name == {"crm": MOST_IN_HAND, "dms": MOST_IN_HAND}
    sending.became(OK)
    assert len(sending.claim(timedelta(seconds=10))) > 0  # the others, soon


def test_what_was_not_tried_has_not_failed(sending: Sending) -> None:
    (put_off,) = sending.became(NOT_TRIED)
    assert (put_off.state, put_off.tries, put_off.attempts) == ("waiting", 0, ())
    assert sending.receiver.failures == 0


def test_what_was_erased_meanwhile_is_not_sent(sending: Sending) -> None:
    (gone,) = sending.became(Outcome(Result.NOT_MADE, "erased"))
    assert (gone.state, gone.attempts[0].outcome) == ("dropped", "erased")


def test_what_is_for_a_removed_one_is_forgotten_also_when_another_has_its_name(
    sending: Sending,
) -> None:
    sending.ask(subscribing.unsubscribe, "crm")
    sending.office.now += MOMENT
    sending.subscribe()
    assert sending.claim() == []
    assert sending.sent == []


def test_a_test_goes_once_whatever_the_state(sending: Sending) -> None:
    sending.became(GONE)
    (event,) = sending.office.all(OUTWARD_EVENTS)
    test = replace(event, msg_id="test", type="webhook-test")
    sending.ask(subscribing.try_out, "crm", test, "test-1")
    (tried,) = [each for each in sending.became(NO) if each.is_test]
    assert (tried.state, tried.is_test) == ("failed", True)
