"""Is a person who must not decide something refused, with the reason?"""

import hashlib
from datetime import timedelta
from typing import Any

from tests.journeys.firm import Firm, Json, until

DAY = timedelta(days=1)


async def closed_matter_with_a_low_score(firm: Firm, owner: str) -> str:
    """A matter of this owner whose client answered the survey with 3; the matter's id."""
    client_id = await firm.a_client()
    matter_id = firm.id("m")
    about = {"client_id": client_id, "matter_id": matter_id}
    await firm.say(
        "matter-opened", client_id, about | {"practice_area": "family", "owner_id": owner}
    )
    now = await firm.now()
    await firm.say("matter-closed", client_id, about | {"closed_at": now.isoformat()})
    await firm.idle()
    await firm.advance(8 * DAY)
    await answer_survey(firm, client_id, 3)
    await firm.idle()
    return matter_id


async def answer_survey(firm: Firm, client_id: str, score: int) -> None:
    """Follow the link in the client's e-mail and fill the form in."""
    import re

    import httpx

    bodies = [
        part.get_content()
        for mail in firm.mails(client_id)
        for part in mail.walk()
        if part.get_content_type() == "text/plain"
    ]
    links = re.findall(r"http\S+/s/\S+", "\n".join(bodies))
    assert links, firm.subjects(client_id)
    async with httpx.AsyncClient(timeout=20, follow_redirects=True) as browser:
        form = await browser.get(links[0])
        assert form.status_code == 200
        hidden = dict(
            re.findall(r'type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.text)
        )
        origin = links[0].split("/s/")[0]
        answer = await browser.post(
            links[0], data={**hidden, "score": str(score)}, headers={"Origin": origin}
        )
        assert answer.status_code == 200, answer.text


async def the_task(firm: Firm, name: str, value: str, kind: str) -> Json:
    """The one open task of a kind about something."""
    found: list[Json] = []

    async def there() -> bool:
        found[:] = [
            task
            for task in await firm.tasks_about(name, value, state="open")
            if task["kind"] == kind
        ]
        return bool(found)

    await until(there, f"a {kind} task")
    assert len(found) == 1
    return found[0]


async def test_the_owner_of_a_matter_cannot_be_given_its_recovery(firm: Firm) -> None:
    owner = firm.connect["staff"]["lawyer"]
    matter_id = await closed_matter_with_a_low_score(firm, owner)
    task = await the_task(firm, "matter_id", matter_id, "service-recovery")
    path = f"/api/v1/tasks/{task['task_id']}"
    async with firm.api("partner") as partner:
        assigned = await partner.post(f"{path}/assign", json={"staff_id": owner})
    assert assigned.status_code in (403, 409)
    assert assigned.json()["detail"]
    async with firm.api("lawyer") as lawyer:
        claimed = await lawyer.post(f"{path}/claim")
    assert claimed.status_code in (403, 409)
    decided = await firm.decide(task, "resolve", "lawyer", RESOLVED)
    assert decided.status_code in (403, 409)
    assert decided.json()["detail"]
    accepted = await firm.decide(task, "resolve", "partner", RESOLVED)
    assert accepted.status_code == 200, accepted.text


RESOLVED = {
    "outcome": "apologised",
    "cause_code": "not-called-back",
    "client_told": True,
    "note": "Called.",
}


async def test_a_recovery_is_not_resolved_before_the_client_was_told(firm: Firm) -> None:
    owner = firm.connect["staff"]["lawyer"]
    matter_id = await closed_matter_with_a_low_score(firm, owner)
    task = await the_task(firm, "matter_id", matter_id, "service-recovery")
    refused = await firm.decide(task, "resolve", "partner", RESOLVED | {"client_told": False})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "client_told"


async def a_review(firm: Firm, stars: int, **fields: Any) -> str:
    """A review of the firm."""
    review_id = firm.id("v")
    now = await firm.now()
    await firm.say(
        "review-received",
        review_id,
        {
            "review_id": review_id,
            "site": "google",
            "stars": stars,
            "text": "Nobody called back.",
            "posted_at": now.isoformat(),
            **fields,
        },
    )
    return review_id


REPLY = "Thank you for your feedback. Please contact our office so that we can listen to you."


async def test_the_author_of_a_reply_cannot_approve_it(firm: Firm) -> None:
    review_id = await a_review(firm, 2)
    task = await the_task(firm, "review_id", review_id, "review-response")
    edited = await firm.decide(task, "edit", "lawyer", {"text": REPLY})
    assert edited.status_code == 200, edited.text
    version = edited.json()["version"]
    own = await firm.decide(task, "approve", "lawyer", version=version)
    assert own.status_code in (403, 409)
    assert own.json()["detail"]
    approved = await firm.decide(task, "approve", "partner", version=version)
    assert approved.status_code == 200, approved.text


async def test_a_bad_review_is_approved_by_a_lawyer_only(firm: Firm) -> None:
    review_id = await a_review(firm, 1)
    task = await the_task(firm, "review_id", review_id, "review-response")
    refused = await firm.decide(task, "approve", "assistant")
    assert refused.status_code in (403, 409)


async def test_a_reply_that_confirms_a_relationship_is_refused_at_its_field(firm: Firm) -> None:
    review_id = await a_review(firm, 2)
    task = await the_task(firm, "review_id", review_id, "review-response")
    refused = await firm.decide(
        task,
        "edit",
        "lawyer",
        {"text": "We are sorry that your divorce case took so long when we represented you."},
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "text"


async def test_an_approval_is_void_once_the_review_or_the_text_has_changed(firm: Firm) -> None:
    review_id = await a_review(firm, 4)
    task = await the_task(firm, "review_id", review_id, "review-response")
    edited = await firm.decide(task, "edit", "lawyer", {"text": REPLY})
    stale = await firm.decide(task, "approve", "partner")  # has seen the text before the edit
    assert stale.status_code == 409
    approved = await firm.decide(task, "approve", "partner", version=edited.json()["version"])
    assert approved.status_code == 200
    posting = await the_task(firm, "review_id", review_id, "review-posting")
    shown = await firm.get(f"/api/v1/tasks/{posting['task_id']}", "lawyer")
    text = next(field["value"] for field in shown["fields"] if field["name"] == "text")
    assert hashlib.sha256(text.encode()).digest() == hashlib.sha256(REPLY.encode()).digest()
    now = await firm.now()
    await firm.say(
        "review-received",
        review_id,
        {
            "review_id": review_id,
            "site": "google",
            "stars": 1,
            "text": "Changed my mind: bad.",
            "posted_at": now.isoformat(),
        },
    )
    await firm.idle()
    late = await firm.decide(posting, "posted", "lawyer")
    assert late.status_code == 409
    assert late.json()["detail"]
