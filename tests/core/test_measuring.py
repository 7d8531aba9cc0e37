"""Do the gauges say what is so, whatever fails?"""

import asyncio
import math
from pathlib import Path
from unittest.mock import Mock

import pytest

from shared.engine.outgoing import Connection
from shared.errors import TemporaryError
from shared.firm.watch import FolderWatch
from shared.process import measuring
from tests.core.conftest import Running
from tests.core.sample import FAILURES
from tests.core.test_consuming import contact


def value_of(running: Running, name: str) -> float:
    """A gauge as it would be scraped now."""
    value = running.runtime.metrics.registry.get_sample_value(name)
    assert value is not None
    return value


async def test_with_the_stream_away_what_waits_in_the_outbox_is_still_counted(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The alert about stuck announcements must fire just then."""
    rows = running.db.collection("outbox")
    at = running.runtime.clock.now()
    await rows.insert_one({"_id": "left", "at": at, "waiting": True, "events": [], "next_at": None})

    async def away(_: Connection, __: str) -> dict[str, object]:
        raise TemporaryError("the event stream does not answer")

    monkeypatch.setattr(type(running.runtime.connection), "consumer", away)
    with pytest.raises(TemporaryError):
        await running.process._measuring.once()
    assert value_of(running, "outbox_pending") == 1
    assert math.isnan(value_of(running, "consumer_pending_messages"))


async def test_a_replica_that_does_not_consume_measures_too(running: Running) -> None:
    FAILURES["c-1"] = [TemporaryError("away")] * 3
    await running.publish(contact())
    await running.settled(1)
    running.process._leases.consuming.clear()
    await running.process._measuring.once()
    assert value_of(running, "parked_events") == 1


async def test_clocks_that_agree_show_no_skew(running: Running) -> None:
    await running.process._measuring.once()
    assert abs(value_of(running, "clock_skew_seconds")) < 1.0
    assert value_of(running, "measured_timestamp_seconds") > 0


async def test_a_question_that_is_swallowed_holds_up_no_other_gauge(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never() -> int:
        await asyncio.Event().wait()
        return 0

    monkeypatch.setattr(measuring, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(running.process.dead_letters, "count_open", never)
    with pytest.raises(TemporaryError):
        await running.process._measuring.once()
    assert math.isnan(value_of(running, "dead_letters_open"))
    assert value_of(running, "outbox_pending") == 0


async def test_a_firms_folder_that_was_changed_is_shown_and_said_once(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Mock()
    monkeypatch.setattr(measuring, "log", said)
    (tmp_path / "firm.toml").write_text("[firm]\n", "utf-8")
    measured = running.process._measuring
    measured._folder = FolderWatch(tmp_path)
    await measured.once()
    assert value_of(running, "firm_folder_differs") == 0
    (tmp_path / "firm.toml").write_text("[office]\n", "utf-8")
    await measured.once()
    await measured.once()
    assert value_of(running, "firm_folder_differs") == 1
    assert [call.args for call in said.warning.mock_calls] == [("firm_folder_differs",)]
    labels = {"digest": "none"}
    assert running.runtime.metrics.registry.get_sample_value("firm_folder", labels) == 1
