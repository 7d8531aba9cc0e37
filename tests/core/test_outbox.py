"""Does an outbox row keep what must travel, and hide what delivers somebody's name?"""

from typing import Any, cast

from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event, encode, follow_up
from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import ConsentWithdrawn
from shared.engine.outbox import rows_for
from shared.state.keys import KeyRing
from tests.fakes.memory import START

CAUSE = Cause("urn:test", "1", "test", "1", None, START)
KEYS = KeyRing(cast("Any", None), b"k" * 32)
PRIVATE = InquiryReceived(
    inquiry_id="i-1", name="Zoe Canary", channel="website", timezone="Europe/Berlin", locale="de"
)
PUBLIC = ConsentWithdrawn(client_id="c-1", purpose="feedback", at=START)


def event_of(data: EventData) -> Event[Any]:
    return follow_up(CAUSE, data, service="intake", nth=1, time=START)


def test_a_row_hides_what_delivers_a_name() -> None:
    rows, letters = rows_for([event_of(PRIVATE)], KEYS)
    assert b"Zoe Canary" in letters[0].body
    assert "Zoe Canary" not in str(rows)


def test_what_was_hidden_is_published_whole() -> None:
    event = event_of(PRIVATE)
    rows, _ = rows_for([event], KEYS)
    (kept,) = rows[0]["events"]
    assert KEYS.open_outgoing(kept["i"], kept["x"]) == encode(event)


def test_what_names_nobody_is_kept_as_it_travels() -> None:
    event = event_of(PUBLIC)
    rows, _ = rows_for([event], KEYS)
    assert rows[0]["events"][0]["b"] == encode(event)
