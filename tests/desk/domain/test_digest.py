"""Who gets a digest, at which address, and does each task count once, under its kind alone?"""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.domain.accounts import Account
from services.desk.domain.digest import (
    Agenda,
    DigestChoice,
    Part,
    address_of,
    agenda,
    check_choice,
    time_for,
)
from services.desk.domain.listed_task import Happening, Holding, ListedTask
from shared.errors import RuleError
from tests.desk.facts import LEO, NOON

LONDON = ZoneInfo("Europe/London")
USUAL = DigestChoice(staff_id="leo")
LEOS = Account(staff_id="leo", user="leo", email="leo@firm.example")
DAY = timedelta(days=1)
NOTHING = Part({}, 0)


def task(task_id: str = "t-1", **changes: object) -> ListedTask:
    """A task to call a client that came an hour ago and is with nobody."""
    came = Happening(id=task_id, at=NOON - timedelta(hours=1), kind="created", text="Opened.")
    listed = ListedTask(
        task_id=task_id, state="open", kind="call-client", due_at=NOON + 3 * DAY, history=(came,)
    )
    return replace(listed, **changes)  # type: ignore[arg-type]  # fields of a listed task


def what(*tasks: ListedTask) -> Agenda:
    return agenda(tasks, NOON, LONDON, NOON - DAY)


@pytest.mark.parametrize(
    ("account", "address"),
    [
        (None, None),
        (Account(staff_id="leo"), None),
        (Account(staff_id="leo", user="leo@firm.example"), None),
        (Account(staff_id="leo", user="x@firm.example", email="leo@a.example"), "leo@a.example"),
    ],
)
def test_an_address_is_the_one_given(account: Account | None, address: str | None) -> None:
    assert address_of(account) == address


def test_whoever_has_an_address_gets_one_at_half_past_seven() -> None:
    assert time_for(LEO, LEOS, USUAL) == "07:30"


def test_nobody_gets_one_who_left_or_has_no_address_or_wants_none() -> None:
    assert time_for(None, LEOS, USUAL) is None
    assert time_for(replace(LEO, active=False), LEOS, USUAL) is None
    assert time_for(LEO, None, USUAL) is None
    assert time_for(LEO, LEOS, replace(USUAL, on=False)) is None


@pytest.mark.parametrize("at", ["", "7", "24:00", "07:60", "morning", "07:30:00"])
def test_what_is_no_time_of_day_is_refused_at_its_field(at: str) -> None:
    with pytest.raises(RuleError) as no:
        check_choice(at, "")
    assert no.value.field == "digest_at"


def test_a_language_nobody_writes_is_refused_at_its_field() -> None:
    with pytest.raises(RuleError) as no:
        check_choice("07:30", "tlh")
    assert no.value.field == "digest_language"


def test_what_is_overdue_and_due_today_counts_with_me_or_with_nobody() -> None:
    found = what(
        task("t-1", due_at=NOON - DAY, owner_id="leo"),
        task("t-2", due_at=NOON - DAY),
        task("t-3", due_at=NOON + timedelta(hours=2), kind="contact-gap"),
    )
    assert found == Agenda(Part({"call-client": 2}, 1), Part({"contact-gap": 1}, 1), NOTHING)


def test_new_is_what_came_lately_is_with_nobody_and_is_due_later() -> None:
    old = task("t-2", history=(replace(task().history[0], at=NOON - 2 * DAY),))
    mine = task("t-3", owner_id="leo")
    assert what(task("t-1"), old, mine).new == Part({"call-client": 1}, 1)


def test_a_task_that_was_given_back_is_new_again() -> None:
    old = task(history=(replace(task().history[0], at=NOON - 9 * DAY),))
    back = replace(old, holding=Holding(staff_id=None, by="leo", at=NOON - timedelta(hours=2)))
    assert what(old).is_empty
    assert what(back).new.kinds == {"call-client": 1}


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(-9, 9), st.integers(0, 5), st.sampled_from([None, "leo"])
        ),
        max_size=20,
    )
)
def test_each_task_counts_once_at_most(drawn: list[tuple[int | None, int, str | None]]) -> None:
    tasks = [
        task(
            f"t-{n}",
            due_at=None if days is None else NOON + days * DAY / 3,
            owner_id=owner,
            history=(replace(task().history[0], at=NOON - since * DAY / 2),),
        )
        for n, (days, since, owner) in enumerate(drawn)
    ]
    found = what(*tasks)
    parts = (found.overdue, found.today, found.new)
    assert sum(sum(each.kinds.values()) for each in parts) <= len(tasks)
    assert found.is_empty == (not any(each.kinds for each in parts))
    assert sum(found.overdue.kinds.values()) == sum(
        each.due_at is not None and each.due_at < NOON for each in tasks
    )
