"""Is it noticed, once, that unusually many reviews with few stars stand at one location?"""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.reputation.ports import LOW_REVIEWS
from shared.contracts.firm import ReviewRemoved
from shared.contracts.incidents import ReviewSpikeDetected
from tests.fakes.memory import START, MemoryService
from tests.reputation.office import new_office, review

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def stands(
    office: MemoryService, nth: int, at: datetime = START, stars: int = 1, **more: Any
) -> None:
    told = {"location_id": "berlin", **more}
    office.hear(review(review_id=f"rv-{nth}", stars=stars, posted_at=at, **told))


def spikes(office: MemoryService) -> list[ReviewSpikeDetected]:
    return office.announced_of(ReviewSpikeDetected)


def test_three_of_two_stars_at_one_location_in_a_day_are_said_exactly_once() -> None:
    office = new_office()
    for nth in range(7):
        stands(office, nth, START - nth * HOUR, stars=1 + nth % 2)
    (said,) = spikes(office)
    assert (said.location_id, said.window_hours, said.count, said.baseline) == ("berlin", 24, 3, 0)
    assert said.at == START


def test_two_in_a_day_are_none() -> None:
    office = new_office()
    for nth in range(5):
        stands(office, nth, START - nth * timedelta(hours=13))
    assert spikes(office) == []


def test_three_stars_and_more_do_not_count() -> None:
    office = new_office()
    for nth, stars in enumerate((1, 2, 3, 4, 5)):
        stands(office, nth, stars=stars)
    assert spikes(office) == []


def test_each_location_is_counted_for_itself_and_one_unnamed_is_the_firm() -> None:
    office = new_office()
    for nth, place in enumerate(("berlin", "bonn", None, "berlin", "bonn", None, None)):
        stands(office, nth, location_id=place)
    assert [each.location_id for each in spikes(office)] == ["firm"]


def test_the_same_review_told_again_or_changed_counts_once() -> None:
    office = new_office()
    for text in ("Bad.", "Bad.", "Very bad.", "Dreadful."):
        office.now += HOUR
        stands(office, 1, text=text)
    assert spikes(office) == []


def test_what_was_raised_or_removed_before_the_third_does_not_count() -> None:
    office = new_office()
    stands(office, 1)
    stands(office, 2)
    office.now += HOUR
    stands(office, 1, stars=5)
    office.hear(ReviewRemoved(review_id="rv-2", site="google"))
    stands(office, 3)
    stands(office, 4)
    assert spikes(office) == []
    assert sorted(office.all(LOW_REVIEWS)[0].posted.values()) == [START, START]


def test_a_spike_that_goes_on_is_the_same_and_one_after_a_quiet_day_another() -> None:
    office = new_office()
    for nth in range(12):
        office.now = START + nth * 6 * HOUR
        stands(office, nth, office.now)
    assert len(spikes(office)) == 1
    office.now += 3 * DAY
    for nth in range(3):
        stands(office, 50 + nth, office.now)
    assert len(spikes(office)) == 2


def test_where_many_are_usual_more_are_needed() -> None:
    office = new_office()
    for day in range(60, 1, -1):
        for nth in range(2):
            office.now = START - day * DAY
            stands(office, 10 * day + nth, office.now)
    office.now = START
    said = len(spikes(office))
    for nth in range(3):
        stands(office, 1000 + nth, START)
    assert len(spikes(office)) == said
    for nth in range(3):
        stands(office, 2000 + nth, START)
    (last,) = spikes(office)[said:]
    assert last.baseline > 1


def test_the_past_told_at_once_is_no_alarm() -> None:
    office = new_office()
    for nth in range(5):
        office.hear(review(review_id=f"h-{nth}", posted_at=START), history=True)
        stands(office, nth, START - 30 * DAY, location_id="bonn")
    assert spikes(office) == []


@given(st.permutations(range(3)), st.lists(st.sampled_from(range(3)), max_size=3))
def test_in_any_order_and_with_repeats_one_spike_is_said(
    order: list[int], repeats: list[int]
) -> None:
    office = new_office()
    for nth in [*order, *repeats]:
        stands(office, nth, START - nth * 10 * HOUR)
    assert len(spikes(office)) == 1


def test_the_firm_settles_how_many_within_which_time() -> None:
    office = new_office(review_spike_count=2, review_spike_hours=1)
    stands(office, 1, START - 2 * HOUR)
    stands(office, 2, START - HOUR / 2)
    assert spikes(office) == []
    stands(office, 3, START)
    assert spikes(office)[0].window_hours == 1
