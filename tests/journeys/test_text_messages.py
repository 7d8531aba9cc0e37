"""Does a text message go from a rule to the provider and back, and does STOP end them, for real?"""

from datetime import timedelta
from pathlib import Path

import httpx

from tests.journeys.firm import Firm, until

DAY = timedelta(days=1)


def texts_to(firm: Firm, number: str) -> list[str]:
    """What the catcher kept for this number, in order of arrival."""
    folder = Path(firm.connect["data_dir"]) / "texts"
    kept = sorted(folder.glob("*.txt"), key=lambda path: int(path.stem))
    found = [path.read_text() for path in kept]
    return [text.partition("\n\n")[2] for text in found if text.startswith(f"To: {number}\n")]


async def an_appointment(firm: Firm, client_id: str) -> None:
    """One in nine days, confirmed at once."""
    appointment = firm.id("a")
    starts_at = (await firm.now() + 9 * DAY).replace(hour=11).isoformat()
    await firm.say(
        "appointment-scheduled",
        client_id,
        {"appointment_id": appointment, "client_id": client_id, "starts_at": starts_at,
         "timezone": "Europe/London", "kind": "consultation"},
    )  # fmt: skip
    await firm.idle()


async def test_who_wishes_for_texts_gets_them_until_they_answer_stop(firm: Firm) -> None:
    await firm.morning()
    number = f"+4915{abs(hash(firm.run)) % 10**9:09d}"
    client_id = await firm.a_client(phone=number, preferred_channel="sms")
    await an_appointment(firm, client_id)

    async def texted() -> bool:
        return bool(texts_to(firm, number))

    await until(texted, "the text message")
    (text,) = texts_to(firm, number)
    assert "your appointment is on" in text
    assert "Reply STOP" in text

    async with httpx.AsyncClient(timeout=20) as telephone:
        answered = await telephone.post(
            f"{firm.connect['sms']}/answers", data={"From": number, "Body": "Stop!"}
        )
    assert "no more text messages" in answered.json()["answer"]
    await firm.idle()

    mails = len(firm.mails(client_id))
    await an_appointment(firm, client_id)

    async def mailed() -> bool:
        return len(firm.mails(client_id)) > mails

    await until(mailed, "the e-mail in place of a text")
    assert len(texts_to(firm, number)) == 2  # the one before, and the answer to STOP
    kinds = [entry["kind"] for entry in await firm.timeline(client_id)]
    assert "consent-withdrawn" in kinds
