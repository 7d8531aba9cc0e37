"""Is it seen that nobody of the firm was in touch about a matter?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.firm import (
    ClientContactLogged,
    ClientUpdated,
    MatterClosed,
    MatterOpened,
    MatterReopened,
)
from shared.contracts.reminders import ContactGapDetected
from tests.reminders.over_memory import ASSISTANT, MONDAY, OPENED, Reminders, client

OTHER = OPENED.model_copy(update={"matter_id": "m-2"})


def ready(*matters: MatterOpened) -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), *matters)
    return reminders


def contact(reminders: Reminders, **said: Any) -> None:
    values = {"client_id": "c-1", "direction": "out", "channel": "phone", "at": reminders.now}
    reminders.tell(ClientContactLogged.model_validate({**values, **said}))


def gaps(reminders: Reminders) -> list[str | None]:
    return [each.matter_id for each in reminders.announced_of(ContactGapDetected)]


def test_what_the_client_left_unanswered_starts_nothing_anew() -> None:
    reminders = ready(OPENED)
    for _ in range(4):
        reminders.after(days=7)
        contact(reminders, direction="in", channel="voicemail", matter_id="m-1")
    reminders.after(days=3)
    assert gaps(reminders) == ["m-1"]
    assert len(reminders.tasks("contact-gap")) == 1


@pytest.mark.parametrize("said", [{"direction": "out"}, {"direction": "in", "two_way": True}])
def test_what_the_firm_said_or_a_talk_starts_the_thirty_days_anew(said: dict[str, Any]) -> None:
    reminders = ready(OPENED)
    reminders.after(days=20)
    contact(reminders, **said)
    reminders.after(days=29)
    assert gaps(reminders) == []


def test_a_talk_about_one_matter_leaves_the_other_silent() -> None:
    reminders = ready(OPENED, OTHER)
    reminders.after(days=20)
    contact(reminders, matter_id="m-1")
    reminders.after(days=11)
    assert gaps(reminders) == ["m-2"]


def test_a_talk_that_names_no_matter_counts_for_all() -> None:
    reminders = ready(OPENED, OTHER)
    reminders.after(days=20)
    contact(reminders)
    reminders.after(days=11)
    assert gaps(reminders) == []


def test_a_closed_matter_may_be_silent_while_another_is_open() -> None:
    reminders = ready(OPENED, OTHER)
    reminders.tell(MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY))
    reminders.until(MONDAY + timedelta(days=31))
    assert gaps(reminders) == ["m-2"]


def test_who_stays_silent_is_seen_again_every_thirty_days() -> None:
    reminders = ready(OPENED)
    reminders.after(days=100)
    days = [each.days for each in reminders.announced_of(ContactGapDetected)]
    assert days == [30, 60, 90]
    (task,) = reminders.tasks("contact-gap", None)  # one, told anew
    assert task.title.endswith("nobody has spoken to for 90 days")


def test_not_needed_once_is_not_for_ever() -> None:
    reminders = ready(OPENED)
    reminders.after(days=31)
    (task,) = reminders.tasks("contact-gap")
    reminders.decide(task.task_id, "not-needed", {"reason": "Court waits"}, actor=ASSISTANT)
    reminders.after(days=28)
    assert reminders.tasks("contact-gap") == []
    reminders.after(days=2)
    assert len(reminders.tasks("contact-gap")) == 1


def test_a_contact_ends_what_was_asked_and_the_turns_after_it() -> None:
    reminders = ready(OPENED)
    reminders.after(days=65)
    contact(reminders, matter_id="m-1")
    assert reminders.tasks("contact-gap") == []
    reminders.after(days=29)
    assert len(gaps(reminders)) == 2
    reminders.after(days=2)
    assert [each.days for each in reminders.announced_of(ContactGapDetected)] == [30, 60, 30]


def test_a_long_outage_is_not_made_up_for() -> None:
    reminders = ready(OPENED)
    reminders.now = MONDAY + timedelta(days=200)
    reminders.after(days=1)
    assert len(gaps(reminders)) <= 1
    reminders.after(days=30)
    assert 1 <= len(gaps(reminders)) <= 2


def test_whose_the_matter_is_gets_in_touch() -> None:
    reminders = ready(OPENED, OTHER.model_copy(update={"owner_id": "s-4"}))
    reminders.after(days=31)
    owners = {task.about["matter_id"]: task.owner_id for task in reminders.tasks("contact-gap")}
    assert owners == {"m-1": "s-9", "m-2": "s-4"}


def test_another_lawyer_is_no_contact() -> None:
    reminders = ready(OPENED)
    reminders.after(days=20)
    reminders.tell(
        OPENED.model_copy(update={"owner_id": "s-2"}),
        ClientUpdated(client_id="c-1", matter_id="m-1", owner_id="s-3"),
    )
    reminders.after(days=11)
    assert gaps(reminders) == ["m-1"]
    assert [task.owner_id for task in reminders.tasks("contact-gap")] == ["s-3"]


def test_a_matter_taken_up_again_is_watched_from_then_on() -> None:
    reminders = ready(OPENED)
    reminders.tell(MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY))
    reminders.after(days=100)
    reminders.tell(MatterReopened(matter_id="m-1", client_id="c-1"))
    reminders.after(days=29)
    assert gaps(reminders) == []
    reminders.after(days=2)
    assert gaps(reminders) == ["m-1"]


def book(matters: int, spoken: timedelta, opened: timedelta = timedelta(days=400)) -> Reminders:
    """So many open matters of one client, imported with the day somebody last spoke with them."""
    reminders = Reminders()
    reminders.hear(client(), time=MONDAY - opened, history=True)
    for number in range(matters):
        own = {"client_id": "c-1", "matter_id": f"m-{number}"}
        matter = OPENED.model_copy(update=own)
        reminders.hear(matter, time=MONDAY - opened, history=True)
        at = MONDAY - spoken
        talk = ClientContactLogged.model_validate(
            {**own, "direction": "out", "channel": "phone", "at": at}
        )
        reminders.hear(talk, time=at, history=True)
    return reminders


def test_imported_matters_are_not_all_asked_about_on_one_day() -> None:
    reminders = book(60, timedelta(days=200))
    reminders.after(days=29)
    assert gaps(reminders) == []
    days = []
    for _ in range(30):
        before = len(gaps(reminders))
        reminders.after(days=1)
        days.append(len(gaps(reminders)) - before)
    assert sum(days) == 60
    assert max(days) <= 8
    assert sum(1 for each in days if each) >= 20


def test_an_imported_matter_whose_last_contact_is_recent_is_watched_from_that_day() -> None:
    reminders = book(3, timedelta(days=10))
    reminders.after(days=19)
    assert gaps(reminders) == []
    reminders.after(days=2)
    assert len(gaps(reminders)) == 3


def test_imported_matters_are_watched_from_their_import_on() -> None:
    reminders = Reminders()
    long_ago = MONDAY - timedelta(days=400)
    reminders.hear(client(), time=long_ago, history=True)
    reminders.hear(OPENED, time=long_ago, history=True)
    talk = ClientContactLogged(client_id="c-1", direction="out", channel="phone", at=long_ago)
    reminders.hear(talk, time=long_ago + timedelta(days=3), history=True)
    reminders.after(days=29)
    assert gaps(reminders) == []
    reminders.after(days=62)
    assert [each.days for each in reminders.announced_of(ContactGapDetected)] == [30, 60]


def test_a_closed_matter_is_left_alone_also_where_the_last_contact_named_no_matter() -> None:
    reminders = ready(OPENED)
    reminders.after(days=2)
    contact(reminders)
    reminders.after(days=2)
    reminders.tell(MatterClosed(matter_id="m-1", client_id="c-1", closed_at=reminders.now))
    reminders.after(days=100)
    assert gaps(reminders) == []
    assert reminders.tasks("contact-gap") == []


def test_a_matter_imported_as_closed_is_left_alone() -> None:
    reminders = Reminders()
    closed = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY - timedelta(days=9))
    for each in (client(), OPENED, closed):
        reminders.hear(each, time=MONDAY - timedelta(days=9), history=True)
    reminders.after(days=100)
    assert gaps(reminders) == []
    assert reminders.messages == []
