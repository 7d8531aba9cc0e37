"""Which reviews fit, what became of each, and what do the stars of a place come to?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reputation.domain.response import Happened, Response
from services.reputation.domain.review import Review
from services.reputation.domain.review_list import Listed, Wanted, latest_first, places_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def listed(number: int = 1, state: str | None = None, **more: Any) -> Listed:
    facts: dict[str, Any] = {"review_key": f"k-{number}", "review_id": f"rv-{number}", "stars": 5,
                             "site": "google", "stamp": "2", "posted_at": NOON}  # fmt: skip
    review = Review(**facts | more)
    if state is None:
        return Listed(review=review)
    response: Any = Response(
        response_id="r", review_key=review.review_key, review_id=review.review_id,
        state=state,  # type: ignore[arg-type]  # the tests go through all of them
        history=(Happened(at=NOON, what="drafted"), Happened(at=NOON, what="published", by="s")),
    )  # fmt: skip
    return Listed(review=review, response=response)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "waiting"), ("approved", "waiting"), ("published", "answered"),
        ("no-response", "not-answered"), (None, "not-answered"),
    ],
)  # fmt: skip
def test_what_became_of_each_reply(state: str | None, said: str) -> None:
    assert listed(state=state).state == said


def test_what_its_site_removed_is_removed_whatever_was_replied_and_counts_nowhere() -> None:
    gone = listed(state="published", removed_stamp="3")
    assert (gone.state, gone.answered_at) == ("removed", None)
    assert places_of([gone]) == []


def test_a_reply_is_answered_when_it_was_put_there() -> None:
    assert listed(state="published").answered_at == NOON


def test_each_location_of_a_site_has_its_own_stars() -> None:
    found = places_of(
        [
            listed(1, "published", location_id="berlin"),
            listed(2, "draft", location_id="berlin", stars=1),
            listed(3, None, location_id="munich", stars=3),
            listed(4, None, site="avvo"),
        ]
    )
    assert [(p.site, p.location, p.stars, p.waiting, p.answered) for p in found] == [
        ("avvo", "", (0, 0, 0, 0, 1), 0, 0),
        ("google", "berlin", (1, 0, 0, 0, 1), 1, 1),
        ("google", "munich", (0, 0, 1, 0, 0), 0, 0),
    ]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(), True),
        (Wanted(site="google", location="berlin", stars=frozenset({5}), state="waiting"), True),
        (Wanted(site="avvo"), False),
        (Wanted(location=""), False),
        (Wanted(stars=frozenset({1})), False),
        (Wanted(state="answered"), False),
    ],
)
def test_only_what_was_looked_for_fits(wanted: Wanted, fits: bool) -> None:
    assert wanted.fits(listed(state="draft", location_id="berlin")) is fits


def test_the_latest_stands_first() -> None:
    found = latest_first([listed(1), listed(2, posted_at=NOON + timedelta(days=1))])
    assert [each.review.review_id for each in found] == ["rv-2", "rv-1"]
