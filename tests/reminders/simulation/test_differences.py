"""Is every way in which a rehearsal can differ named, and nothing else?"""

from datetime import UTC, datetime, timedelta

import pytest

from services.reminders.simulation.differences import NO_RULE, differences
from services.reminders.simulation.rehearsal import Done

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def done(outcome: str = "sent", at: datetime = AT) -> Done:
    return Done("o-1", "rule", 1, "client_id:c-1", "c-1", at, outcome in ("sent", "done"), outcome)


@pytest.mark.parametrize(
    ("before", "after", "what", "why"),
    [
        (None, done(), "would-act", ""),
        (done("withdrawn"), done(), "would-act", ""),
        (done(), None, "would-stop", NO_RULE),
        (done(), done("expired"), "would-stop", "expired"),
        (done(), done(at=LATER), "would-move", ""),
        (None, done("withdrawn"), "would-be-held-back", "withdrawn"),
        (done(), done("planned", LATER), "would-move", ""),
        (done("planned", LATER), done(), "would-move", ""),
    ],
)
def test_what_would_go_another_way_is_named(
    before: Done | None, after: Done | None, what: str, why: str
) -> None:
    (found,) = differences([before] if before else [], [after] if after else [])
    assert (found.what, found.why) == (what, why)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (done(), done()),
        (done("withdrawn"), done("withdrawn")),
        (done("withdrawn"), None),
        (None, done("superseded")),
        (None, done("cancelled")),
        (None, done("planned", LATER)),
        (done("planned"), done("planned", LATER)),
    ],
)
def test_what_stays_as_it_is_or_is_overtaken_is_not(
    before: Done | None, after: Done | None
) -> None:
    assert differences([before] if before else [], [after] if after else []) == []


def test_both_times_are_said() -> None:
    (found,) = differences([done()], [done(at=LATER)])
    assert (found.before, found.after) == (AT, LATER)


def test_what_moves_over_the_beginning_of_the_time_looked_at_moves_and_does_not_stop() -> None:
    (found,) = differences([done(at=LATER)], [done()], since=AT)
    assert found.what == "would-move"
    assert differences([done(at=LATER)], [done()], since=LATER) == []
