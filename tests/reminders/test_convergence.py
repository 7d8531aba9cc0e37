"""Does shuffled and repeated input end in one plan?"""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reminders.domain.occurrence import State
from services.reminders.ports import CARDS, SUBJECTS
from shared.contracts.base import EventData
from shared.contracts.firm import (
    ClientContactLogged,
    ClientUpdated,
    DocumentReceived,
    DocumentRequested,
    InvoiceIssued,
    InvoicePaid,
    MatterClosed,
    MatterOpened,
)
from shared.contracts.intake import (
    ClientPreferencesUpdated,
    ConflictCleared,
    ConsentGranted,
    ConsentWithdrawn,
)
from tests.reminders.over_memory import MONDAY, Reminders, cancelled, client, moved, scheduled

SOON = MONDAY + timedelta(days=5)
STORY: list[EventData] = [
    client(),
    ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client"),
    MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s-1"),
    scheduled(SOON),
    ClientContactLogged(client_id="c-1", direction="in", channel="phone", at=MONDAY),
    moved(SOON + timedelta(days=9)),
    ConsentGranted(client_id="c-1", purpose="feedback", at=MONDAY),
    ConsentWithdrawn(client_id="c-1", purpose="all", at=MONDAY),
    InvoiceIssued(invoice_id="i-1", client_id="c-1", due_at=MONDAY + timedelta(days=3)),
    DocumentRequested(
        request_id="r-1", client_id="c-1", matter_id="m-1", due_at=MONDAY + timedelta(days=9)
    ),
    ClientUpdated(client_id="c-1", timezone="Australia/Lord_Howe", locale="en-AU"),
    ConsentWithdrawn(client_id="c-1", purpose="marketing", at=MONDAY, by="client"),
    ClientPreferencesUpdated(client_id="c-1", locale="de-AT", at=MONDAY),
    cancelled(),
    moved(SOON + timedelta(days=2)),
    InvoicePaid(invoice_id="i-1", client_id="c-1"),
    MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY),
    MatterOpened(matter_id="m-2", client_id="c-1", practice_area="tenancy", owner_id="s-1"),
    DocumentReceived(request_id="r-2", client_id="c-1"),
    DocumentRequested(
        request_id="r-2", client_id="c-1", matter_id="m-1", due_at=MONDAY + timedelta(days=9)
    ),
    moved(SOON, appointment_id="a-2"),
    client(name="Ada Beispiel", timezone="Pacific/Apia"),
]
numbered = list(enumerate(STORY))
orders = st.permutations(numbered)
repeats = st.lists(st.sampled_from(numbered), max_size=6)


def heard(order: list[tuple[int, EventData]]) -> Reminders:
    reminders = Reminders()
    for number, data in order:
        time = MONDAY - timedelta(minutes=30) + timedelta(minutes=number)
        reminders.hear(data, id=f"e-{number}", time=time)
    return reminders


def state(reminders: Reminders) -> list[Any]:
    return [reminders.all(CARDS), reminders.all(SUBJECTS), plan(reminders)]


def plan(reminders: Reminders) -> list[tuple[str, datetime, datetime | None, str]]:
    return [
        (timer.occurrence_id, timer.due_at, timer.valid_until, timer.zone)
        for timer in reminders.timers(State.PLANNED)
    ]


IN_ORDER = state(heard(numbered))


@settings(max_examples=60, deadline=None)
@given(orders, repeats)
def test_any_order_with_repeats_ends_in_the_same_plan(
    order: list[tuple[int, EventData]], again: list[tuple[int, EventData]]
) -> None:
    assert state(heard([*order, *again])) == IN_ORDER


@settings(max_examples=20, deadline=None)
@given(orders)
def test_whatever_the_order_each_occurrence_is_planned_once(
    order: list[tuple[int, EventData]],
) -> None:
    reminders = heard(order)
    planned = reminders.timers(State.PLANNED)
    assert len({(t.rule_id, t.thread) for t in planned}) == len(planned)
