"""What is announced of a month that is over, and when?"""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from services.feedback.domain.month_measured import (
    month_to_measure,
    satisfaction_of_month,
    span_of,
)
from services.feedback.domain.tally import Tally
from shared.calendar import BusinessDays, FirmCalendar

BERLIN = ZoneInfo("Europe/Berlin")
FIRM = FirmCalendar(days=BusinessDays("DE"), zone=BERLIN, opens=time(9), closes=time(17))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def tally(scope: str, **counts: int) -> Tally:
    said = {label.replace("_", "|"): n for label, n in counts.items()}
    return Tally(measure="satisfaction", month="2026-10", scope=scope, counts=said)


def test_a_month_is_measured_from_the_first_hour_the_firm_works_in_the_next() -> None:
    assert month_to_measure(at("2026-11-01T12:00"), FIRM) is None  # a Sunday
    assert month_to_measure(at("2026-11-02T08:59"), FIRM) is None
    assert month_to_measure(at("2026-11-02T09:00"), FIRM) == "2026-10"
    assert month_to_measure(at("2026-11-30T23:59"), FIRM) == "2026-10"


def test_on_new_years_day_the_firm_rests() -> None:
    assert month_to_measure(at("2027-01-01T10:00"), FIRM) is None
    assert month_to_measure(at("2027-01-04T09:00"), FIRM) == "2026-12"


def test_a_month_lasts_as_long_as_on_the_firms_clocks() -> None:
    since, until = span_of("2026-10", BERLIN)
    assert since.astimezone(UTC).isoformat() == "2026-09-30T22:00:00+00:00"
    assert until.astimezone(UTC).isoformat() == "2026-10-31T23:00:00+00:00"


def test_each_scope_tells_each_question_over_its_own_answers() -> None:
    told = satisfaction_of_month([tally("firm", nps_9=1, nps_3=1, csat_5=4, ces_6=2)], fewest=5)
    assert [(each.metric, float(each.value), each.n) for each in told] == [
        ("nps", 0.0, 2), ("csat", 100.0, 4)
    ]  # fmt: skip


def test_a_lawyer_whom_a_few_answered_about_is_not_told_of_and_the_firm_is() -> None:
    tallies = [tally("owner:s-1", nps_9=4, csat_4=5), tally("stage:closing", nps_9=5),
               tally("firm", nps_9=4)]  # fmt: skip
    told = satisfaction_of_month(tallies, fewest=5)
    assert [(each.scope, each.of, each.metric) for each in told] == [
        ("firm", None, "nps"), ("owner", "s-1", "csat"), ("stage", "closing", "nps")
    ]  # fmt: skip


def test_a_question_nobody_answered_has_no_figure() -> None:
    assert list(satisfaction_of_month([tally("firm")], fewest=5)) == []
