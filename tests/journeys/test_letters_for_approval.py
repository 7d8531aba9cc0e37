"""From outside: does a letter go by mail exactly as somebody else approved it, and only then?"""

from base64 import b64decode
from io import BytesIO

from pypdf import PdfReader

from tests.journeys.firm import Firm, Json, until
from tests.journeys.test_client_pages import text_of

CANARY = "Zebedee Quaxton"
WRITTEN = f"""Dear Client,

What we do for you: we act in the matter of {CANARY}. An appeal is not part of it.

Our fees are 200 EUR an hour.

Yours sincerely
The firm"""
CLAUSE = "If you are not happy with our work, please complain to Ms Reed. This is free of charge."
WHOLE = WRITTEN.replace("Yours", f"{CLAUSE}\n\nYours")


async def letter_task(firm: Firm, client_id: str, kind: str = "letter-approval") -> Json:
    """The one open task about a letter to this client."""

    async def there() -> bool:
        return bool(await firm.tasks_about("client_id", client_id, kind=kind, state="open"))

    await until(there, f"a task {kind}")
    (task,) = await firm.tasks_about("client_id", client_id, kind=kind, state="open")
    return task


async def requested(firm: Firm, client_id: str) -> None:
    """A letter is asked for, by another system of the firm."""
    facts = {"letter_id": firm.id("l"), "letter": "engagement", "client_id": client_id}
    await firm.say("letter-requested", client_id, facts)
    await firm.idle()


async def test_what_goes_is_what_a_colleague_approved_with_every_clause_in_it(firm: Firm) -> None:
    await firm.morning()
    client_id = await firm.a_client(locale="en-GB")
    await requested(firm, client_id)
    task = await letter_task(firm, client_id)
    before = len(firm.mails(client_id))

    words = {"subject": "Your instructions", "text": WRITTEN}
    edited = await firm.decide(task, "edit", "assistant", words)
    assert edited.status_code == 200, edited.text
    task = await letter_task(firm, client_id)
    refused = await firm.decide(task, "approve", "lawyer", {})
    assert refused.status_code == 422, refused.text
    assert "complaints-information" in refused.json()["detail"]

    words = {"subject": "Your instructions", "text": WHOLE}
    assert (await firm.decide(task, "edit", "lawyer", words)).status_code == 200
    task = await letter_task(firm, client_id)
    own = await firm.decide(task, "approve", "lawyer", {})
    assert own.status_code in (403, 409), own.text
    approved = await firm.decide(task, "approve", "partner", {})
    assert approved.status_code == 200, approved.text
    await firm.idle()

    async def arrived() -> bool:
        return len(firm.mails(client_id)) > before

    await until(arrived, "the letter")
    mail = firm.mails(client_id)[-1]
    assert str(mail["Subject"]) == "Your instructions"
    assert text_of(mail).replace("\r\n", "\n").strip() == WHOLE
    said = [str(each) for each in await firm.timeline(client_id)]
    assert not any(CANARY in each for each in said)


async def test_by_post_the_page_says_what_was_approved(firm: Firm) -> None:
    await firm.morning()
    client_id = await firm.a_client(locale="en-GB")
    await requested(firm, client_id)
    task = await letter_task(firm, client_id)
    words = {"subject": "Your instructions", "text": WHOLE}
    assert (await firm.decide(task, "edit", "lawyer", words)).status_code == 200
    task = await letter_task(firm, client_id)
    way = {"channel": "post", "recipient": "Ada Client\n1 High Street\nLeeds LS1 1AA"}
    approved = await firm.decide(task, "approve", "partner", way)
    assert approved.status_code == 200, approved.text
    posting = await letter_task(firm, client_id, "letter-posting")
    shown = await firm.get(f"/api/v1/tasks/{posting['task_id']}")
    (pdf,) = [each["value"] for each in shown["fields"] if each["name"] == "pdf"]
    said = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(b64decode(pdf))).pages).split()
    )
    assert " ".join(WHOLE.split()) in said
    assert (await firm.decide(posting, "posted", "assistant", {})).status_code == 200
    await firm.idle()

    async def told() -> bool:
        lines = await firm.timeline(client_id)
        return any("Sent by post" in str(each) for each in lines)

    await until(told, "the line on the timeline")


async def test_in_a_language_the_firm_has_not_it_is_a_task_and_no_mail(firm: Firm) -> None:
    await firm.morning()
    client_id = await firm.a_client(locale="fr-FR")
    await requested(firm, client_id)
    task = await letter_task(firm, client_id)
    shown = await firm.get(f"/api/v1/tasks/{task['task_id']}")
    (hints,) = [each["value"] for each in shown["fields"] if each["name"] == "hints"]
    assert "language" in [each["rule"] for each in hints]
    assert "Your instructions to us" not in firm.subjects(client_id)
