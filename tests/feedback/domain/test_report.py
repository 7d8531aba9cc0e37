"""Does a report compare, hide what too few said, and give the published values?"""

import pytest

from services.feedback.domain.figures import figures_of
from services.feedback.domain.report import months_until, report_of
from services.feedback.domain.tally import Tally


def tally(month: str, scope: str = "firm", **counts: int) -> Tally:
    """``nps_10=4``: four answers of ten."""
    said = {label.replace("_", "|", 1): n for label, n in counts.items()}
    return Tally(measure="satisfaction", month=month, scope=scope, counts=said)


def value(measure: str, counts: dict[str, int], name: str, group: str = "all") -> float | None:
    found = next(each for each in figures_of(measure, counts)
                 if (each.name, each.group) == (name, group))  # fmt: skip
    return None if found.value is None else float(found.value)


def test_months_run_back_over_the_turn_of_a_year() -> None:
    assert months_until("2026-02", 4) == ("2025-11", "2025-12", "2026-01", "2026-02")


def test_the_net_promoter_score_is_promoters_less_detractors() -> None:
    # Reichheld, HBR 12/2003: the share of 9 and 10 less that of 0 to 6
    counts = {"nps|10": 40, "nps|9": 10, "nps|8": 20, "nps|7": 10, "nps|6": 5, "nps|0": 15}
    assert value("satisfaction", counts, "nps") == 30.0


def test_satisfaction_is_the_share_of_the_upper_two_boxes() -> None:
    counts = {"csat|5": 30, "csat|4": 45, "csat|3": 15, "csat|1": 10}
    assert value("satisfaction", counts, "csat") == 75.0


def test_effort_is_the_mean_from_one_to_seven() -> None:
    assert value("satisfaction", {"ces|7": 2, "ces|5": 1, "ces|1": 1}, "ces") == 5.0


def test_the_interval_of_the_net_promoter_score_is_that_of_its_mean() -> None:
    figure = figures_of("satisfaction", {"nps|10": 50, "nps|8": 30, "nps|2": 20})[0]
    assert figure.interval is not None
    # mean 0.3, sum of squares 70; sample variance (70 - 9) / 99; z = 1.959964
    half = 100 * 1.959964 * ((70 - 9) / 99 / 100) ** 0.5
    assert figure.interval.high == pytest.approx(30 + half, abs=1e-4)


def test_a_report_compares_with_as_many_months_before() -> None:
    tallies = [tally("2026-01", nps_2=4), tally("2026-02", nps_10=4)]
    report = report_of("satisfaction", "firm", tallies, ("2026-02",), ("2026-01",), 5)
    nps = report.figures[0]
    assert nps.before is not None
    assert nps.figure.value == 100
    assert nps.before.value == -100


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_what_fewer_than_five_said_of_a_lawyer_is_not_shown(n: int, shown: bool) -> None:
    tallies = [tally("2026-02", scope="owner:s-1", nps_10=n), tally("2026-02", nps_10=n)]
    report = report_of("satisfaction", "firm", tallies, ("2026-02",), ("2026-01",), 5)
    nps = report.by_scope["owner:s-1"][0]
    assert (nps.figure.value is not None, nps.too_few) == (shown, not shown)
    assert nps.figure.labels == (("nps|10",) if shown else ())
    assert report.figures[0].figure.n == n  # of the firm as a whole it is


def asks(**counts: int) -> bool | None:
    said = {label.replace("_", "|"): n for label, n in counts.items()}
    tallies = [Tally(measure="asks", month="2026-02", scope="firm", counts=said)]
    return report_of("asks", "firm", tallies, ("2026-02",), (), 5).alike


def test_everybody_asked_is_asked_alike() -> None:
    assert asks(promoter_due=3, promoter_asked=3, detractor_due=1, detractor_asked=1) is True


def test_equal_rates_are_alike_and_unequal_ones_are_not() -> None:
    assert asks(promoter_due=80, promoter_asked=60, detractor_due=40, detractor_asked=30) is True
    assert asks(promoter_due=80, promoter_asked=78, detractor_due=40, detractor_asked=20) is False


def test_of_a_few_it_says_nothing() -> None:
    assert asks(promoter_due=2, promoter_asked=1, detractor_due=2, detractor_asked=2) is None
