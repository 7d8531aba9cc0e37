"""Is STOP the client's word at once, by the provider alone, and is all else read by somebody?"""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from fastapi import FastAPI

from services.reminders.api.text_messages import text_door
from services.reminders.domain.text_status import SIGNATURE
from services.reminders.gateways.text_reports import ReportPaths, signature_of
from services.reminders.ports import TEXT_ANSWERS
from shared.contracts.firm import ClientContactLogged
from shared.contracts.intake import ConsentGranted, ConsentWithdrawn
from shared.contracts.mail import ContactBounced, ContactDelivered
from tests.reminders.over_memory import ASSISTANT, MONDAY, Reminders, scheduled
from tests.reminders.sending import MemoryRuntime
from tests.reminders.texting import NUMBER, texted, texting, with_appointment

BASE, SECRET = "https://firm.example", "s3cret"
REPORTS = ReportPaths(BASE, b"k" * 32, SECRET)
RULE = "appointment-confirmation"


class Door:
    """The provider at the firm's door."""

    def __init__(self, reminders: Reminders) -> None:
        self.reminders, self.web = reminders, FastAPI()
        runtime: Any = MemoryRuntime(reminders)
        self.runtime = runtime
        text_door(reminders.config, lambda _: REPORTS)(self.web, runtime)
        self.sids = 0

    async def post(self, place: str, form: dict[str, str], secret: str = SECRET) -> httpx.Response:
        signed = signature_of(f"{BASE}{place}", form.items(), secret)
        transport = httpx.ASGITransport(self.web)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.post(place, data=form, headers={SIGNATURE: signed})

    async def write(self, text: str, sender: str = NUMBER, sid: str = "") -> str:
        """A client writes; what is written back."""
        self.sids += 1
        form = {"MessageSid": sid or f"SM{self.sids}", "From": sender, "Body": text}
        answer = await self.post("/texts/answers", form)
        assert answer.status_code == 200, answer.text
        return ElementTree.fromstring(answer.content).findtext("Message") or ""  # noqa: S314 - our own

    async def report(self, status: str, number: int = 0, **more: str) -> httpx.Response:
        contact_id = self.reminders.contact(RULE).contact_id
        place = REPORTS.address(contact_id, number).removeprefix(BASE)
        return await self.post(place, {"MessageSid": "SM1", "MessageStatus": status, **more})


@pytest.fixture
def door() -> Door:
    return Door(with_appointment(texting()))


@pytest.mark.parametrize("word", ["STOP", "stopp", "Ende!", "unsubscribe"])
async def test_a_word_that_ends_texts_is_the_clients_word_at_once(door: Door, word: str) -> None:
    answer = await door.write(word)
    assert "START" in answer
    (said,) = door.reminders.announced_of(ConsentWithdrawn)
    assert (said.client_id, said.purpose, said.channel, said.by) == ("c-1", "all", "sms", "client")
    door.reminders.tell(scheduled(MONDAY + timedelta(days=20), appointment_id="a-2"))
    door.reminders.after(minutes=1)
    assert [each.channel for each in door.reminders.messages] == ["sms", "email"]


async def test_start_takes_the_stop_back_and_agrees_to_nothing_else(door: Door) -> None:
    await door.write("STOP")
    door.reminders.now += timedelta(minutes=1)
    answer = await door.write("start")
    assert "again" in answer
    (said,) = door.reminders.announced_of(ConsentGranted)
    assert (said.purpose, said.channel, said.by) == ("service", "sms", "client")
    door.reminders.tell(scheduled(MONDAY + timedelta(days=20), appointment_id="a-2"))
    door.reminders.after(minutes=1)
    assert [each.channel for each in door.reminders.messages] == ["sms", "sms"]


async def test_help_is_answered_and_changes_nothing(door: Door) -> None:
    assert "+49 30 555 0100" in await door.write("HELP")
    assert door.reminders.announced_of(ConsentWithdrawn) == []
    assert door.reminders.announced_of(ClientContactLogged) == []


async def test_the_answer_does_not_tell_whether_the_firm_knows_the_number(door: Door) -> None:
    for word in ("STOP", "START", "HELP", "I cannot come"):
        assert await door.write(word) == await door.write(word, sender="+4915550000001")


async def test_everybody_of_one_number_has_said_it(door: Door) -> None:
    door.reminders.tell(texted(client_id="c-2", phone="0049 (0)30 1234567"))
    await door.write("STOP")
    found = door.reminders.announced_of(ConsentWithdrawn)
    assert sorted(each.client_id for each in found) == ["c-1", "c-2"]


async def test_stop_said_twice_is_said_once(door: Door) -> None:
    first = await door.write("STOP", sid="SMsame")
    assert await door.write("STOP", sid="SMsame") == first
    assert len(door.reminders.announced_of(ConsentWithdrawn)) == 1


async def test_a_client_who_writes_anything_else_is_somebodys_to_answer(door: Door) -> None:
    assert await door.write("I cannot come on Monday", sid="SMwrote") == ""
    assert await door.write("I cannot come on Monday", sid="SMwrote") == ""
    (said,) = door.reminders.announced_of(ClientContactLogged)
    assert (said.direction, said.channel) == ("in", "text message")
    (kept,) = door.reminders.all(TEXT_ANSWERS)
    assert kept.text == "I cannot come on Monday"
    door.reminders.tell(said)
    (task,) = door.reminders.tasks("acknowledge-contact")
    assert "text message" in task.why["text"]

    assert door.reminders.view(task.task_id, ASSISTANT)["wrote"] == "I cannot come on Monday"


async def test_what_the_provider_has_not_signed_is_refused(door: Door) -> None:
    form = {"MessageSid": "SM1", "From": NUMBER, "Body": "STOP"}
    assert (await door.post("/texts/answers", form, secret="wrong")).status_code == 403
    token = REPORTS.address("m-1", 0).rpartition("/")[2]
    place = f"/texts/reports/{token}"
    assert (await door.post(place, {"MessageStatus": "failed"}, secret="no")).status_code == 403
    assert door.reminders.announced_of(ConsentWithdrawn) == []


async def test_a_report_for_no_message_of_ours_is_not_taken(door: Door) -> None:
    refused = await door.post("/texts/reports/made-up", {"MessageStatus": "failed"})
    assert refused.status_code == 404


@pytest.mark.parametrize("status", ["queued", "sending", "sent", "accepted", ""])
async def test_a_report_that_settles_nothing_is_taken_and_says_nothing(
    door: Door, status: str
) -> None:
    assert (await door.report(status)).status_code == 204
    assert door.reminders.announced_of(ContactDelivered) == []


async def test_reports_become_the_events_that_other_systems_may_say_too(door: Door) -> None:
    assert (await door.report("delivered")).status_code == 204
    (arrived,) = door.reminders.announced_of(ContactDelivered)
    assert (arrived.channel, arrived.number) == ("sms", 0)
    assert (await door.report("undelivered", ErrorCode="30005")).status_code == 204
    (failed,) = door.reminders.announced_of(ContactBounced)
    assert (failed.channel, failed.code, failed.kind) == ("sms", "30005", "hard")


@pytest.mark.parametrize(("words", "event"), [
    (("delivered", "delivered", "read"), ContactDelivered),
    (("undelivered", "failed", "undelivered"), ContactBounced),
])  # fmt: skip
async def test_what_the_provider_repeats_is_said_once(
    door: Door, words: tuple[str, ...], event: type[ContactDelivered | ContactBounced]
) -> None:
    assert [(await door.report(each)).status_code for each in words] == [204, 204, 204]
    assert len(door.reminders.announced_of(event)) == 1


async def test_of_another_repeat_of_the_message_it_is_said_again(door: Door) -> None:
    await door.report("delivered", 0)
    await door.report("delivered", 1)
    assert [each.number for each in door.reminders.announced_of(ContactDelivered)] == [0, 1]


async def test_while_the_database_is_away_the_provider_is_asked_to_come_again(door: Door) -> None:
    door.runtime.away = 1
    assert (await door.report("delivered")).status_code == 503
    assert (await door.report("delivered")).status_code == 204


async def test_too_much_is_refused(door: Door) -> None:
    form = {"MessageSid": "SM1", "From": NUMBER, "Body": "x" * 20_000}
    assert (await door.post("/texts/answers", form)).status_code == 413
