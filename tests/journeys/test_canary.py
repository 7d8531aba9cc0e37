"""Does anything a client entrusted to the firm stand anywhere in the clear?"""

from datetime import timedelta
from pathlib import Path

import httpx

from deploy.infra.services import SERVICES
from tests.journeys.firm import Firm, content_of
from tests.journeys.test_refusals import answer_survey
from tests.patience import PATIENCE

NAME, EMAIL, PHONE = "Zephyrine Quackenbos", "zephyrine.quackenbos", "+44 20 7946 0123"
CANARIES = [text.encode() for text in (NAME, "Quackenbos", EMAIL, PHONE, "7946 0123", "79460123")]


async def test_no_name_address_or_number_is_readable_outside_the_mail(firm: Firm) -> None:
    client_id, matter_id = firm.id("c"), firm.id("m")
    now = await firm.now()
    about = {"client_id": client_id, "matter_id": matter_id}
    client = {
        "client_id": client_id,
        "name": NAME,
        "email": f"{EMAIL}.{client_id}@example.com",
        "phone": PHONE,
        "timezone": "Europe/London",
        "locale": "en",
    }
    await firm.say("client-onboarded", client_id, client)
    await firm.say("client-updated", client_id, {"client_id": client_id, "phone": PHONE})
    await firm.say("matter-opened", client_id, about | {"practice_area": "tax", "owner_id": "s-1"})
    await firm.say(
        "party-added",
        matter_id,
        {"matter_id": matter_id, "party_id": firm.id("p"), "name": NAME, "role": "adverse"},
    )
    inquiry_id, review_id = firm.id("q"), firm.id("v")
    await firm.say(
        "inquiry-received",
        inquiry_id,
        {
            "inquiry_id": inquiry_id,
            "name": NAME,
            "phone": PHONE,
            "channel": "phone",
            "adverse_parties": [NAME],
            "timezone": "Europe/London",
            "locale": "en",
        },
    )
    await firm.say(
        "review-received",
        review_id,
        {
            "review_id": review_id,
            "site": f"{NAME}'s own site",
            "stars": 1,
            "text": f"I am {NAME}, {PHONE}",
            "author_name": NAME,
            "posted_at": now.isoformat(),
        },
    )
    appointment = {"appointment_id": firm.id("a"), "kind": f"call with {NAME}"}
    starts = {"starts_at": (now + timedelta(days=9)).isoformat(), "timezone": "Europe/London"}
    await firm.say("appointment-scheduled", client_id, about | appointment | starts)
    await firm.say_raw(f"events.client-onboarded.{client_id}", f'{{"name": "{NAME}"'.encode())
    bad = client | {"locale": f"{NAME}", "email": f"{EMAIL} {PHONE}"}
    await firm.say("client-onboarded", client_id, bad)
    await firm.idle()

    for service in SERVICES:
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            metrics = (await http.get(f"{firm.connect['ops'][service]}/metrics")).content
        letters = await firm.services.ask(service, {"ask": "dead-letters", "do": "list"})
        for canary in CANARIES:
            assert canary not in metrics
            assert canary not in str(letters).encode()
    for subject in await firm.services.stored():
        assert not any(canary in subject.encode() for canary in CANARIES)

    folder = Path(firm.connect["data_dir"])
    looked_at = 0
    for path in folder.rglob("*"):
        if not path.is_file() or path.is_relative_to(folder / "mail"):
            continue
        content = content_of(path)
        looked_at += 1
        for canary in CANARIES:
            assert canary not in content, path.relative_to(folder)
    assert looked_at > 20


__all__ = ["answer_survey"]
