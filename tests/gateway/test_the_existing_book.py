"""Does a firm that starts bring its book along without a word to anybody about the past?"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from services.reminders.domain.occurrence import State
from services.reminders.ports import CONTACTS, TIMERS
from shared.tasks import TASKS
from tests.fakes.firm import MemoryFirm
from tests.gateway.a_book import CLIENTS, LISTS, book, import_list

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@cache
def begun() -> MemoryFirm:
    """A firm that has imported its five lists."""
    firm = MemoryFirm(NOW)
    lists = book(NOW.date())
    for name in LISTS:
        told = import_list(firm.offices["gateway"], name, lists[name])
        assert {each.what for each in told} == {"new"}, name
        firm.pass_events()
    return firm


def test_not_one_message_is_made_about_ten_years() -> None:
    firm = begun()
    assert firm.types().count("client-onboarded") == CLIENTS
    assert min(each.time for each in firm.events).year == 2016
    assert firm.offices["reminders"].all(CONTACTS) == []
    said = Counter(each.type for each in firm.events if not each.history)
    assert set(said) == {"conflict-cleared", "conflict-detected", "restriction-placed",
                         "task-created", "contact-planned"}  # fmt: skip


def test_what_lies_ahead_is_armed_and_nothing_else() -> None:
    timers = begun().offices["reminders"].all(TIMERS)
    assert {each.state for each in timers} == {State.PLANNED}
    assert all(each.due_at is not None and each.due_at > NOW for each in timers)
    ahead = {
        each.thread for each in timers if not each.rule_id.startswith(("contact-gap", "task-"))
    }
    soon = [n for n in range(1, CLIENTS + 1) if n % 10 == 0]
    owed = [n for n in range(1, CLIENTS + 1) if n % 15 == 0]
    assert ahead == {
        *(f"appointment_id:a-{n}-3" for n in soon),
        *(f"invoice_id:{n}-C" for n in owed),
    }
    watched = {each.thread for each in timers if each.rule_id.startswith("contact-gap")}
    assert watched == {f"matter_id:m-{n}-2" for n in range(1, CLIENTS + 1)}


def test_parties_are_checked_and_only_who_is_adverse_is_a_task() -> None:
    firm = begun()
    said = Counter(firm.types())
    assert (said["conflict-cleared"], said["conflict-detected"]) == (CLIENTS - 1, 1)
    tasks = [
        (name, each.kind) for name, office in firm.offices.items() for each in office.all(TASKS)
    ]
    assert tasks == [("intake", "conflict-check")]


def test_the_same_told_as_news_would_have_written_to_clients() -> None:
    lately = NOW - timedelta(10)
    firm = MemoryFirm(NOW)
    for event in begun().events:
        if event.type == "client-onboarded":
            firm.offices["reminders"].hear_event(event)
        if event.type == "matter-closed" and event.data.closed_at > lately:
            firm.offices["reminders"].hear_event(replace(event, history=False))
    rules = Counter(each.rule_id for each in firm.offices["reminders"].all(TIMERS))
    assert rules["survey-due"] == CLIENTS
