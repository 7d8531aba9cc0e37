"""Does the whole service work on real servers: event in, link, page, decision, figures?"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.feedback.app import build
from shared.contracts.reminders import SurveyDue
from tests.core.conftest import until
from tests.feedback.office import LAWYER, OWNER, SURVEY_ID, matter_opened
from tests.forms import hidden
from tests.patience import PATIENCE
from tests.running_service import RunningService, running_service

TOLD = {
    "outcome": "explained",
    "cause_code": "not-kept-informed",
    "client_told": True,
    "note": "canary note",
}


@pytest.fixture
async def feedback(
    nats_server: EmbeddedNats,
    nats_url: str,
    mongo_server: EmbeddedMongo,
    tmp_path: Path,
    port_base: int,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[RunningService]:
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


async def invited(feedback: RunningService) -> str:
    """The matter's client is asked; the link of the invitation."""
    await feedback.hear(matter_opened())
    await feedback.hear(SurveyDue(client_id="c-1", matter_id="m-1"))

    async def there() -> bool:
        return "url" in await feedback.ask("links", purpose="survey", id=SURVEY_ID)

    await until(there)
    answer = await feedback.ask("links", purpose="survey", id=SURVEY_ID)
    return str(answer["url"])


async def answer(browser: httpx.AsyncClient, link: str, **typed: str) -> httpx.Response:
    """Open the form and send it."""
    form = await browser.get(link)
    assert form.status_code == 200
    return await browser.post(link, data=hidden(form.text) | typed)


async def test_from_the_due_survey_to_the_resolved_recovery(feedback: RunningService) -> None:
    link = await invited(feedback)
    async with httpx.AsyncClient(timeout=PATIENCE) as browser:
        sent = await answer(browser, link, score="3", comment="canary words")
    assert sent.status_code == 303
    task = await feedback.open_task("service-recovery")
    refused = await feedback.decide(task, "resolve", TOLD, OWNER)
    assert refused["refused"]["code"] == "barred"
    shown = await feedback.ask("views", task_id=task["task_id"], actor=LAWYER.model_dump())
    assert shown["values"]["comment"] == "canary words"
    done = await feedback.decide(task, "resolve", TOLD, LAWYER)
    assert done["accepted"] is True
    assert "canary" not in await feedback.everything_stored()


async def test_ops_get_the_figures_over_what_is_stored(feedback: RunningService) -> None:
    link = await invited(feedback)
    async with httpx.AsyncClient(timeout=PATIENCE) as browser:
        await answer(browser, link, score="9", satisfaction="3")
    figures = await feedback.ask("ops", ask="satisfaction", announce=True)
    assert (figures["n"], figures["nps"]) == (1, 100.0)
    assert (figures["csat_n"], figures["csat"]) == (1, 0.0)
    said = await feedback.announced("satisfaction-measured")
    assert said == {"events.satisfaction-measured.firm": 2}


async def test_an_answer_from_before_satisfaction_was_asked_is_in_no_csat(
    feedback: RunningService,
) -> None:
    link = await invited(feedback)
    async with httpx.AsyncClient(timeout=PATIENCE) as browser:
        await answer(browser, link, score="9")
    await feedback.db.collection("surveys").update_many({}, {"$unset": {"d.satisfaction": ""}})
    figures = await feedback.ask("ops", ask="satisfaction", announce=True)
    assert (figures["n"], figures["csat_n"], figures["csat"]) == (1, 0, None)
    said = await feedback.announced("satisfaction-measured")
    assert said == {"events.satisfaction-measured.firm": 1}


async def test_the_same_answer_sent_many_times_at_once_is_one(feedback: RunningService) -> None:
    link = await invited(feedback)
    async with httpx.AsyncClient(timeout=PATIENCE) as browser:
        sent = await asyncio.gather(*(answer(browser, link, score="3") for _ in range(8)))
    assert {each.status_code for each in sent} == {303}
    assert await feedback.db.collection("tasks").count_documents({}) == 1
    assert await feedback.announced("feedback-submitted") == {"events.feedback-submitted.c-1": 1}
