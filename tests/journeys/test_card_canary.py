"""Does any field of a client's card stand in an event of ours, a log, a metric, a mail to staff, a
calendar, or readable in a database?

A word of chance stands in each field. The firm's own events deliver what they say; ours never do.
"""

import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx

from deploy.infra.ports import ports
from deploy.infra.secrets import keep as secrets_of
from deploy.infra.services import SERVICES
from deploy.trial.embedded_mongo import address as mongo_address
from deploy.trial.embedded_nats import address as nats_address
from tests.desk.browsing import Browser
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm
from tests.journeys.opened_stores import in_databases, kept_in_streams
from tests.journeys.test_erased_files import FIELDS, a_client_of, a_word, files_with
from tests.journeys.test_operations import sign_in

OURS = re.compile(rb"""source["']?:\s*["']urn:clientele:""")
FIRMS = b"urn:firm:practice-management"
FEED = re.compile(r'/c/[^"]+\.ics')


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
    words = {name: a_word() for name in (*FIELDS, "email", "appointment", "note")}
    every = list(words.values())
    client_id = await a_client_of(firm, words)
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
    to_staff = [text_of(mail) for mail in firm.mails() if mail["To"] in staff]
    assert to_staff
    for said in (calendar, *to_staff):
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
    async with httpx.AsyncClient() as http:
        for service in SERVICES:
            metrics = (await http.get(f"{firm.connect['ops'][service]}/metrics")).text
            assert [word for word in every if word in metrics] == []
