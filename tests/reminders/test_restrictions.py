"""Does what the firm decided about a client reach the one who writes to them?"""

from datetime import timedelta

from services.reminders.domain.contact import State
from services.reminders.ports import CONTACTS
from shared.contracts.reminders import ContactDeferred, RestrictionReviewDue
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.tasks import TaskCreated
from tests.reminders.over_memory import MONDAY, Reminders, client, scheduled

IN_A_WEEK = MONDAY + timedelta(days=6)


def placed(kind: str = "conflict", effect: str = "wait", **more: object) -> RestrictionPlaced:
    return RestrictionPlaced.model_validate(
        {"restriction_id": "r-1", "kind": kind, "scope": "client", "effect": effect,
         "client_id": "c-1", "at": MONDAY, **more}
    )  # fmt: skip


def lifted() -> RestrictionLifted:
    return RestrictionLifted(restriction_id="r-1", client_id="c-1", at=MONDAY)


def test_while_a_conflict_is_undecided_messages_wait_and_say_why() -> None:
    reminders = Reminders()
    reminders.tell(client(), placed(), scheduled(IN_A_WEEK))
    assert reminders.after(days=2) == []
    deferred = reminders.announced_of(ContactDeferred)[0]
    assert deferred.reason == "restricted-conflict"
    assert deferred.why.text == "A possible conflict of interest has not been decided yet."


def test_once_it_is_cleared_what_waited_goes_at_once() -> None:
    reminders = Reminders()
    reminders.tell(client(), placed(), scheduled(IN_A_WEEK))
    reminders.after(minutes=5)
    reminders.now += timedelta(minutes=5)
    reminders.tell(lifted())
    assert [each.rule_id for each in reminders.after(minutes=1)] == ["appointment-confirmation"]


def test_once_declined_not_one_more_message_goes_and_nobody_calls() -> None:
    reminders = Reminders()
    reminders.tell(client(), placed(), scheduled(IN_A_WEEK))
    reminders.after(minutes=5)
    reminders.tell(placed("declined", "stop"))
    assert reminders.until(IN_A_WEEK) == []
    assert {each.state for each in reminders.all(CONTACTS)} == {State.SUPPRESSED}
    assert reminders.announced_of(TaskCreated) == []


def test_a_restriction_of_one_matter_leaves_the_others_alone() -> None:
    reminders = Reminders()
    reminders.tell(
        client(), placed(scope="matter", matter_id="m-1"),
        scheduled(IN_A_WEEK, matter_id="m-1"),
        scheduled(IN_A_WEEK, matter_id="m-2", appointment_id="a-2"),
    )  # fmt: skip
    assert [each.ids["appointment_id"] for each in reminders.after(minutes=1)] == ["a-2"]


def test_a_sensitive_client_is_called_instead() -> None:
    reminders = Reminders()
    reminders.tell(client(), placed("sensitivity", "person-first"), scheduled(IN_A_WEEK))
    assert reminders.after(minutes=1) == []
    assert reminders.announced_of(TaskCreated)[0].kind == "call-client"


def test_the_newest_word_holds_in_any_order() -> None:
    reminders = Reminders()
    reminders.hear(lifted(), time=MONDAY)
    reminders.hear(placed(), time=MONDAY - timedelta(hours=1))
    reminders.tell(client(), scheduled(IN_A_WEEK))
    assert len(reminders.after(minutes=1)) == 1


def test_what_was_placed_until_an_instant_ends_then() -> None:
    reminders = Reminders()
    reminders.tell(client(), placed(until=MONDAY + timedelta(hours=3)), scheduled(IN_A_WEEK))
    assert reminders.after(hours=2) == []
    assert "appointment-confirmation" in [each.rule_id for each in reminders.after(days=2)]


def frozen(effect: str = "wait", **more: object) -> RestrictionPlaced:
    return placed("freeze", effect, scope="firm", client_id=None, **more)


def thawed() -> RestrictionLifted:
    return RestrictionLifted(restriction_id="r-1", at=MONDAY)


def test_a_freeze_of_the_whole_firm_holds_for_every_client_until_it_is_lifted() -> None:
    reminders = Reminders()
    reminders.tell(frozen(), client(), scheduled(IN_A_WEEK))
    reminders.tell(client(client_id="c-2"), scheduled(IN_A_WEEK, client_id="c-2",
                                                      appointment_id="a-2"))  # fmt: skip
    assert reminders.after(minutes=5) == []
    assert reminders.announced_of(ContactDeferred)[0].reason == "restricted-freeze"
    reminders.now = MONDAY + timedelta(minutes=5)
    reminders.tell(thawed())
    assert {each.client_id for each in reminders.after(hours=1)} == {"c-1", "c-2"}


def test_a_freeze_of_one_class_leaves_the_others_alone() -> None:
    reminders = Reminders()
    reminders.tell(frozen(classes=("review-ask",)), client(), scheduled(IN_A_WEEK))
    assert len(reminders.after(minutes=1)) == 1


def test_what_the_firm_stops_for_all_does_not_go_later() -> None:
    reminders = Reminders()
    reminders.tell(frozen("stop"), client(), scheduled(IN_A_WEEK))
    assert reminders.until(IN_A_WEEK) == []


def test_a_freeze_heard_after_its_end_does_not_begin() -> None:
    reminders = Reminders()
    reminders.hear(thawed(), time=MONDAY)
    reminders.hear(frozen(), time=MONDAY - timedelta(hours=1))
    reminders.tell(client(), scheduled(IN_A_WEEK))
    assert len(reminders.after(minutes=1)) == 1


def reviews_after(days: int, *said: RestrictionPlaced | RestrictionLifted) -> list[str]:
    """Which restrictions are to be looked at again, so many days after the last of these words."""
    reminders = Reminders()
    for number, each in enumerate(said):
        reminders.hear(each, time=MONDAY + timedelta(minutes=number))
    reminders.after(days=days)
    return [each.restriction_id for each in reminders.announced_of(RestrictionReviewDue)]


def wall(**more: object) -> RestrictionPlaced:
    return placed("wall", "bar", staff_ids=["s-1"], **more)


def test_a_wall_is_looked_at_again_after_ninety_days() -> None:
    assert reviews_after(89, wall()) == []
    assert reviews_after(91, wall()) == ["r-1"]


def test_so_is_one_around_an_inquiry_and_what_stops_the_whole_firm() -> None:
    around = wall(scope="inquiry", client_id=None, inquiry_id="i-1")
    assert reviews_after(91, around) == ["r-1"]
    firm = placed("freeze", "wait", scope="firm", client_id=None)
    assert reviews_after(8, firm) == ["r-1"]


def test_what_is_said_anew_is_counted_from_there_and_what_is_lifted_not_at_all() -> None:
    kept = wall(at=MONDAY + timedelta(days=60))
    assert reviews_after(100, wall(), kept) == []
    assert reviews_after(151, wall(), kept) == ["r-1"]
    assert reviews_after(400, wall(), lifted()) == []


def test_what_a_conflict_check_decides_is_looked_at_by_the_check() -> None:
    assert reviews_after(400, placed()) == []
