"""How are reputation's documents kept?

What reviewers and staff write is sealed under a key of the review's own: no client's key is known
here, and no client id stands in any document about a review. The site too is what somebody typed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from services.reputation.domain.response import response_id_for
from services.reputation.domain.review_list import Listed
from services.reputation.domain.testimonial import STATES, Testimonial, stands
from services.reputation.ports import (
    ASKS,
    BARS,
    LOW_REVIEWS,
    PUBLICATIONS,
    REPORTS,
    RESPONSES,
    REVIEWS,
    TESTIMONIALS,
)
from shared.engine.runtime import Runtime
from shared.mongo import Database, Document, answering
from shared.state.document_types import DocumentType
from shared.state.mappings import DocumentMapping

T = TypeVar("T")
QUERY_MILLISECONDS = 5000

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        REVIEWS,
        sealed={"site", "text", "author_name", "url", "location_id"},
        person=lambda review: f"review:{review.review_key}",
        indexes=[[("d.posted_at", -1)]],
    ),
    DocumentMapping(
        RESPONSES,
        sealed={"site", "text", "reason"},
        person=lambda response: f"review:{response.review_key}",
    ),
    DocumentMapping(
        REPORTS,
        sealed={"site", "words"},
        person=lambda report: f"review:{report.review_key}",
    ),
    DocumentMapping(
        PUBLICATIONS,
        sealed={"name"},
        person=lambda each: f"review:{each.review_key}",
        due=lambda each: each.due_at,
    ),
    DocumentMapping(ASKS, indexes=[[("d.site", 1), ("d.asked_at", 1)]]),
    DocumentMapping(LOW_REVIEWS),
    DocumentMapping(
        TESTIMONIALS,
        sealed={"text", "name", "elsewhere", "reason"},
        person=lambda testimonial: f"client:{testimonial.client_id}",
        indexes=[[("d.state", 1), ("d.published_at", -1)]],
    ),
    DocumentMapping(BARS),
)


class MongoPublished:
    """What stands published, read from the database: nothing is kept beside it."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def published(self, most: int) -> Sequence[Testimonial]:
        """The words that may be shown to everybody, the latest first; none of an erased client."""
        latest = [("d.published_at", -1)]
        found = await _read(
            self._runtime, TESTIMONIALS, {"d.state": "published"}, most, order=latest
        )
        return [each for each in found if stands(each)]


class MongoReviewBook:
    """Every review, read from the database."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def latest(self, most: int) -> Sequence[Listed]:
        """The latest reviews, each with its reply; one of which only the removal was heard of is
        none.
        """
        known = {"d.stars": {"$gt": 0}}
        reviews = await _read(self._runtime, REVIEWS, known, most, order=[("d.posted_at", -1)])
        wanted = [response_id_for(each.review_key) for each in reviews]
        replies = await _read(self._runtime, RESPONSES, {"_id": {"$in": wanted}}, most)
        by_id = {each.response_id: each for each in replies}
        return [
            Listed(review=each, response=by_id.get(response_id_for(each.review_key)))
            for each in reviews
        ]

    async def asked(self, now: datetime) -> Sequence[tuple[str, int, int, int]]:
        """How many clients were asked, by site: ever, in the last 30 days, in the last 365."""
        stages = [
            {
                "$group": {
                    "_id": "$d.site",
                    "n": {"$sum": 1},
                    "month": {"$sum": _since(now - timedelta(days=30))},
                    "year": {"$sum": _since(now - timedelta(days=365))},
                }
            },
            {"$sort": {"_id": 1}},
        ]
        collection = self._runtime.db.collection(ASKS.collection)
        with answering():
            rows = await collection.aggregate(stages, maxTimeMS=QUERY_MILLISECONDS).to_list(None)
        return [(row["_id"], row["n"], row["month"], row["year"]) for row in rows]


async def count_testimonials(database: Database) -> list[tuple[str, int]]:
    """How many testimonials stand in each state, counted in the index of states."""
    collection = database.collection(TESTIMONIALS.collection)
    with answering():
        return [(each, await collection.count_documents({"d.state": each})) for each in STATES]


def _since(instant: datetime) -> Document:
    return {"$cond": [{"$gte": ["$d.asked_at", instant]}, 1, 0]}


async def _read(
    runtime: Runtime, kind: DocumentType[T], query: Document, most: int,
    order: Sequence[tuple[str, int]] = (("_id", 1),),
) -> list[T]:  # fmt: skip
    found = runtime.db.collection(kind.collection).find(query).sort(list(order)).limit(most)
    with answering():
        rows = await found.max_time_ms(QUERY_MILLISECONDS).to_list(None)
    return await runtime.store.opened(kind, rows)
