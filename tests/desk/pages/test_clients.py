"""Does a client's page tell everything with its reasons, and take what is added?"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from services.desk.ports.notes import CONTACT_NOTES
from services.desk.ports.tasks import LISTED
from shared.contracts.base import EventData
from shared.contracts.firm import (
    AppointmentScheduled,
    ClientContactLogged,
    ClientOnboarded,
    InvoicePaid,
    ReviewReceived,
)
from shared.contracts.reminders import ContactSent, ContactSuppressed, Gate, Why
from shared.contracts.tasks import About
from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, CLARA, DUE, LEO, NOON, OSKAR, PAT, created

ANNA = ClientOnboarded(
    client_id="c-1", name="Anna Müller", email="a@example.com", timezone="Europe/London",
    locale="en",
)  # fmt: skip
CONTACT: dict[str, Any] = {
    "contact_id": "k-1",
    "occurrence_id": "o-1",
    "client_id": "c-1",
    "rule_id": "appointment-day-before",
    "rule_version": 4,
    "purpose": "appointments",
    "channel": "email",
    "due_at": DUE,
    "at": NOON,
    "gates": (Gate(gate="subject", verdict="pass"),
              Gate(gate="consent", verdict="stop", reason="withdrawn")),
    "why": Why(event_id="e-appointment", rule_id="appointment-day-before", rule_version=4,
               text="The client does not want messages of this kind."),
}  # fmt: skip


def hear(site: Site, *events: EventData, id: str = "") -> None:
    for number, data in enumerate(events):
        site.memory.office.hear(data, id=id or f"e-{data.TYPE}-{number}")


async def page(site: Site, place: str = "/clients/c-1") -> str:
    answer = await (await site.as_person(LEO)).get(place)
    assert answer.status_code == 200, answer.text
    return answer.text


def told(text: str) -> Sequence[str]:
    return [part.partition("<")[0].strip() for part in text.split('<p class="told">')[1:]]


async def test_a_contact_not_made_says_why_and_goes_back_to_its_cause(site: Site) -> None:
    hear(site, ANNA)
    appointment = AppointmentScheduled(
        appointment_id="a-1",
        client_id="c-1",
        starts_at=DUE,
        timezone="Europe/London",
        kind="meeting",
    )
    hear(site, appointment, id="e-appointment")
    hear(site, ContactSuppressed(**CONTACT | {"reason": "withdrawn"}))
    text = await page(site)
    assert (
        "Not sent: a message about an appointment. The client does not want messages of this kind."
    ) in told(text)
    assert "Because: Appointment a-1 was set for 3 March 2026, 12:00" in text
    assert "Asked before it went" not in text


async def test_the_full_form_names_rule_version_event_and_every_gate(site: Site) -> None:
    hear(site, ANNA, ContactSuppressed(**CONTACT | {"reason": "withdrawn"}))
    text = await page(site, "/clients/c-1?form=full")
    for words in ("appointment-day-before, version 4", "e-appointment", "Is it still needed?",
                  "Does the client accept messages of this kind?"):  # fmt: skip
        assert words in text


async def test_a_timeline_is_narrowed_by_what_about_and_by_days(site: Site) -> None:
    hear(site, ANNA, ContactSent(**CONTACT))
    for day in range(3):
        site.memory.office.hear(
            InvoicePaid(invoice_id=f"i-{day}", client_id="c-1"), time=NOON + timedelta(days=day)
        )
    assert len(told(await page(site, "/clients/c-1?about=made"))) == 1
    assert len(told(await page(site, "/clients/c-1?about=dates"))) == 3
    within = "/clients/c-1?about=dates&since=2026-03-03&until=2026-03-03"
    assert told(await page(site, within)) == ["Invoice i-1 was paid."]


@pytest.mark.parametrize(
    "nonsense", ["about=x", "since=never", "until=9999-12-31", "order=up", "form=y"]
)
async def test_nonsense_in_an_address_is_left_out(site: Site, nonsense: str) -> None:
    hear(site, ANNA)
    assert len(told(await page(site, f"/clients/c-1?{nonsense}"))) == 1


async def test_a_long_timeline_goes_on_where_it_stopped(site: Site) -> None:
    hear(site, ANNA)
    for number in range(70):
        site.memory.office.hear(InvoicePaid(invoice_id=f"i-{number:02}", client_id="c-1"),
                                time=NOON + timedelta(minutes=number + 1))  # fmt: skip
    first = await page(site)
    more = first.partition('">Earlier</a>')[0].rpartition('href="')[2].replace("&amp;", "&")
    lines = [*told(first), *told(await page(site, more))]
    assert len(lines) == 71
    assert lines[-1] == "Became a client of the firm."
    assert len(told(await page(site, "/clients/c-1?form=print"))) == 71


async def test_paper_tells_it_in_the_order_in_which_it_happened(site: Site) -> None:
    hear(site, ANNA)
    site.memory.office.hear(InvoicePaid(invoice_id="i-1", client_id="c-1"), time=DUE)
    text = await page(site, "/clients/c-1?form=print")
    assert told(text) == ["Became a client of the firm.", "Invoice i-1 was paid."]
    assert "Timeline of Anna Müller, client c-1" in text
    assert "Printed Mon 2 Mar 2026, 12:00 (Europe/London) by Leo" in text


async def test_a_review_never_stands_on_a_clients_timeline(site: Site) -> None:
    hear(site, ANNA)
    hear(
        site, ReviewReceived(review_id="r-1", site="example", stars=1, text="Bad.", posted_at=NOON)
    )
    hear(site, created(about=About(client_id="c-1", review_id="r-1"), kind="review-response"))
    assert told(await page(site)) == ["Became a client of the firm."]


@pytest.mark.parametrize("place", ["/clients", "/clients?q=anna", "/clients/c-1"])
async def test_who_keeps_the_machines_running_sees_no_client(site: Site, place: str) -> None:
    hear(site, ANNA)
    answer = await (await site.as_person(OSKAR)).get(place)
    assert answer.status_code == 403
    assert "Anna" not in answer.text
    assert "Clients</a>" not in answer.text


async def test_nobody_reads_of_a_task_about_their_own_work(site: Site) -> None:
    hear(site, ANNA, created(barred=("leo",)))
    assert len(told(await page(site))) == 1
    pat = (await (await site.as_person(PAT)).get("/clients/c-1")).text
    assert "Task: Call the client about appointment a-1" in told(pat)
    api = await site.memory.as_person(LEO).get("/clients/c-1/timeline")
    assert [entry["kind"] for entry in api.json()["items"]] == ["client-onboarded"]


async def test_a_task_for_others_is_told_and_leads_nowhere(site: Site) -> None:
    hear(site, ANNA, created(kind="conflict-check", service="intake", role="conflicts-officer"))
    text = await page(site)
    assert len(told(text)) == 2
    assert "/tasks/t-1" not in text
    clara = (await (await site.as_person(CLARA)).get("/clients/c-1")).text
    assert 'href="/tasks/t-1"' in clara


async def test_beside_it_stands_what_is_still_to_do_for_whom_it_is(site: Site) -> None:
    hear(site, ANNA, created())
    assert 'href="/tasks/t-1?back=' in await page(site)
    clara = (await (await site.as_person(CLARA)).get("/clients/c-1")).text
    assert 'href="/tasks/t-1?back=' not in clara


async def test_a_client_is_found_by_the_beginning_of_a_name_or_by_the_whole_id(site: Site) -> None:
    hear(site, ANNA)
    for q in ("mull", "anna m", "c-1"):
        assert 'href="/clients/c-1"' in await page(site, f"/clients?q={q}")
    assert "No client is called" in await page(site, "/clients?q=zz")


async def log(browser: Browser, **changes: str) -> Any:
    fields = {"direction": "in", "channel": "phone", "day": "2026-03-02", "time": "11:30",
              "words": "Wants to be called after five."}  # fmt: skip
    return await browser.post(
        "/clients/c-1/contacts", await browser.get("/clients/c-1"), fields | changes
    )


async def test_a_call_is_logged_and_told_at_once_with_who_and_what_was_said(site: Site) -> None:
    hear(site, ANNA)
    ash = await site.as_person(ASH)
    answer = await log(ash, matter="m-1")
    text = (await ash.get(answer.headers["location"])).text
    for words in ("The client got in touch: telephone.", "Logged by Ash.",
                  "Wants to be called after five.", "The contact is logged."):  # fmt: skip
        assert words in text
    (event,) = site.memory.office.announced_of(ClientContactLogged)
    assert event.model_dump(mode="json", exclude_none=True) | {"at": None} == {
        "client_id": "c-1", "matter_id": "m-1", "direction": "in", "channel": "phone", "at": None,
    }  # fmt: skip
    (note,) = site.memory.office.all(CONTACT_NOTES)
    assert note.text == "Wants to be called after five."


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, None), ({"two_way": "yes"}, True), ({"channel": "meeting"}, True)],
)
async def test_whether_both_sides_spoke_is_said(
    site: Site, changes: dict[str, str], said: bool | None
) -> None:
    hear(site, ANNA)
    await log(await site.as_person(ASH), **changes)
    (event,) = site.memory.office.announced_of(ClientContactLogged)
    assert event.two_way is said


@pytest.mark.parametrize(
    ("field", "changes"),
    [("at", {"day": "2026-03-09"}), ("at", {"time": "soon"}), ("channel", {"channel": "dream"}),
     ("direction", {"direction": ""}), ("matter", {"matter": "no id"})],
)  # fmt: skip
async def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(
    site: Site, field: str, changes: dict[str, str]
) -> None:
    hear(site, ANNA)
    answer = await log(await site.as_person(ASH), **changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert "Wants to be called after five." in answer.text
    assert site.memory.office.announced_of(ClientContactLogged) == []


async def test_a_task_is_added_for_a_colleague(site: Site) -> None:
    hear(site, ANNA)
    ash = await site.as_person(ASH)
    fields = {"todo": "Send the forms.", "due_day": "2026-03-05", "owner": "leo"}
    answer = await ash.post("/clients/c-1/follow-ups", await ash.get("/clients/c-1"), fields)
    assert answer.status_code == 303
    (task,) = site.memory.office.all(LISTED)
    assert (task.owner_id, task.about["client_id"], task.title) == ("leo", "c-1", "Follow up")
    assert "Follow up</a>" in (await ash.get("/clients/c-1")).text


@pytest.mark.parametrize(
    ("field", "changes"),
    [("todo", {"todo": " "}), ("due_day", {"due_day": "2026-03-01"}), ("due_day", {"due_day": ""}),
     ("owner", {"owner": "nobody"}), ("role", {"role": "king"})],
)  # fmt: skip
async def test_a_task_that_lacks_something_is_not_opened(
    site: Site, field: str, changes: dict[str, str]
) -> None:
    hear(site, ANNA)
    ash = await site.as_person(ASH)
    fields = {"todo": "Send the forms.", "due_day": "2026-03-05"} | changes
    answer = await ash.post("/clients/c-1/follow-ups", await ash.get("/clients/c-1"), fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert site.memory.office.all(LISTED) == []


async def test_an_unknown_client_is_a_page_that_says_so(site: Site) -> None:
    ash = await site.as_person(ASH)
    assert (await ash.get("/clients/c-9")).status_code == 404
    assert (await ash.do("/clients/c-9/contacts", {"direction": "in"})).status_code == 404
