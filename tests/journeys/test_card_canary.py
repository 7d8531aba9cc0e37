"""Does any field of a client's card stand in an event of ours, a log, a metric, a mail to staff, a
calendar, or readable in a database?

A word of chance stands in each field, of the client and of who else is in their matter. The firm's
own events deliver what they say; ours never do.
"""

import re
import secrets
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from deploy.infra.ports import ports
from deploy.infra.secrets import keep as secrets_of
from deploy.infra.services import SERVICES
from deploy.trial.embedded_mongo import address as mongo_address
from deploy.trial.embedded_nats import address as nats_address
from shared.contracts.base import EventData
from shared.contracts.firm import ClientOnboarded, ClientUpdated, PartyAdded
from tests.desk.browsing import Browser
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm
from tests.journeys.opened_stores import in_databases, kept_in_streams
from tests.journeys.test_erased_files import FIELDS, a_client_of, a_word, files_with
from tests.journeys.test_operations import sign_in
from tests.patience import PATIENCE

OURS = re.compile(rb"""source["']?:\s*["']urn:clientele:""")
FIRMS = b"urn:firm:practice-management"
FEED = re.compile(r'/c/[^"]+\.ics')
SEALED = {*FIELDS, "email", "phone", "birth_date"}
NO_SECRET = {  # which thing, whose, by which way, in which words, and the firm's own people
    "client_id", "matter_id", "party_id", "owner_id", "owner_phone", "practice_area", "role",
    "timezone", "locale", "preferred_channel", "form_of_address", "name_order", "consents",
}  # fmt: skip


@pytest.mark.parametrize("said", [ClientOnboarded, ClientUpdated, PartyAdded])
def test_every_field_that_tells_of_a_person_has_its_word(said: type[EventData]) -> None:
    """A new field belongs to one or the other."""
    told = set(said.model_fields)
    assert told - SEALED - NO_SECRET == set()


async def another_in_the_matter(firm: Firm, client_id: str, words: dict[str, str]) -> None:
    """Somebody on the other side, in each of whose fields a word of chance stands."""
    matter_id = firm.id("m")
    about = {"client_id": client_id, "matter_id": matter_id}
    opened = {**about, "practice_area": "family", "owner_id": "s-1"}
    await firm.say("matter-opened", client_id, opened)
    own = {name: words[f"other {name}"] for name in ("name", "address", "company_number")}
    await firm.say(
        "party-added",
        matter_id,
        {"matter_id": matter_id, "party_id": firm.id("p"), "role": "adverse", **own,
         "email": f"{words['other email']}@example.com"},
    )  # fmt: skip
    await firm.idle()


def text_of(mail: EmailMessage) -> str:
    """Everything of a mail that is read."""
    parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(mail["Subject"]), *(str(part.get_content()) for part in parts)])


async def calendar_of(firm: Firm, browser: httpx.AsyncClient) -> str:
    """The lawyer's tasks, as a calendar program gets them."""
    place = "/settings/calendar/renew"
    answer = await Browser(browser).post(place, await browser.get("/settings"))
    assert answer.status_code == 303, answer.text
    found = FEED.search((await browser.get("/settings")).text)
    assert found
    return (await browser.get(found[0])).text


async def test_no_field_of_a_card_is_read_where_only_ids_belong(
    firm: Firm, installation: Installation
) -> None:
    other = ("other name", "other address", "other company_number", "other email")
    words = {name: a_word() for name in (*FIELDS, "email", "appointment", "note", *other)}
    words |= {"phone": f"+4930{10**8 + secrets.randbelow(9 * 10**8)}", "birth_date": "1931-07-23"}
    every = [*words.values(), words["phone"].removeprefix("+4930")]
    client_id = await a_client_of(firm, words)
    await another_in_the_matter(firm, client_id, words)
    await firm.advance(timedelta(days=11))
    tasks = await firm.tasks_about("client_id", client_id, state="open")
    assert tasks
    async with firm.api("lawyer") as api:
        for task in tasks:
            await api.post(f"/api/v1/tasks/{task['task_id']}/claim", json={})
    browser = await sign_in(firm, "lawyer")
    calendar = await calendar_of(firm, browser)
    assert "BEGIN:VEVENT" in calendar
    staff = {login["email"] for login in firm.connect["logins"].values() if login.get("email")}
    to_staff = [text_of(mail) for address in staff for mail in firm.mails_to(address)]
    assert to_staff
    shown = (await browser.get(f"/clients/{client_id}")).text
    on_the_card = ("name", "preferred_name", "phone", "email", "other name", "other email", "note")
    assert [name for name in on_the_card if words[name] not in shown] == []
    titles = [str(task["title"]) for task in tasks]
    for said in (calendar, *to_staff, *titles):
        assert [word for word in every if word in said] == []

    folder, port = Path(firm.connect["data_dir"]), ports(installation.base)
    kept = secrets_of(folder)
    by_us = by_firm = 0
    async for _, content in kept_in_streams(nats_address(port["nats"], "admin", kept)):
        there = [word for word in every if word.encode() in content]
        by_firm += FIRMS in content and bool(there)
        ours = OURS.search(content) is not None
        by_us += ours
        assert not (ours and there), content
    assert by_us > 0
    assert by_firm > 0, "the walk sees what there is"
    assert in_databases(mongo_address(port["mongo"], "admin", kept), every) == {}
    assert files_with(folder / "logs", every) == {}
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        for service in SERVICES:
            metrics = (await http.get(f"{firm.connect['ops'][service]}/metrics")).text
            assert [word for word in every if word in metrics] == []
