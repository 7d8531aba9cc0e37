"""Is what has to do with a review due in business days of the firm, counted from now?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.reputation.settings import ReputationSettings

TIMES = ReputationSettings(firm_holidays="DE", firm_zone="Europe/Berlin").reply_times()
GOOD_FRIDAY_EVE = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)  # the next business day is Tuesday


def test_over_easter_nothing_is_due() -> None:
    assert TIMES.posting_due(GOOD_FRIDAY_EVE) == datetime(2026, 4, 7, 9, 0, tzinfo=UTC)


def test_the_worse_the_sooner() -> None:
    due = [TIMES.answer_due(severity, GOOD_FRIDAY_EVE) for severity in ("high", "medium", "low")]
    assert due == sorted(set(due))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_nothing_is_born_overdue(now: datetime) -> None:
    instants = (TIMES.posting_due(now), TIMES.look_due(now), TIMES.answer_due("high", now))
    assert min(instants) - now > timedelta(hours=1)


def test_a_firm_may_give_itself_other_days() -> None:
    settings = ReputationSettings(answer_review_days={"low": 10}, post_reply_days=2)
    times = settings.reply_times()
    assert times.answering == {"high": 1, "medium": 2, "low": 10}
    assert times.posting == 2


def test_no_firm_can_want_it_at_once() -> None:
    with pytest.raises(ValidationError, match="at least one business day"):
        ReputationSettings(post_reply_days=0)
