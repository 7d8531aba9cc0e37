"""Does what falls due while somebody is away go to whoever acts for them?"""

from datetime import datetime, timedelta

import pytest

from services.desk.domain.absences import (
    Absence,
    away_at,
    keeps_from,
    with_absence,
    without_absence,
)
from shared.errors import RuleError
from tests.desk.facts import NOON

DAY = timedelta(days=1)
WEEK = Absence(since=NOON + DAY, until=NOON + 8 * DAY, substitute="lena")


@pytest.mark.parametrize(
    ("kind", "due_at", "now", "kept"),
    [
        ("deadline", NOON + 3 * DAY, NOON, True),
        ("deadline", NOON + 9 * DAY, NOON, False),
        ("deadline", NOON + 9 * DAY, NOON + 2 * DAY, False),
        ("deadline", NOON, NOON + 2 * DAY, True),
        ("call-client", NOON + 9 * DAY, NOON + 2 * DAY, True),
        ("call-client", NOON + 9 * DAY, NOON, False),
        ("follow-up", None, NOON, False),
        ("follow-up", None, NOON + DAY, True),
        ("deadline", NOON + 8 * DAY, NOON, False),
    ],
)
def test_who_is_away_when_it_falls_due_or_now_for_a_call_does_not_get_it(
    kind: str, due_at: datetime | None, now: datetime, kept: bool
) -> None:
    assert (keeps_from((WEEK,), kind, due_at, now) == WEEK) is kept


def test_an_absence_ends_with_its_last_day() -> None:
    assert away_at((WEEK,), WEEK.until - timedelta(seconds=1)) == WEEK
    assert away_at((WEEK,), WEEK.until) is None


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (NOON, NOON, "until"),
        (NOON - 3 * DAY, NOON - DAY, "until"),
        (NOON, NOON + 400 * DAY, "until"),
        (NOON + 2 * DAY, NOON + 3 * DAY, "since"),
    ],
)
def test_what_makes_no_sense_names_its_field(since: datetime, until: datetime, field: str) -> None:
    with pytest.raises(RuleError) as no:
        with_absence((WEEK,), Absence(since=since, until=until), NOON)
    assert no.value.field == field


def test_what_is_over_goes_and_the_same_first_day_replaces() -> None:
    over = Absence(since=NOON - 9 * DAY, until=NOON - 8 * DAY)
    longer = Absence(since=WEEK.since, until=WEEK.until + DAY)
    assert with_absence((over, WEEK), longer, NOON) == (longer,)
    assert without_absence((WEEK,), WEEK.since) == ()
