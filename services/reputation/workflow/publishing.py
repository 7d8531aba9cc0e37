"""An approved reply goes onto a site that takes it from programs: what is handed over, and what
follows from what the site says?

Claimed in one transaction, handed over outside it. Found in hand although its process is gone, it
goes again: the site is always asked first what stands there, so that nothing is said twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.reputation.domain.publication import (
    Publication,
    begun,
    claimed,
    ended,
    let_go,
    may_be_there,
    name_at_site,
    put_off,
    submitted,
)
from services.reputation.domain.response import Response, hash_of, published
from services.reputation.domain.review import Review, stands
from services.reputation.ports import PUBLICATIONS, RESPONSES, REVIEWS, FirmConfig, SiteOutcome
from services.reputation.workflow.posting import put_back
from shared.channels import HAND_OVER_TIME, Outcome, Result, has_let_go
from shared.contracts.reputation import ReviewResponsePublished
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

OUTSIDE, GONE = "outside-reply", "review-gone"
WHY_BY_HAND = {
    OUTSIDE: "Another reply stands under the review, which Clientele did not put there: it is not"
    " written over. See whether ours is to take its place.",
    GONE: "The site does not know the review any more: see whether it still stands.",
}
NOT_TAKEN = (
    "The site did not take the reply from us, or does not show it: post it by hand, or see why."
)


@dataclass
class Publishing:
    """Which process hands over: ``<replica>:<start>``, once it has started."""

    sender: str = ""


@dataclass(frozen=True)
class PublicationSteps:
    """The steps of every reply on its way."""

    publishing: Publishing
    config: FirmConfig

    def needs(self, publication: Publication, _: ReadSoFar) -> Iterable[Need]:
        """The reply and its review."""
        yield RESPONSES.one(publication.response_id)
        yield REVIEWS.one(publication.review_key)

    def step(self, publication: Publication, unit: UnitOfWork) -> None:
        """Take it in hand, unless its reply is not approved any more."""
        if not self._is_wanted(publication, unit):
            unit.put(PUBLICATIONS, ended(publication, "void"))
        elif publication.handed_by is not None and not self._is_let_go(publication, unit):
            unit.put(PUBLICATIONS, replace(publication, due_at=publication.hand_over_until))
        else:
            ours = may_be_there(publication)
            until = unit.now + HAND_OVER_TIME
            unit.put(PUBLICATIONS, claimed(ours, self.publishing.sender, until))

    def is_in_hand(self, publication: Publication) -> bool:
        """Whether this very process is handing it over."""
        return publication.handed_by == self.publishing.sender

    def needs_of_recording(self, publication: Publication, unit: ReadSoFar) -> Iterable[Need]:
        """It as it is by then, the reply and its review."""
        yield PUBLICATIONS.one(publication.response_id)
        yield from self.needs(publication, unit)

    def record(self, publication: Publication, outcome: Outcome, unit: UnitOfWork) -> None:
        """Keep what became of it, unless it has left these hands meanwhile."""
        current = unit.get(PUBLICATIONS, publication.response_id)
        if current is None or not self.is_in_hand(current):
            return
        response = unit.get(RESPONSES, current.response_id)
        review = unit.get(REVIEWS, current.review_key)
        if response is None or review is None or not self._is_wanted(current, unit):
            unit.put(PUBLICATIONS, ended(current, "void"))
        elif outcome.result is Result.NOT_TRIED:
            unit.put(PUBLICATIONS, let_go(current, unit.now))
        elif outcome.result is Result.HANDED_OVER:
            self._taken(current, response, review, outcome, unit)
        elif outcome.result in (Result.RETRY, Result.UNKNOWN):
            later = put_off(current, outcome.reason or outcome.result.value, unit.now)
            self._later(current, later, response, unit)
        else:
            self._by_hand(current, response, outcome.reason or "refused", unit)

    def _taken(
        self,
        current: Publication,
        response: Response,
        review: Review,
        outcome: Outcome,
        unit: UnitOfWork,
    ) -> None:
        state = outcome.state if isinstance(outcome, SiteOutcome) else "submitted"
        if state == "live":
            unit.put(PUBLICATIONS, ended(current, "live"))
            after = published(response, review.revision, response.site, unit.now)
            unit.put(RESPONSES, after)
            unit.announce(
                ReviewResponsePublished(
                    response_id=after.response_id,
                    review_id=after.review_id,
                    text_hash=hash_of(after.text),
                    site=after.site,
                )
            )
        elif state == "rejected":
            reason = outcome.reason or "no reason given"
            unit.put(PUBLICATIONS, ended(current, "rejected", reason))
            put_back(self.config, response, review, reason, response.site, unit)
        else:
            self._later(current, submitted(current, unit.now), response, unit)

    def _later(
        self, current: Publication, later: Publication | None, response: Response, unit: UnitOfWork
    ) -> None:
        if later is not None:
            unit.put(PUBLICATIONS, later)
        else:
            self._by_hand(current, response, current.reason or "not-shown", unit)

    def _by_hand(
        self, current: Publication, response: Response, reason: str, unit: UnitOfWork
    ) -> None:
        unit.put(PUBLICATIONS, ended(current, "by-hand", reason))
        why = WHY_BY_HAND.get(reason, NOT_TAKEN)
        unit.put(RESPONSES, self.config.sites.by_hand.publish(response, unit, why))

    def _is_let_go(self, publication: Publication, unit: UnitOfWork) -> bool:
        sender, until = self.publishing.sender, publication.hand_over_until
        return has_let_go(sender, publication.handed_by, until, unit.now)

    def _is_wanted(self, publication: Publication, unit: UnitOfWork) -> bool:
        """Whether exactly this text is still approved, for the review as it stands."""
        response = unit.get(RESPONSES, publication.response_id)
        review = unit.get(REVIEWS, publication.review_key)
        if response is None or review is None or response.state != "approved":
            return False
        approval = response.approval
        same = approval is not None and approval.text_hash == publication.text_hash
        return same and hash_of(response.text) == publication.text_hash and stands(review)


def begin(response: Response, unit: UnitOfWork) -> bool:
    """Have an approved reply go by itself; whether the site's interface knows its review."""
    review = unit.get(REVIEWS, response.review_key)
    name = name_at_site(review) if review else None
    if review is None or name is None:
        return False
    before = unit.get(PUBLICATIONS, response.response_id)
    text = hash_of(response.text)
    unit.put(PUBLICATIONS, begun(before, response.response_id, review, name, text, unit.now))
    return True
