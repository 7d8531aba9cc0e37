"""Does the API show a client's timeline completely and in order?"""

from datetime import timedelta
from typing import Any

from shared.contracts.firm import ClientOnboarded, ClientUpdated, InvoiceIssued, InvoicePaid
from tests.desk.facts import ASH, DUE, LEO, NOON, created
from tests.desk.memory import MemoryDesk

CLIENT: dict[str, Any] = {
    "client_id": "c-1",
    "name": "Ada Lovelace",
    "email": "ada@example.com",
    "timezone": "Europe/London",
    "locale": "en-GB",
}


async def timeline(desk: MemoryDesk, **query: Any) -> list[str]:
    """The kinds of the entries, over all pages."""
    kinds: list[str] = []
    while True:
        answer = await desk.as_person(LEO).get("/clients/c-1/timeline", params=query)
        page = answer.json()
        kinds += [entry["kind"] for entry in page["items"]]
        if "next" not in page:
            return kinds
        query["next"] = page["next"]


def a_life(desk: MemoryDesk) -> None:
    """A client is taken on, gets an invoice and pays it; the events arrive in another order."""
    paid = InvoicePaid(invoice_id="i-1", client_id="c-1")
    desk.office.hear(paid, time=NOON + timedelta(days=2))
    desk.office.hear(InvoiceIssued(invoice_id="i-1", client_id="c-1", due_at=DUE), time=DUE)
    desk.office.hear(InvoicePaid(invoice_id="i-2", client_id="c-2"))
    desk.office.hear(ClientOnboarded(**CLIENT), time=NOON)


async def test_a_timeline_is_in_order_of_time_whatever_the_order_of_arrival(
    desk: MemoryDesk,
) -> None:
    a_life(desk)
    assert await timeline(desk) == ["client-onboarded", "invoice-issued", "invoice-paid"]


async def test_a_timeline_can_be_read_from_its_end(desk: MemoryDesk) -> None:
    a_life(desk)
    assert await timeline(desk, order="newest", limit=1) == [
        "invoice-paid",
        "invoice-issued",
        "client-onboarded",
    ]


async def test_pages_of_a_timeline_show_every_entry_once(desk: MemoryDesk) -> None:
    for number in range(7):
        desk.office.hear(InvoicePaid(invoice_id=f"i-{number}", client_id="c-1"), time=NOON)
    assert len(await timeline(desk, limit=2)) == 7


async def test_an_entry_has_the_shape_other_tools_are_built_against(desk: MemoryDesk) -> None:
    desk.office.hear(created(), id="e-5")
    answer = await desk.as_person(LEO).get("/clients/c-1/timeline")
    (entry,) = answer.json()["items"]
    assert {name: value for name, value in entry.items() if name != "entry_id"} == {
        "at": "2026-03-02T12:00:00.000Z",
        "kind": "task-created",
        "text": "Task: Call the client about appointment a-1",
        "why": {"event_id": "e-0", "rule_id": "appointment", "rule_version": 3,
                "text": "No channel."},
        "gates": [],
        "outcome": "open",
        "matter_id": "m-1",
        "task_id": "t-1",
    }  # fmt: skip


async def test_the_same_event_heard_twice_is_told_once(desk: MemoryDesk) -> None:
    for _ in range(2):
        desk.office.hear(InvoicePaid(invoice_id="i-1", client_id="c-1"), id="e-1")
    assert await timeline(desk) == ["invoice-paid"]


async def test_a_client_of_whom_nothing_was_heard_has_an_empty_timeline(desk: MemoryDesk) -> None:
    assert await timeline(desk) == []


async def test_a_clients_card_says_their_name(desk: MemoryDesk) -> None:
    desk.office.hear(ClientOnboarded(**CLIENT))
    assert (await desk.as_person(ASH).get("/clients/c-1")).json() == {
        "client_id": "c-1",
        "name": "Ada Lovelace",
    }


async def test_the_later_name_holds_whatever_the_order_of_arrival(desk: MemoryDesk) -> None:
    desk.office.hear(ClientUpdated(client_id="c-1", name="Ada King"), time=DUE)
    desk.office.hear(ClientOnboarded(**CLIENT), time=NOON)
    assert (await desk.as_person(ASH).get("/clients/c-1")).json()["name"] == "Ada King"


async def test_an_unknown_client_is_404(desk: MemoryDesk) -> None:
    assert (await desk.as_person(ASH).get("/clients/c-9")).status_code == 404
