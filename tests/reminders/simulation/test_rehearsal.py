"""Does a rehearsal do what the service itself would have done?"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.reminders.app import HERE, vocabulary
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.playbook_parsing import parse
from services.reminders.ports import CONTACTS, SUBJECTS
from services.reminders.simulation.differences import Difference, differences
from services.reminders.simulation.rehearsal import OWN, Done, Rehearsal
from shared.contracts.base import EventData
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientContactLogged, MatterClosed, MatterOpened
from shared.contracts.intake import ConflictCleared, ConsentWithdrawn
from shared.contracts.promises import CallRequested, CallReturned, PromiseMade
from tests.reminders.over_memory import (
    MONDAY,
    Reminders,
    cancelled,
    client,
    moved,
    new_config,
    scheduled,
    shipped,
)

DAY = timedelta(days=1)
OPENED = MatterOpened(matter_id="m-1", client_id="c-1", practice_area="family", owner_id="s-1")
CLOSED = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY + 14 * DAY)
STORY: tuple[tuple[timedelta, EventData], ...] = (
    (0 * DAY, client()),
    (0 * DAY, ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0)),
    (1 * DAY, OPENED),
    (1 * DAY, scheduled(MONDAY + 9 * DAY)),
    (3 * DAY, moved(MONDAY + 12 * DAY)),
    (14 * DAY, CLOSED),
)


def event(number: int, at: datetime, data: EventData, source: str = "urn:firm:test") -> Event[Any]:
    id = f"event-{number}"
    return Event(
        id=id, source=source, type=data.TYPE, version=data.VERSION, time=at, subject=data.key(),
        data=data, correlation_id=id, causation_id=None, traceparent=None,
    )  # fmt: skip


def rehearsed(
    rules: Iterable[PublishedRule], story: Iterable[tuple[timedelta, EventData]] = STORY
) -> list[Done]:
    rehearsal = Rehearsal(new_config(tuple(rules)))
    for number, (after, data) in enumerate(story):
        rehearsal.hear(event(number, MONDAY + after, data), MONDAY + after)
    rehearsal.pass_until(MONDAY + 40 * DAY)
    return rehearsal.done(since=MONDAY - DAY)


def lived() -> Reminders:
    office = Reminders()
    for number, (after, data) in enumerate(STORY):
        office.until(MONDAY + after)
        office.hear_event(event(number, MONDAY + after, data))
    office.until(MONDAY + 40 * DAY)
    return office


def changed(old: str, new: str, playbook: str = "appointments") -> list[PublishedRule]:
    """The shipped rules with one thing said otherwise in this playbook."""
    text = (HERE / "playbooks" / f"{playbook}.yaml").read_text("utf-8")
    assert old in text
    others = [each for each in shipped() if each.rule.playbook != playbook]
    return [*others, *parse(f"{playbook}.yaml", text.replace(old, new), vocabulary())]


def test_the_same_messages_go_at_the_same_instants_as_in_the_service() -> None:
    sent = {(each.rule_id, each.at) for each in rehearsed(shipped()) if each.outcome == "sent"}
    assert sent == {(each.rule_id, each.sent_at) for each in lived_contacts()}
    assert len(sent) >= 5


def lived_contacts() -> list[Any]:
    return [each for each in lived().all(CONTACTS) if each.sent_at is not None]


def test_rules_that_say_the_same_differ_in_nothing() -> None:
    assert differences(rehearsed(shipped()), rehearsed(shipped())) == []


def test_a_reminder_that_comes_earlier_is_said_to_move() -> None:
    found = differences(rehearsed(shipped()), rehearsed(changed("offset: -1d", "offset: -2d")))
    assert {(each.rule_id, each.what) for each in found} == {
        ("appointment-day-before", "would-move")
    }


def test_a_rule_taken_out_would_stop_what_it_did() -> None:
    without = [each for each in shipped() if each.rule.rule_id != "welcome"]
    (found,) = differences(rehearsed(shipped()), rehearsed(without))
    assert (found.rule_id, found.what, found.client_id) == ("welcome", "would-stop", "c-1")


def test_what_the_rules_of_that_time_led_to_is_not_taken_for_news() -> None:
    rehearsal = Rehearsal(new_config(shipped()))
    asked = ClientContactLogged(client_id="c-1", direction="out", channel="phone", at=MONDAY)
    rehearsal.hear(event(0, MONDAY, client()), MONDAY)
    rehearsal.hear(event(1, MONDAY, asked, source=OWN), MONDAY)
    assert [each.thread for each in rehearsal.memory.all(SUBJECTS)] == []


@pytest.mark.parametrize("ending", [cancelled(), ConsentWithdrawn(client_id="c-1",
    purpose="service", at=MONDAY)], ids=["cancelled", "withdrawn"])  # fmt: skip
def test_gates_and_cancellations_hold_in_a_rehearsal(ending: EventData) -> None:
    story = [*STORY[:5], (4 * DAY, ending)]
    rules = {each.rule_id for each in rehearsed(shipped(), story) if each.acted}
    assert "appointment-day-before" not in rules


AT_TEN = MONDAY + 1 * DAY
CALLS: tuple[tuple[timedelta, EventData], ...] = (
    (0 * DAY, client()),
    (1 * DAY, CallRequested(call_id="r-1", client_id="c-1", purpose="question", at=AT_TEN)),
    (1 * DAY + timedelta(hours=5),
     CallReturned(call_id="r-1", client_id="c-1", reached=True, at=AT_TEN + timedelta(hours=5))),
    (2 * DAY, PromiseMade(promise_id="p-1", client_id="c-1", what="update",
                          due_at=MONDAY + 4 * DAY, by="s-1", at=MONDAY + 2 * DAY)),
)  # fmt: skip


def stricter() -> list[PublishedRule]:
    """A call is returned within two hours in which the firm is open, not within a day."""
    told = "per: call_id\n    at: {anchor: at, offset: +1bd}"
    return changed(told, told.replace("+1bd", "+2bh"), "standards")


def of_calls(before: list[Done], after: list[Done]) -> list[Difference]:
    """What would go another way with calls; whom else that would set going is told beside it."""
    return [each for each in differences(before, after) if each.rule_id == "return-call"]


def test_a_standard_made_stricter_shows_which_commitments_would_have_been_missed() -> None:
    (found,) = of_calls(rehearsed(shipped(), CALLS), rehearsed(stricter(), CALLS))
    assert (found.what, found.rule_id, found.client_id) == ("would-be-missed", "return-call", "c-1")
    assert found.after == AT_TEN + timedelta(hours=2)


def test_a_standard_made_easier_shows_which_would_not_have_been_missed() -> None:
    (found,) = of_calls(rehearsed(stricter(), CALLS), rehearsed(shipped(), CALLS))
    assert (found.what, found.why) == ("would-not-be-missed", "met")


def test_a_commitment_missed_by_both_is_no_difference() -> None:
    missed = [each for each in rehearsed(shipped(), CALLS) if each.owed and each.acted]
    assert [each.rule_id for each in missed] == ["promise"]
    assert differences(rehearsed(shipped(), CALLS), rehearsed(shipped(), CALLS)) == []
