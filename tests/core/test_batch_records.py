"""Is an event told apart from an older one that stood at the same place of a lost stream?"""

from datetime import UTC, datetime, timedelta
from typing import cast

from shared.engine.batch_records import BatchRecords
from shared.engine.received_events import Received
from shared.mongo import Database
from shared.state.keys import KeyRing

STORED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class NoCollections:
    """A database nothing is asked of."""

    def collection(self, name: str) -> None:
        """There is none."""


def place(stored_at: datetime, sequence: int = 7) -> bytes:
    """The handled-row id of an event at a place of the stream."""
    keys = KeyRing(cast("Database", NoCollections()), b"m" * 32)
    received = Received(sequence, "events.x.y", None, b"", stored_at=stored_at)
    return BatchRecords("intake", keys).place(received)


def test_a_redelivered_event_stands_at_its_own_place() -> None:
    assert place(STORED) == place(STORED)


def test_a_new_stream_that_counts_from_one_again_repeats_no_place() -> None:
    assert place(STORED) != place(STORED + timedelta(days=1))


def test_two_events_stand_at_two_places() -> None:
    assert place(STORED, 7) != place(STORED, 8)
