"""What is the desk told of all reviews?

``reviews.reputation`` is asked by the desk alone, in the name of a person it vouches for. No review
is joined to a client here, so there is nothing a wall would stand before.
"""

from collections.abc import Awaitable, Callable

from services.reputation.domain.review_list import Listed, Place, Wanted, latest_first, places_of
from services.reputation.ports import ReviewBook
from shared.contracts.fields import wire_instant
from shared.contracts.requests import Answer, RequestType
from shared.contracts.reviews import AskedRow, PlaceRow, ReviewRow, ReviewsAsked, ReviewsListed
from shared.contracts.task_kind import STAFF
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor

MOST = 5_000  # of the latest; with more, the page says that the oldest are left out


class ReviewsRequest(ReviewsAsked):
    """The question, and who asks it."""

    actor: Actor


REVIEWS_REQUEST = RequestType(
    "reviews",
    "Every review with what became of its reply, the stars of each site and location.",
    ReviewsRequest,
    (ReviewsListed,),
)
Books = Callable[[Runtime], ReviewBook]


def answer_reviews(books: Books) -> Callable[[Runtime, ReviewsRequest], Awaitable[Answer]]:
    """Answers it; RuleError for whoever has nothing to do with reviews."""

    async def answer(runtime: Runtime, asked: ReviewsRequest) -> Answer:
        if not set(STAFF) & set(asked.actor.roles):
            raise RuleError(f"Reviews are for: {', '.join(STAFF)}.", code="wrong-role")
        book = books(runtime)
        found = await book.latest(MOST + 1)
        every = latest_first(found)[:MOST]
        wanted = Wanted(
            site=asked.site, location=asked.location, stars=frozenset(asked.stars),
            state=asked.reply,
        )  # fmt: skip
        fitting = [each for each in every if wanted.fits(each)]
        shown = fitting[asked.start : asked.start + asked.limit]
        return ReviewsListed(
            rows=[_row(each) for each in shown],
            fitting=len(fitting),
            places=[_place(each) for each in places_of(every)],
            asked=[
                AskedRow(site=site, n=n, last_30_days=month, last_365_days=year)
                for site, n, month, year in await book.asked(runtime.clock.now())
            ],
            cut=len(found) > MOST,
        )

    return answer


def _row(listed: Listed) -> ReviewRow:
    review, response = listed.review, listed.response
    answered, at = listed.state == "answered", listed.answered_at
    approval = response.approval if response is not None and answered else None
    return ReviewRow(
        review_id=review.review_id,
        site=review.site,
        location=review.location_id or "",
        stars=review.stars,
        posted_at=wire_instant(review.posted_at) if review.posted_at else "",
        text=review.text or "",
        url=review.url or "",
        state=listed.state,
        reply=response.text if response is not None and answered else "",
        approved_by=approval.approver_id if approval is not None else "",
        answered_at=wire_instant(at) if at is not None else "",
        task_id=response.task_id if response is not None and listed.state == "waiting" else "",
    )


def _place(place: Place) -> PlaceRow:
    return PlaceRow(
        site=place.site, location=place.location, n=place.n, stars=list(place.stars),
        waiting=place.waiting, answered=place.answered,
    )  # fmt: skip
