"""How are reputation's documents kept?

What reviewers and staff write is sealed under a key of the review's own: no client's key is known
here, and no client id stands in any document about a review. The site too is what somebody typed.
"""

from typing import Any

from services.reputation.ports import ASKS, LOW_REVIEWS, REPORTS, RESPONSES, REVIEWS
from shared.state.mappings import DocumentMapping

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        REVIEWS,
        sealed={"site", "text", "author_name", "url", "location_id"},
        person=lambda review: f"review:{review.review_key}",
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
    DocumentMapping(ASKS),
    DocumentMapping(LOW_REVIEWS),
)
