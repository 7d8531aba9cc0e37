"""From outside: do a client's words stand exactly as agreed to, and are they gone with one click?

Everywhere at once: in the list for the firm's web site, on the client's own page, on the desk's
timeline and, with not one of them, in the stream.
"""

import re
from datetime import timedelta
from pathlib import Path

from deploy.infra.ports import ports
from deploy.infra.secrets import keep as secrets_of
from deploy.trial.embedded_nats import address as nats_address
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm, Json
from tests.journeys.opened_stores import kept_in_streams
from tests.journeys.test_client_pages import look, send, text_of

DAY = timedelta(days=1)
LETTERS = str.maketrans("0123456789-", "abcdefghijx")  # digits may be a telephone number
AGREED = {"purpose": "marketing", "basis": "written", "given_at": "2025-03-01T09:00:00Z"}


async def a_closed_matter(firm: Firm) -> tuple[str, str]:
    """A client who agreed to be written to, and whose one matter is over."""
    client_id, matter_id = firm.id("c"), firm.id("m")
    await firm.say("client-onboarded", client_id, {
        "client_id": client_id, "name": f"Zoe {client_id.replace('-', '')}", "locale": "en",
        "email": f"{client_id}@example.com", "timezone": "Europe/London", "consents": [AGREED],
    })  # fmt: skip
    about = {"client_id": client_id, "matter_id": matter_id}
    now = await firm.now()
    await firm.say("matter-opened", client_id, about | {"practice_area": "family"})
    await firm.say("matter-closed", client_id, about | {"closed_at": now.isoformat()})
    await firm.idle()
    return client_id, matter_id


async def decided(
    firm: Firm, client_id: str, kind: str, decision: str, role: str, **said: str
) -> None:
    """Somebody of this role decides the one open task of a kind about the client."""
    (task,) = await firm.tasks_about("client_id", client_id, kind=kind, state="open")
    answer = await firm.decide(task, decision, role, said)
    assert answer.status_code == 200, answer.text
    await firm.idle()


def link_in(text: str) -> str:
    """Where the client says yes or no."""
    found = re.search(r"https?://\S+/t/\S+", text)
    assert found is not None, text
    return found.group()


async def published(link: str) -> list[str]:
    """What the firm's web site reads at this moment."""
    answer = await look(f"{link.partition('/t/')[0]}/testimonials.json")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    told: Json = answer.json()
    return [each["text"] for each in told["testimonials"]]


async def test_words_stand_as_agreed_to_and_are_gone_everywhere_with_one_click(
    firm: Firm, installation: Installation
) -> None:
    await firm.morning()
    client_id, matter_id = await a_closed_matter(firm)
    words, now = f"They always called back, {client_id.translate(LETTERS)}.", await firm.now()
    sought = {"client_id": client_id, "matter_id": matter_id, "at": now.isoformat()}
    await firm.say("testimonial-sought", client_id, sought)
    await firm.idle()
    await decided(firm, client_id, "testimonial-proposal", "propose", "lawyer", text=words)
    await firm.advance(DAY)  # to the next letter, where they were written to today
    link = link_in(text_of(firm.mails(client_id)[-1]))
    page = await look(link)
    assert (words in page.text, words in await published(link)) == (True, False)
    assert (await send(page, answer="yes", attribution="none")).status_code == 200
    await firm.idle()
    assert words not in await published(link)  # until somebody of the firm publishes them
    where = "https://firm.example/words"
    await decided(firm, client_id, "testimonial-publication", "publish", "partner", elsewhere=where)
    assert words in await published(link)
    gone = await send(await look(link), answer="no-more")
    assert "These words are not published" in gone.text
    assert words not in await published(link)
    await firm.idle()
    (task,) = await firm.tasks_about(
        "client_id", client_id, state="open", kind="testimonial-removal"
    )
    assert task["priority"] == "urgent"
    said = [each["kind"] for each in await firm.timeline(client_id)]
    assert "testimonial-withdrawn" in said
    url = nats_address(
        ports(installation.base)["nats"], "admin", secrets_of(Path(firm.connect["data_dir"]))
    )
    about_them = [said async for _, said in kept_in_streams(url) if client_id.encode() in said]
    assert b"testimonial-withdrawn" in b"".join(about_them)
    assert [said for said in about_them if words.encode() in said] == []
