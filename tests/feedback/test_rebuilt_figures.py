"""Do the same figures come out of every report, made anew from the stream and from the database?

On real servers: an event of each type that is counted is heard, and each that says whose a matter
is.
"""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.feedback.app import build
from services.feedback.domain.fact import FIRM
from services.feedback.domain.figures import FIGURES, figures_of
from services.feedback.domain.tally import Tally, sum_of, tallied
from services.feedback.domain.telling import TELLS
from services.feedback.ports import FACTS, TALLIES
from services.feedback.storage import MAPPINGS
from shared.clock import real_now
from shared.contracts.envelope import Event, decode
from tests.core.conftest import until
from tests.feedback.office import new_office
from tests.patience import PATIENCE
from tests.running_service import RunningService, running_service

EXAMPLES = Path(__file__).parents[2] / "docs" / "events"
WHOSE = ("matter-opened", "handover-completed")
COUNTED = (*WHOSE, *TELLS)
Counts = Mapping[str, Mapping[str, int]]


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


async def hear_all(feedback: RunningService) -> None:
    """Until every event is settled, also those that feedback says itself."""
    streams = feedback.nats.jetstream(timeout=PATIENCE)
    for kind in COUNTED:
        example = json.loads((EXAMPLES / kind / "1.example.json").read_text("utf-8"))
        await streams.publish(f"events.{kind}.{example['subject']}", json.dumps(example).encode())

    async def settled() -> bool:
        state = await feedback.ask("ops", ask="idle")
        ledger = (await feedback.ask("ops", ask="ledger"))["ledger"]
        return bool(state["idle"] and ledger.get("received", 0) >= len(COUNTED))

    await until(settled)


async def in_the_stream(feedback: RunningService) -> list[tuple[Event[Any], datetime]]:
    """Every event, as another client reads it."""
    streams = feedback.nats.jetstream(timeout=PATIENCE)
    info = await streams.stream_info("EVENTS")
    found = []
    for number in range(info.state.first_seq, info.state.last_seq + 1):
        each = await streams.get_msg("EVENTS", seq=number)
        event = decode(each.subject, each.headers or {}, each.data, now=real_now())
        found.append((event, event.time))
    return found


def counts_of(tallies: Iterable[Tally]) -> Counts:
    return {each.tally_id: dict(each.counts) for each in tallies if each.counts}


async def kept(feedback: RunningService, kind: Any) -> list[Any]:
    mapping = next(each for each in MAPPINGS if each.collection == kind.collection)
    rows = await feedback.db.collection(kind.collection).find({}).to_list(None)
    return [mapping.to_value(row, None) for row in rows]  # type: ignore[arg-type]  # nothing sealed


def told_again(events: Iterable[tuple[Event[Any], datetime]]) -> list[Tally]:
    """What a fresh feedback counts that is told these."""
    office = new_office()
    for event, time in events:
        office.now = max(office.now, time)
        office.hear_event(event)
    return office.all(TALLIES)


def told(tallies: Iterable[Tally], report: str) -> list[Any]:
    """The figures of a report of the whole firm over all there is."""
    own = [each for each in tallies if (each.measure, each.scope) == (report, FIRM)]
    return figures_of(report, sum_of(own))


async def test_every_report_comes_out_the_same_from_the_stream_and_from_the_database(
    feedback: RunningService,
) -> None:
    await hear_all(feedback)
    live = await kept(feedback, TALLIES)
    assert {each.measure for each in live} == set(FIGURES)  # something is counted of each
    stream = await in_the_stream(feedback)
    for tallies in (
        tallied(await kept(feedback, FACTS)).values(),
        told_again(stream),
        told_again(reversed(stream)),
    ):
        anew = list(tallies)
        assert counts_of(anew) == counts_of(live)
        assert {each: told(anew, each) for each in FIGURES} == {
            each: told(live, each) for each in FIGURES
        }
