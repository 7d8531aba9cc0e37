"""How does an approved reply get onto a site that takes it from programs, and what became of it?

Handed over, it is submitted: the site looks at it, and shows it or refuses it for a reason. A reply
that somebody else wrote there is never written over: a person decides what there is to do about it.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from services.reputation.domain.review import Review
from shared.channels import retry_at

Stage = Literal["waiting", "submitted", "live", "rejected", "by-hand", "void"]
LOOKS = (
    timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6),
    *(timedelta(days=1),) * 6,
)  # fmt: skip
"""When it is looked whether the site shows what was submitted; after the last a person looks."""
MOST_RETRIES = 20
_NAME = re.compile(r"accounts/[\w-]{1,64}/locations/[\w-]{1,64}/reviews/[\w-]{1,200}")
_LOCATION = re.compile(r"accounts/[\w-]{1,64}/locations/[\w-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The way of one reply onto its site. No word of it stands here."""

    response_id: str
    review_key: str
    name: str = ""  # sealed: of the review, as the site's interface calls it
    text_hash: str
    stage: Stage = "waiting"
    due_at: datetime | None = None
    handed_by: str | None = None  # the process that hands it over now
    hand_over_until: datetime | None = None
    retries: int = 0
    looks: int = 0
    put: tuple[str, ...] = ()  # hashes of what we put there, which may be written over by us
    reason: str = ""  # what the site said last, as a code


def name_at_site(review: Review) -> str | None:
    """What the site's interface calls the review; None: nobody told us."""
    if _NAME.fullmatch(review.review_id):
        return review.review_id
    if review.location_id and _LOCATION.fullmatch(review.location_id):
        name = f"{review.location_id}/reviews/{review.review_id}"
        return name if _NAME.fullmatch(name) else None
    return None


def begun(
    before: Publication | None,
    response_id: str,
    review: Review,
    name: str,
    text: str,
    now: datetime,
) -> Publication:
    """It is to go now; ``text``: the hash of exactly what was approved."""
    return Publication(
        response_id=response_id,
        review_key=review.review_key,
        name=name,
        text_hash=text,
        due_at=now,
        put=before.put if before else (),
    )


def claimed(publication: Publication, sender: str, until: datetime) -> Publication:
    """This process hands it over, and nobody else before then."""
    return replace(publication, handed_by=sender, hand_over_until=until, due_at=until)


def let_go(publication: Publication, due_at: datetime | None) -> Publication:
    """Nobody has it in hand."""
    return replace(publication, handed_by=None, hand_over_until=None, due_at=due_at)


def ended(publication: Publication, stage: Stage, reason: str = "") -> Publication:
    """Nothing more is done about it by itself."""
    return replace(let_go(publication, None), stage=stage, reason=reason)


def may_be_there(publication: Publication) -> Publication:
    """It may stand there from now on: whatever the answer, it is ours."""
    hashes = dict.fromkeys((*publication.put, publication.text_hash))
    return replace(publication, put=tuple(hashes))


def submitted(publication: Publication, now: datetime) -> Publication | None:
    """The site has it and looks at it; None: for so long that a person has to look."""
    looks = publication.looks
    if looks >= len(LOOKS):
        return None
    waits = let_go(publication, now + LOOKS[looks])
    return replace(waits, stage="submitted", looks=looks + 1, retries=0, reason="")


def put_off(publication: Publication, reason: str, now: datetime) -> Publication | None:
    """It could not be handed over, or nobody answered; None: too often."""
    if publication.retries >= MOST_RETRIES:
        return None
    later = let_go(publication, retry_at(now, min(publication.retries, 10)))
    return replace(later, retries=publication.retries + 1, reason=reason)
