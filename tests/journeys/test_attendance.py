"""After an appointment: does the firm note what it understood, and does the client have the say?"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.journeys.firm import Firm, Json, content_of, until
from tests.journeys.test_client_pages import look, send, text_of

DAY = timedelta(days=1)
CANARY = "Mergatroid Vossberg keeps ferrets"
UNDERSTOOD = "You want Mergatroid to keep the ferrets."
WRONG = "No, Mergatroid gives the ferrets away."


async def an_appointment_yesterday(firm: Firm, *clients: str) -> None:
    """An appointment of each client, and a day and an hour after it began."""
    starts = {"starts_at": ((await firm.now()) + DAY).isoformat(), "timezone": "Europe/London"}
    for client_id in clients:
        facts = {"client_id": client_id, "appointment_id": firm.id("a"), "kind": "consultation"}
        await firm.say("appointment-scheduled", client_id, facts | starts)
    await firm.idle()
    await firm.advance(2 * DAY + timedelta(hours=1))


async def outcome(firm: Firm, client_id: str) -> Json:
    (task,) = await about(firm, client_id, "appointment-outcome")
    return task


async def about(firm: Firm, client_id: str, kind: str) -> list[Json]:
    return await firm.tasks_about("client_id", client_id, kind=kind, state="open")


async def the_page(firm: Firm, client_id: str) -> Any:
    """The page the newest message leads to."""
    (link,) = re.findall(r"http\S+/h/\S+", text_of(firm.mails(client_id)[-1]))
    return await look(link)


async def test_what_we_understood_is_confirmed_put_right_or_missed_and_never_on_the_bus(
    firm: Firm,
) -> None:
    await firm.morning()
    client_id = await firm.a_client(salutation="Dr.", name="Xenia Quillon")
    silent = await firm.a_client()
    await an_appointment_yesterday(firm, client_id, silent)

    task = await outcome(firm, client_id)
    said = {"said": CANARY, "next_step": CANARY, "authority_limit": CANARY}
    refused = await firm.decide(task, "held", "lawyer", said)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "understood")
    for each, words in ((task, said), (await outcome(firm, silent), {})):
        held = await firm.decide(each, "held", "lawyer", words | {"understood": UNDERSTOOD})
        assert held.status_code == 200, held.text
    await firm.idle()
    mail = firm.mails(client_id)[-1]
    assert str(mail["Subject"]) == "Did we understand you?"
    assert "Dr. Xenia Quillon" in text_of(mail)
    assert "ferrets" not in mail.as_string()

    page = await the_page(firm, client_id)
    assert UNDERSTOOD in page.text
    assert "telling us" in (await send(page, answer="no", wrong=WRONG)).text

    async def disputed() -> bool:
        return bool(await about(firm, client_id, "understanding-disputed"))

    await until(disputed, "a task for what was misunderstood")
    (wrong,) = await about(firm, client_id, "understanding-disputed")
    shown = await firm.get(f"/api/v1/tasks/{wrong['task_id']}")
    assert WRONG in [field.get("value") for field in shown["fields"]]
    right = {"understood": "Mergatroid gives the ferrets away."}
    assert (await firm.decide(wrong, "corrected", "lawyer", right)).status_code == 200
    await firm.idle()
    again = await the_page(firm, client_id)
    assert "gives the ferrets away" in again.text
    assert "Thank you" in (await send(again, answer="yes")).text
    await firm.idle()
    assert await about(firm, client_id, "understanding-disputed") == []

    await firm.advance(timedelta(hours=49))
    kinds = {each: await commitments(firm, each) for each in (client_id, silent)}
    assert kinds == {client_id: ["commitment-met"] * 2, silent: ["commitment-missed"]}
    title = "Ask a client whether we understood them"  # other things may be owed to them too
    owed = [each["title"].endswith(title) for each in await about(firm, silent, "commitment")]
    assert owed.count(True) == 1

    folder = Path(firm.connect["data_dir"])
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_relative_to(folder / "mail"):
            content = content_of(path)
            assert b"Mergatroid" not in content, path.relative_to(folder)
            assert b"ferrets" not in content, path.relative_to(folder)


async def commitments(firm: Firm, client_id: str) -> list[str]:
    """How what was owed about the understanding of a client ended."""
    return [
        each["kind"]
        for each in await firm.timeline(client_id)
        if each["kind"] in ("commitment-met", "commitment-missed")
        and "understood them" in each["text"]
    ]
