"""What does reputation hold of one client, and what becomes of it when they ask?

That they were asked for a review, and words of theirs that they agreed to publish: these go, and
stand nowhere any more. No review is joined to a client here.
"""

from typing import Any

from services.reputation.domain.publication_bars import PublicationBars, joined
from services.reputation.domain.testimonial import Testimonial
from services.reputation.ports import ASKS, BARS, TESTIMONIALS
from shared.engine.records import Part, Records
from shared.engine.records_parts import by_client, by_key, with_client
from shared.engine.records_told import plainly

AMONG_STAFF = "privileged: what the firm may not do about them, for reasons of its own"


def _words(testimonial: Testimonial) -> dict[str, Any]:
    said = plainly(testimonial)
    return {name: said[name] for name in ("text", "name", "state", "matter_id", "consent",
                                          "published_at") if name in said}  # fmt: skip


def _of_firm(_: PublicationBars) -> str:
    return AMONG_STAFF


RECORDS = Records(
    parts=(
        Part(kind=ASKS, data_class="messages", found=by_client, told=plainly, moved=with_client),
        Part(
            kind=TESTIMONIALS,
            data_class="feedback",
            found=by_client,
            told=_words,
            moved=with_client,
        ),
        Part(
            kind=BARS,
            data_class="contact-data",
            found=by_key,
            withheld=_of_firm,
            moved=with_client,
            joined=joined,
        ),
    )
)
