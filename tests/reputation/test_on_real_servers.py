"""Does the whole service work on real servers: review in, guard, approval, posting, tampering?"""

import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.reputation.app import build
from services.reputation.domain.ask import ask_id_for
from services.reputation.domain.guard import Judgement, judge
from services.reputation.domain.testimonial import testimonial_id_of
from services.reputation.workflow import checking
from shared.contracts.keys import key_of
from shared.contracts.reminders import ReviewAskDue
from tests.core.conftest import until
from tests.forms import hidden
from tests.patience import PATIENCE
from tests.reputation.office import ASSISTANT, AUTHOR, LAWYER, WORDS, review, sought
from tests.running_service import RunningService, running_service

EDITED = {"text": "Thank you for writing."}


@pytest.fixture
async def reputation(
    nats_server: EmbeddedNats,
    nats_url: str,
    mongo_server: EmbeddedMongo,
    tmp_path: Path,
    port_base: int,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[RunningService]:
    monkeypatch.setenv("CLIENTELE_REVIEW_PAGE_URL", "https://reviews.muster.example/us")
    async with running_service(
        build,
        nats_server=nats_server,
        nats_url=nats_url,
        mongo_server=mongo_server,
        folder=tmp_path,
        port=port_base,
        monkeypatch=monkeypatch,
    ) as running:
        yield running


async def approved(reputation: RunningService) -> dict[str, Any]:
    """The review was heard, its reply edited and approved; the task to post it."""
    await reputation.hear(review())
    task = await reputation.open_task("review-response")
    assert (await reputation.decide(task, "edit", EDITED, AUTHOR))["accepted"] is True
    task = await reputation.open_task("review-response")
    own = await reputation.decide(task, "approve", {}, AUTHOR)
    assert own["refused"]["code"] == "own-text"
    assert (await reputation.decide(task, "approve", {}, LAWYER))["accepted"] is True
    return await reputation.open_task("review-posting")


async def test_from_the_review_to_the_published_reply(reputation: RunningService) -> None:
    posting = await approved(reputation)
    shown = await reputation.ask("views", task_id=posting["task_id"], actor=LAWYER.model_dump())
    assert shown["values"]["text"] == EDITED["text"]
    done = await reputation.decide(posting, "posted", {}, ASSISTANT)
    assert done["accepted"] is True
    said = await reputation.announced("review-response-published")
    assert said == {"events.review-response-published.rv-1": 1}


async def test_a_review_under_a_site_s_own_long_id_is_answered_too(
    reputation: RunningService,
) -> None:
    long_id = "AbFvOqkX3Zr7mWn1Yc0tPq8s2LhJ5vBdGxE9aUiKoRz/" * 2
    await reputation.hear(review(review_id=long_id))
    task = await reputation.open_task("review-response")
    assert task["about"] == {"review_id": long_id}
    assert (await reputation.decide(task, "approve", {}, LAWYER))["accepted"] is True
    said = await reputation.announced("review-response-approved")
    assert said == {f"events.review-response-approved.{key_of(long_id)}": 1}


async def test_nothing_a_reviewer_or_staff_wrote_is_stored_in_the_clear(
    reputation: RunningService,
) -> None:
    await approved(reputation)
    stored = await reputation.everything_stored()
    for secret in ("bakery", "Maria", "Kovac", "Thank you for writing", "reviews.example/rv-1"):
        assert secret not in stored


async def test_a_reply_exchanged_in_the_database_is_not_published(
    reputation: RunningService,
) -> None:
    posting = await approved(reputation)
    responses = reputation.db.collection("responses")
    await reputation.hear(review(review_id="rv-2"))

    async def two() -> bool:
        return bool(await responses.count_documents({}) == 2)

    await until(two)
    other = await responses.find_one({"d.review_id": "rv-2"})
    await responses.update_one({"d.review_id": "rv-1"}, {"$set": {"s": other["s"]}})
    refused = await reputation.decide(posting, "posted", {}, ASSISTANT)
    assert refused["refused"]["code"] == "text-changed"
    assert await reputation.announced("review-response-published") == {}


async def test_a_refused_text_is_named_but_not_repeated(reputation: RunningService) -> None:
    await reputation.hear(review())
    task = await reputation.open_task("review-response")
    answer = await reputation.decide(task, "edit", {"text": "Your case, Maria."}, AUTHOR)
    assert answer["refused"]["field"] == "text"
    assert "relationship" in answer["refused"]["message"]
    assert "Maria" not in await reputation.everything_stored()


async def test_a_reply_is_judged_beside_the_event_loop(
    reputation: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reputation.hear(review())
    task = await reputation.open_task("review-response")
    where: list[int] = []

    def judging(*given: Any) -> Judgement:
        where.append(threading.get_ident())
        return judge(*given)

    monkeypatch.setattr(checking, "judge", judging)
    await reputation.ask("views", task_id=task["task_id"], actor=LAWYER.model_dump())
    await reputation.decide(task, "edit", EDITED, AUTHOR)
    assert len(where) >= 2
    assert threading.get_ident() not in where


async def test_a_reply_of_twenty_thousand_letters_is_refused_for_its_length_alone(
    reputation: RunningService,
) -> None:
    await reputation.hear(review())
    task = await reputation.open_task("review-response")
    answer = await reputation.decide(task, "edit", {"text": "ß" * 20_000}, AUTHOR)
    assert "(length)" in answer["refused"]["message"]
    assert ";" not in answer["refused"]["message"]


async def test_every_ask_leads_to_the_firm_s_review_page(reputation: RunningService) -> None:
    await reputation.hear(ReviewAskDue(client_id="c-1", matter_id="m-1"))

    async def said() -> bool:
        return await reputation.announced("review-requested") != {}

    await until(said)
    answer = await reputation.ask("links", purpose="review-ask", id=ask_id_for("m-1"))
    assert answer == {"url": "https://reviews.muster.example/us"}


async def test_every_review_is_listed_with_its_reply_its_place_and_who_approved_it(
    reputation: RunningService,
) -> None:
    posting = await approved(reputation)
    await reputation.decide(posting, "posted", {}, ASSISTANT)
    await reputation.hear(review(review_id="rv-2", location_id="berlin", stars=5))
    await reputation.hear(ReviewAskDue(client_id="c-1", matter_id="m-1"))

    async def told(**more: Any) -> Any:
        return await reputation.ask("reviews", actor=ASSISTANT.model_dump(), **more)

    async def both() -> bool:
        found = await told()
        return len(found["rows"]) == 2 and bool(found["asked"])

    await until(both)
    found = await told()
    assert [(p["location"], p["answered"], p["waiting"]) for p in found["places"]] == [
        ("", 1, 0), ("berlin", 0, 1),
    ]  # fmt: skip
    assert found["asked"] == [{"site": "google", "n": 1, "last_30_days": 1, "last_365_days": 1}]
    (answered,) = (await told(reply="answered"))["rows"]
    assert (answered["reply"], answered["approved_by"]) == (EDITED["text"], LAWYER.id)
    assert [each["review_id"] for each in (await told(location="berlin"))["rows"]] == ["rv-2"]
    refused = await reputation.ask("reviews", actor={"id": "s-ops", "roles": ["ops"]})
    assert refused["refused"]["code"] == "wrong-role"


async def test_words_of_a_client_are_read_by_anybody_until_they_take_them_back(
    reputation: RunningService,
) -> None:
    await reputation.hear(sought())
    task = await reputation.open_task("testimonial-proposal")
    asked = await reputation.decide(task, "propose", {"text": WORDS}, LAWYER)
    assert asked["accepted"] is True
    answer = await reputation.ask("links", purpose="testimonial", id=task_ref(task))
    async with httpx.AsyncClient(timeout=PATIENCE) as browser:
        page = await browser.get(answer["url"])
        yes = {"answer": "yes", "attribution": "initials", "name": "Zoe Bauer"}
        await browser.post(answer["url"], data=hidden(page.text) | yes)
        publishing = await reputation.open_task("testimonial-publication")
        assert (await reputation.decide(publishing, "publish", {}, AUTHOR))["accepted"] is True
        listing = answer["url"].split("/t/")[0] + "/testimonials.json"
        (told,) = (await browser.get(listing)).json()["testimonials"]
        assert (told["text"], told["name"]) == (WORDS, "Z. B.")
        stored = await reputation.everything_stored()
        assert not [each for each in ("called back", "Bauer") if each in stored]
        back = await browser.get(answer["url"])
        await browser.post(answer["url"], data=hidden(back.text))
        assert (await browser.get(listing)).json()["testimonials"] == []
    assert len(await reputation.announced("testimonial-withdrawn")) == 1


def task_ref(task: dict[str, Any]) -> str:
    """What a task about words of this client is about."""
    return testimonial_id_of(task["about"]["client_id"], task["about"]["matter_id"])
