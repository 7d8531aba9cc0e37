"""Does the pipeline show every inquiry by name, where it stands, and lead to what is to be done?"""

from datetime import date, timedelta
from typing import Any

import pytest

from services.desk.ports.inquiries import INQUIRIES
from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import InquiryMoved
from shared.contracts.reminders import InquirerLetterFailed, InquirerLetterSent
from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, CLARA, LEO, NOON, OSKAR, created

TYPED = {
    "name": "Zoe  Bauer", "phone": "+49 30 123456", "email": "",
    "opponents": "Karl Koch\n\nKoch AG",
    "deadline": "2026-03-09", "area": "Family law", "channel": "telephone",
    "referral": "recommendation", "language": "de", "owner": "leo",
}  # fmt: skip


def asked(inquiry_id: str = "i-1", name: str = "Zoe Bauer", **more: Any) -> InquiryReceived:
    facts = {"channel": "website", "timezone": "Europe/London", "locale": "en", **more}
    return InquiryReceived(inquiry_id=inquiry_id, name=name, **facts)


def moved(phase: Any, version: int = 1, inquiry_id: str = "i-1", **more: Any) -> InquiryMoved:
    return InquiryMoved(
        inquiry_id=inquiry_id, phase=phase, version=version, at=NOON, **{"by": "leo", **more}
    )


def hear(site: Site, *events: Any) -> None:
    for n, data in enumerate(events):
        site.memory.office.hear(data, id=f"e-{data.TYPE}-{n}")


async def enter(browser: Browser, **changes: str) -> Any:
    page = await browser.get("/inquiries/new")
    return await browser.post("/inquiries/new", page, TYPED | changes)


async def test_the_most_pressing_come_first_with_source_age_and_owner(site: Site) -> None:
    hear(
        site,
        asked("i-1", "Anna Later"),
        asked("i-2", "Bert Soon", deadline=date(2026, 3, 5), owner_id="leo", referral="search"),
    )
    site.memory.office.now = NOON + timedelta(days=3)
    page = (await (await site.as_person(ASH)).get("/inquiries")).text
    assert page.index("Bert Soon") < page.index("Anna Later")
    assert "Website, found by a search" in page
    assert "3 days" in page
    assert "Leo" in page


async def test_each_row_leads_to_the_inquiry_and_that_to_its_task(site: Site) -> None:
    hear(site, asked(), moved("may-tell"))
    about = {"inquiry_id": "i-1"}
    site.memory.office.hear(
        created(kind="inquiry-ready", service="intake", about=about, role="lawyer"), id="e-task"
    )
    browser = await site.as_person(LEO)
    assert 'href="/inquiries/i-1">Zoe Bauer' in (await browser.get("/inquiries")).text
    page = (await browser.get("/inquiries/i-1")).text
    assert 'href="/tasks/t-1?back=/inquiries/i-1"' in page
    assert "May tell" in page


async def test_a_phase_heard_out_of_order_ends_at_the_same_place(site: Site) -> None:
    hear(site, moved("met", 3), moved("may-tell", 1), asked(), moved("told", 2))
    row = site.memory.office.get(INQUIRIES, "i-1")
    assert row is not None
    assert (row.phase, [each.phase for each in row.moves]) == ("met", ["may-tell", "told", "met"])
    assert row.name == "Zoe Bauer"


async def test_the_inquiry_says_which_letters_went_and_why_one_did_not(site: Site) -> None:
    letter: dict[str, Any] = {"inquiry_id": "i-1", "at": NOON}
    refused = "Their mailbox is full."
    hear(
        site, asked(),
        InquirerLetterSent(letter_id="il-1", letter="received", **letter),
        InquirerLetterFailed(
            letter_id="il-2", letter="invitation", reason="recipient-5.2.2", text=refused, **letter
        ),
    )  # fmt: skip
    page = (await (await site.as_person(LEO)).get("/inquiries/i-1")).text
    assert "The receipt was sent" in page
    assert "The link where they tell what it is about did not go" in page
    assert refused in page


async def test_what_ended_stands_apart_and_is_counted_by_source(site: Site) -> None:
    hear(
        site, asked("i-1"), asked("i-2", "Bert Lost"),
        moved("engaged", client_id="c-9"), moved("lost", inquiry_id="i-2", because="no-answer"),
    )  # fmt: skip
    browser = await site.as_person(ASH)
    page = (await browser.get("/inquiries")).text
    assert "Zoe Bauer" not in page
    assert "<td>2</td><td>0</td><td>1</td><td>0</td><td>1</td><td>50 %</td>" in page
    assert "Bert Lost" in (await browser.get("/inquiries?phase=lost")).text
    assert "they did not answer" in (await browser.get("/inquiries/i-2")).text
    assert 'href="/clients/c-9"' in (await browser.get("/inquiries/i-1")).text


async def test_the_inbox_and_the_task_say_the_name_and_no_id(site: Site) -> None:
    hear(site, asked("web-1234"))
    about = {"inquiry_id": "web-1234"}
    site.memory.office.hear(
        created(kind="inquiry-ready", service="intake", about=about, role="lawyer"), id="e-task"
    )
    browser = await site.as_person(LEO)
    for place in ("/inbox?view=team", "/inbox.csv?view=team", "/tasks/t-1"):
        page = (await browser.get(place)).text
        assert "Zoe Bauer" in page, place
        assert "Inquiry web-" not in page, place


@pytest.mark.parametrize("typed", ["zoe", "BAUER", "Zoé Bau"])
async def test_the_inbox_finds_an_inquiry_by_the_name_of_who_asked(site: Site, typed: str) -> None:
    hear(site, asked(), asked("i-2", "Anna Wolf"))
    for n in (1, 2):
        task = created(
            f"t-{n}", kind="inquiry-ready", service="intake", about={"inquiry_id": f"i-{n}"},
            role="lawyer",
        )  # fmt: skip
        site.memory.office.hear(task, id=f"e-task-{n}")
    browser = await site.as_person(LEO)
    page = (await browser.get(f"/inbox?view=team&q={typed}")).text
    assert 'data-task="t-1"' in page
    assert 'data-task="t-2"' not in page


async def test_who_rings_is_entered_announced_and_seen_at_once(site: Site) -> None:
    browser = await site.as_person(ASH)
    answer = await enter(browser)
    assert answer.status_code == 303
    (said,) = site.memory.office.announced_of(InquiryReceived)
    assert (said.name, said.channel, said.entered_by, said.owner_id) == (
        "Zoe Bauer", "telephone", "ash", "leo",
    )  # fmt: skip
    assert said.adverse_parties == ("Karl Koch", "Koch AG")
    assert (said.practice_area, said.deadline) == ("family-law", date(2026, 3, 9))
    page = (await browser.get(answer.headers["location"])).text
    assert "Zoe Bauer" in page
    assert "Telephone, recommended by somebody" in page


async def test_the_same_form_sent_twice_is_one_inquiry(site: Site) -> None:
    browser = await site.as_person(ASH)
    page = await browser.get("/inquiries/new")
    for _ in range(2):
        await browser.post("/inquiries/new", page, TYPED)
    assert len(site.memory.office.announced_of(InquiryReceived)) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Enter the name of whoever asks."),
        ({"phone": "", "email": ""}, "Enter a telephone number or an e-mail address."),
        ({"email": "zoe"}, "Enter one e-mail address"),
        ({"deadline": "tomorrow"}, "Enter the deadline as a date"),
        ({"channel": "drum"}, "Say how they got in touch."),
        ({"owner": "oskar"}, "Choose somebody who works here as one of"),
        ({"opponents": "\n".join(f"Name {n}" for n in range(51))}, "List at most 50 names."),
    ],
)
async def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(
    site: Site, change: dict[str, str], sentence: str
) -> None:
    answer = await enter(await site.as_person(ASH), **change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Family law"' in answer.text
    assert site.memory.office.announced_of(InquiryReceived) == []


async def test_nobody_whose_work_is_not_with_clients_sees_any_of_it(site: Site) -> None:
    hear(site, asked())
    browser = await site.as_person(OSKAR)
    for place in ("/inquiries", "/inquiries/new", "/inquiries/i-1"):
        assert (await browser.get(place)).status_code == 403
    assert (await browser.do("/inquiries/new", TYPED)).status_code == 403
    assert "Inquiries" not in (await browser.get("/settings")).text


async def test_an_officer_may_enter_one_and_is_named_as_who_did(site: Site) -> None:
    assert (await enter(await site.as_person(CLARA), owner="")).status_code == 303
    (said,) = site.memory.office.announced_of(InquiryReceived)
    assert (said.entered_by, said.owner_id) == ("clara", None)
