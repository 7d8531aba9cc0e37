"""Is what a system says beyond its limit refused, and nothing else?"""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from shared.engine.received_events import Received
from shared.engine.system_limits import SystemLimits
from shared.process.settings import Settings, SystemLimit
from tests.core.conftest import Running
from tests.core.test_consuming import contact

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DMS = {"dms": SystemLimit(kib=1, per_minute=2)}


def said(number: int, *, system: str = ".dms", size: int = 9, **more: object) -> Received:
    facts: dict[str, object] = {"stored_at": NOON, **more}
    return Received(number, f"events.x.y{system}", None, b"x" * size, **facts)  # type: ignore[arg-type]


def refused(limits: SystemLimits, received: Received) -> str | None:
    beyond = limits.beyond(received)
    return beyond.field_errors[0].field if beyond else None


def test_more_events_in_a_minute_than_agreed_are_refused_by_name() -> None:
    limits = SystemLimits(DMS)
    assert [refused(limits, said(n)) for n in range(4)] == [None, None, "source", "source"]
    later = NOON + timedelta(minutes=1)
    assert refused(limits, said(5, stored_at=later)) is None
    beyond = SystemLimits({"dms": SystemLimit(per_minute=1)})
    beyond.beyond(said(1))
    failure = beyond.beyond(said(2))
    assert failure is not None
    assert failure.reason == "source has said more than 1 events in a minute, its limit: slow down"


def test_an_event_larger_than_agreed_is_refused_by_name() -> None:
    assert refused(SystemLimits(DMS), said(1, size=1024)) is None
    assert refused(SystemLimits(DMS), said(2, size=1025)) == "body"


def test_an_event_that_comes_again_counts_once() -> None:
    limits = SystemLimits(DMS)
    assert [refused(limits, said(1)) for _ in range(9)] == [None] * 9
    assert refused(limits, said(2)) is None


def test_a_replay_counts_nothing() -> None:
    limits = SystemLimits(DMS)
    assert [refused(limits, said(n, origin="dead")) for n in range(9)] == [None] * 9


def test_who_has_no_limit_has_none() -> None:
    limits = SystemLimits(DMS)
    for system in ("", ".pms"):
        assert [refused(limits, said(n, system=system, size=9999)) for n in range(9)] == [None] * 9


@pytest.mark.parametrize("limit", [{"kib": 0}, {"kib": 257}, {"per_minute": 0}, {"per_hour": 9}])
def test_a_limit_that_means_nothing_stops_the_start(limit: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"system_limits": {"dms": limit}})


async def test_what_is_beyond_a_limit_is_a_dead_letter_that_can_be_replayed(
    running: Running,
) -> None:
    running.process._consumer._limits = SystemLimits({"dms": SystemLimit(per_minute=1)})
    event = contact()
    for number in range(3):
        body = (
            f'{{"specversion":"1.0","id":"n{number}","source":"urn:system:dms",'
            f'"type":"{event.TYPE}","subject":"c-1","time":"2026-01-01T00:00:00Z",'
            f'"data":{event.model_dump_json(exclude_none=True)}}}'
        )
        await running.streams.publish(f"events.{event.TYPE}.c-1.dms", body.encode())
    counts = await running.settled(3)
    assert counts["dead"] >= 1  # three, unless the minute ended meanwhile
    letters = await running.process.dead_letters.chosen({"status": "open"})
    assert {each["fingerprint"] for each in letters} == {"invalid:source"}
    again = await running.process.dead_letters.replay({"fingerprint": "invalid:source"})
    assert {each["outcome"] for each in again} == {"applied"}
