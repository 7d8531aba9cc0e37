"""Do clients and inquirers get what they choose and ask for, through the pages they are sent to?"""

import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx

from tests.forms import hidden
from tests.journeys.firm import Firm, Json, content_of, until

DAY = timedelta(days=1)
STORY = "Quagmire the landlord turned off the heating"
NAME = "Zinnia Quillfeather"
CLEARED = {"grounds": "another-person", "reason": "Born in another year."}


def text_of(mail: EmailMessage) -> str:
    """What a mail says."""
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    return str(body.get_content())


def browser() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=20, follow_redirects=True)


async def send(page: httpx.Response, **typed: str) -> httpx.Response:
    """Fill in the form of a page and send it, as a browser does."""
    data = hidden(page.text) | typed
    async with browser() as agent:
        origin = f"{page.url.scheme}://{page.url.netloc.decode()}"
        return await agent.post(str(page.url), data=data, headers={"Origin": origin})


async def look(url: str) -> httpx.Response:
    async with browser() as agent:
        return await agent.get(url)


async def a_closed_matter(firm: Firm, client_id: str) -> None:
    """A matter that was opened and closed, and a week and a day afterwards."""
    about = {"client_id": client_id, "matter_id": firm.id("m")}
    opened = about | {"practice_area": "family", "owner_id": "s-1"}
    await firm.say("matter-opened", client_id, opened)
    closed_at = (await firm.now()).isoformat()
    await firm.say("matter-closed", client_id, about | {"closed_at": closed_at})
    await firm.idle()
    await firm.advance(8 * DAY)


async def surveys(firm: Firm, client_id: str) -> list[EmailMessage]:
    """The mails that ask how it was."""
    return [mail for mail in firm.mails(client_id) if mail["List-Unsubscribe"]]


async def entries(firm: Firm, client_id: str, kind: str) -> list[Json]:
    return [entry for entry in await firm.timeline(client_id) if entry["kind"] == kind]


async def test_one_click_in_a_survey_mail_ends_surveys_for_good(firm: Firm) -> None:
    await firm.morning()
    client_id = await firm.a_client()
    await a_closed_matter(firm, client_id)
    (mail,) = await surveys(firm, client_id)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = str(mail["List-Unsubscribe"]).strip("<>")

    assert (await look(url)).status_code == 200
    assert await entries(firm, client_id, "consent-withdrawn") == []
    async with browser() as program:
        answer = await program.post(url, content="List-Unsubscribe=One-Click",
            headers={"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert (answer.status_code, answer.text) == (200, "Unsubscribed.\n")

    async def withdrawn() -> bool:
        return bool(await entries(firm, client_id, "consent-withdrawn"))

    await until(withdrawn, "the withdrawal on the timeline")
    sync = {"client_id": client_id, "consents": [{"purpose": "feedback", "basis": "sync"}]}
    await firm.say("client-updated", client_id, sync)
    await firm.advance(61 * DAY)  # by then another survey might come
    await a_closed_matter(firm, client_id)
    assert len(await surveys(firm, client_id)) == 1
    suppressed = await entries(firm, client_id, "contact-suppressed")
    why = [each["why"]["text"] for each in suppressed if "invitation" in each["why"]["rule_id"]]
    assert why == ["The client does not want messages of this kind."]


async def test_what_a_client_chooses_holds_for_the_next_message(firm: Firm) -> None:
    await firm.morning()
    client_id = await firm.a_client()
    await firm.idle()
    (welcome,) = firm.mails(client_id)
    assert welcome["List-Unsubscribe"] is None
    (link,) = re.findall(r"http\S+/p/\S+", text_of(welcome))
    page = await look(link)
    assert client_id not in page.text.replace(link, "").replace(page.url.path, "")
    saved = await send(page, channel="email", language="de", earliest="11:00", latest="17:00",
        feedback="yes")  # fmt: skip
    assert "Ihre Auswahl ist gespeichert" in saved.text
    await firm.idle()

    now = await firm.now()
    starts = (now + 9 * DAY).replace(hour=15, minute=0, second=0, microsecond=0)
    await firm.say("appointment-scheduled", client_id, {
        "appointment_id": firm.id("a"), "client_id": client_id, "starts_at": starts.isoformat(),
        "timezone": "Europe/London", "kind": "consultation"})  # fmt: skip
    await firm.idle()
    await firm.advance(9 * DAY)
    assert any("Ihr Termin" in subject for subject in firm.subjects(client_id))
    sent = await entries(firm, client_id, "contact-sent")
    hours = [int(entry["at"][11:13]) for entry in sent if "appointment" in entry["why"]["rule_id"]]
    assert hours
    assert all(10 <= hour < 17 for hour in hours)  # London is at most an hour ahead


async def first_step(firm: Firm, others: str) -> httpx.Response:
    form = await look(f"{firm.connect['intake']}/f/contact")
    return await send(
        form, name=NAME, email=f"{firm.id('zinnia')}@example.com", area="tenancy", others=others,
        agreed="yes",
    )  # fmt: skip


async def the_task(firm: Firm, kind: str, role: str, before: set[str]) -> Json:
    """The one open task of a kind that was not there before."""
    found: list[Json] = []

    async def there() -> bool:
        tasks = await firm.tasks(role, state="open")
        found[:] = [t for t in tasks if t["kind"] == kind and t["task_id"] not in before]
        return bool(found)

    await until(there, f"a {kind} task")
    (task,) = found
    return task


async def the_link(firm: Firm, ready: Json) -> str:
    """Where an inquirer tells what it is about, as whoever answers is shown it."""
    shown = await firm.get(f"/api/v1/tasks/{ready['task_id']}", "assistant")
    return next(str(each["value"]) for each in shown["fields"] if each["name"] == "link")


async def test_an_inquiry_against_a_client_is_heard_only_once_it_is_cleared(firm: Firm) -> None:
    opponent = f"Ottokar Zwq{firm.id('x').replace('-', '')}"
    await firm.a_client(name=opponent)
    await firm.idle()
    before = {task["task_id"] for task in await firm.tasks("partner")}
    stranger = await first_step(firm, f"Nobody Zwq{firm.id('n').replace('-', '')}")
    waiting = await first_step(firm, opponent)
    assert (waiting.status_code, waiting.url, waiting.text) == (
        stranger.status_code, stranger.url, stranger.text,
    )  # fmt: skip
    assert "We have received your inquiry" in waiting.text
    before.add((await the_task(firm, "inquiry-ready", "assistant", before))["task_id"])

    check = await the_task(firm, "conflict-check", "conflicts-officer", before)
    cleared = await firm.decide(check, "clear", "conflicts-officer", CLEARED)
    assert cleared.status_code == 200, cleared.text
    ready = await the_task(firm, "inquiry-ready", "assistant", before)
    story = await look(await the_link(firm, ready))
    assert "Tell us what it is about" in story.text
    told = await send(story, story=STORY)
    assert "We have received what you wrote" in told.text

    await firm.idle()
    shown = await firm.get(f"/api/v1/tasks/{ready['task_id']}", "assistant")
    assert STORY in str(shown)
    assert NAME in str(shown)
    answered = await firm.decide(shown | {"task_id": ready["task_id"]}, "contacted", "assistant")
    assert answered.status_code == 200, answered.text
    assert "We have been in touch" in (await look(str(story.url))).text
    letters = [str(mail) for mail in firm.mails_to("zinnia")]
    assert len(letters) == 2, "one for each form sent, and no other before an address is confirmed"
    assert not any(typed in letter for letter in letters for typed in (STORY, opponent))


async def test_a_story_and_the_names_in_it_are_readable_nowhere(firm: Firm) -> None:
    before = {task["task_id"] for task in await firm.tasks("partner")}
    await first_step(firm, "Bartholomew Quagmire")
    ready = await the_task(firm, "inquiry-ready", "assistant", before)
    story = await look(await the_link(firm, ready))
    await send(story, story=STORY)
    await firm.idle()
    token = story.url.path.rsplit("/", 1)[1].encode()
    folder = Path(firm.connect["data_dir"])
    files = [path for path in folder.rglob("*") if path.is_file() and "mail" not in path.parts]
    assert len(files) > 20
    for path in files:
        content = content_of(path)
        for canary in (b"Quillfeather", b"Quagmire", STORY.encode(), token):
            assert canary not in content, path.relative_to(folder)
