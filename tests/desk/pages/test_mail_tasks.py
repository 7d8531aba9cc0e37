"""Does the page of a client's e-mail show its words, what to mind, and nothing as markup?"""

from typing import Any

import pytest

from tests.desk.browsing import Site
from tests.desk.facts import LEO, created
from tests.reminders.incoming import Mailbox, read, sample
from tests.reminders.over_memory import ASSISTANT, Reminders, client

MAIL = {"kind": "client-mail", "title": "Answer a client's e-mail"}
STRANGERS = {"kind": "strangers-mail", "title": "Look through mail that belongs to no client"}


def shown(raw: bytes, kind: str) -> dict[str, Any]:
    """What reminders says of the task about this mail."""
    reminders = Reminders()
    reminders.tell(client())
    Mailbox(reminders).take_in(read(raw))
    return reminders.view(reminders.tasks(kind)[0].task_id, ASSISTANT)


async def page_of(site: Site, values: dict[str, Any], kind: dict[str, str]) -> str:
    site.memory.office.hear(created(**kind))
    site.memory.owners.shown = values
    return (await (await site.as_person(LEO)).get("/tasks/t-1")).text


async def test_a_clients_mail_stands_there_with_what_to_mind(site: Site) -> None:
    raw = sample("reply-with-attachments").replace(b"Here is", b"STOP <b>now</b> and here is")
    page = await page_of(site, shown(raw, "client-mail"), MAIL)
    for words in ("ada@muster.example", "Re: Your appointment", "STOP &lt;b&gt;now", "contract.pdf",
                  "Attachments, which stay in the mailbox", "Answered", "Passed on",
                  "Nothing to do", "Not reached", "In person"):  # fmt: skip
        assert words in page, words


async def test_a_wish_to_hear_no_more_is_said_above_the_words(site: Site) -> None:
    values = shown(sample("reply-that-ends"), "client-mail")
    page = await page_of(site, values, MAIL)
    assert "wished to hear no more" in page
    assert page.index("wished to hear no more") < page.index("What they wrote")


async def test_what_could_not_be_read_is_said(site: Site) -> None:
    values = shown(b"From: ada@muster.example\r\nSubject: x\r\n\r\n", "client-mail")
    page = await page_of(site, values, MAIL)
    assert "No text." in page


@pytest.mark.parametrize("subject", [b"Looking for a lawyer", b"<script>alert(1)</script>"])
async def test_mail_of_strangers_is_a_list_of_senders_and_subjects(
    site: Site, subject: bytes
) -> None:
    raw = b"From: bob@else.example\r\nSubject: %s\r\n\r\nMy landlord\r\n" % subject
    page = await page_of(site, shown(raw, "strangers-mail"), STRANGERS)
    assert "bob@else.example" in page
    assert "<script>alert" not in page
    assert "My landlord" not in page
    assert "Looked through" in page
