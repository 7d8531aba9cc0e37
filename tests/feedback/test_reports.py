"""Is a partner told what it adds up to, and led to what is behind it; on real servers?"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.feedback.app import build
from services.feedback.domain.month_measured import satisfaction_of_month
from services.feedback.domain.tally import Tally, tallied
from services.feedback.ports import FACTS, TALLIES
from services.feedback.storage import MAPPINGS
from services.feedback.workflow.measuring_months import needs_of_month, say_of_month
from shared.clock import real_now
from shared.contracts.commitments import CommitmentMade, CommitmentMet, CommitmentMissed
from shared.contracts.concerns import ConcernClosed
from shared.contracts.envelope import Cause
from shared.contracts.reminders import ContactGapDetected
from shared.contracts.tasks import About
from tests.core.conftest import until
from tests.feedback.office import LAWYER, PARTNER, matter_opened
from tests.running_service import RunningService, running_service

NOW = real_now().replace(microsecond=0)


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


def owed(kind: Any, number: int) -> Any:
    return kind(
        commitment_id=f"k-{number}", standard="return-call", source="The firm", edition="1",
        about=About(client_id=f"c-{number}", matter_id="m-1"), made_at=NOW, due_at=NOW, at=NOW,
        rule_id="return-call", rule_version=1,
    )  # fmt: skip


async def asked(feedback: RunningService, ask: str, **more: Any) -> Any:
    return await feedback.ask("reports", ask=ask, actor=PARTNER.model_dump(), **more)


def kept(told: Any) -> Any:
    return next(each for each in told["figures"] if each["name"] == "kept")


async def test_from_a_figure_that_fell_to_the_call_that_was_not_made(
    feedback: RunningService,
) -> None:
    await feedback.hear(matter_opened())
    for number, kind in ((1, CommitmentMet), (2, CommitmentMet), (3, CommitmentMissed)):
        await feedback.hear(owed(CommitmentMade, number))
        await feedback.hear(owed(kind, number))
    await feedback.hear(ContactGapDetected(client_id="c-3", matter_id="m-1", days=30))
    for number in range(3):
        await feedback.hear(ConcernClosed(
            concern_id=f"n-{number}", kind="complaint", client_id="c-3", outcome="explained",
            cause_code="not-called", confirmed=True, at=NOW - timedelta(hours=number),
        ))  # fmt: skip

    async def counted() -> bool:
        told = await asked(feedback, "report", report="commitments", months=1)
        causes = await asked(feedback, "causes")
        return bool(told["figures"]) and kept(told)["n"] == 3 and bool(causes["causes"])

    await until(counted)
    told = await asked(feedback, "report", report="commitments", months=1)
    assert kept(told)["value"] == 66.6667
    assert {each["scope"] for each in told["scopes"]} == {"area:tenancy", "owner:s-owner"}
    rows = await asked(
        feedback, "rows", report="commitments", months=1, labels=["return-call|missed"]
    )
    assert [(each["thing"], each["client_id"]) for each in rows["rows"]] == [("k-3", "c-3")]
    behind = {**PARTNER.model_dump(), "screened": ["client:c-3"]}
    walled = await feedback.ask(
        "reports", ask="rows", report="commitments", months=1, actor=behind,
        labels=["return-call|missed"],
    )  # fmt: skip
    assert walled["rows"] == []
    assert (await feedback.ask("reports", ask="risks", actor=behind))["risks"] == []
    risks = await asked(feedback, "risks")
    reasons = {each["reason"] for each in risks["risks"][0]["reasons"]}
    assert reasons == {"no-contact", "commitment-missed"}
    causes = await asked(feedback, "causes")
    assert (causes["causes"][0]["concerns"], causes["causes"][0]["waits"]) == (3, True)
    overview = await asked(feedback, "overview", months=1)
    assert overview["at_risk"] == 1
    refused = await feedback.ask("reports", ask="overview", actor=LAWYER.model_dump())
    assert refused["refused"]["code"] == "wrong-role"
    wrong = await asked(feedback, "report", report="happiness")
    assert wrong["refused"]["field"] == "report"
    assert await counted_anew(feedback) == await counted_before(feedback)


async def counted_before(feedback: RunningService) -> dict[str, Any]:
    rows = await feedback.db.collection(TALLIES.collection).find({}).to_list(None)
    return {row["_id"]: row["d"]["counts"] for row in rows if row["d"]["counts"]}


async def counted_anew(feedback: RunningService) -> dict[str, Any]:
    """The tallies, made anew from the facts in the database."""
    mapping = next(each for each in MAPPINGS if each.collection == FACTS.collection)
    rows = await feedback.db.collection(FACTS.collection).find({}).to_list(None)
    facts = [mapping.to_value(row, None) for row in rows]  # type: ignore[arg-type]  # nothing sealed
    return {key: dict(each.counts) for key, each in tallied(facts).items()}


async def test_a_month_that_is_over_is_said_once_for_each_scope(feedback: RunningService) -> None:
    tally = Tally(measure="satisfaction", month="2020-01", scope="firm", counts={"nps|9": 3})
    of_owner = replace(tally, scope="owner:s-1", counts={"nps|9": 6, "ces|7": 2})
    measured = list(satisfaction_of_month([tally, of_owner], fewest=5))
    step = say_of_month("2020-01", measured, ZoneInfo("Europe/Berlin"))
    cause = Cause("urn:clientele:feedback", "m", "month-over", "m", None, NOW)
    for news in (True, False):
        assert await feedback.act(step, needs_of_month("2020-01"), cause) is news
    said = await feedback.announced("satisfaction-measured")
    assert said == {
        "events.satisfaction-measured.firm": 1,
        "events.satisfaction-measured.owner": 1,
    }
