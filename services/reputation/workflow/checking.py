"""What does the guard say about a reply to this review, and who is told?"""

from services.reputation.domain.draft import FirmProfile, mood_of
from services.reputation.domain.guard import Judgement, Occasion, judge, version_of
from services.reputation.domain.lawyers_reading import why_a_lawyer
from services.reputation.domain.repeated_facts import Reviewed
from services.reputation.domain.response import Response, hash_of
from services.reputation.domain.review import Review
from services.reputation.domain.sites import reply_limit
from shared.contracts.reputation import ReviewResponseChecked
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork

SHOWN_FINDINGS = 5


def judged(text: str, review: Review, firm: FirmProfile, limit: int | None = None) -> Judgement:
    """The guard's judgement of this text under this review."""
    occasion = Occasion(
        mood=mood_of(review.stars),
        site=review.site,
        limit=limit or reply_limit(review.site),
        language=review.language,
        profile=firm.profile,
        phone=firm.phone,
        reviewed=Reviewed(text=review.text or "", author=review.author_name or ""),
    )
    return judge(text, occasion, firm.approved)


def let_through(text: str, review: Review, firm: FirmProfile) -> Judgement:
    """The same, but a refused text is a RuleError that names rules and places, never the words."""
    judgement = judged(text, review, firm)
    if judgement.verdict == "refuse":
        raise RuleError(_said(judgement), code="guard", field="text")
    return judgement


def refuse_plain_leaks(
    text: str, review: Review, firm: FirmProfile, *, limit: int, field: str
) -> None:
    """A RuleError where a text that is no reply, but goes out too, plainly tells something."""
    judgement = judged(text, review, firm, limit)
    if judgement.verdict == "refuse":
        raise RuleError(_said(judgement), code="guard", field=field)


def lawyer_because(judgement: Judgement, review: Review) -> str | None:
    """Why a lawyer has to approve it; None where nobody in particular has to."""
    return why_a_lawyer(review.stars, review.severity, judgement.verdict)


def announce_checked(
    response: Response, judgement: Judgement, firm: FirmProfile, unit: UnitOfWork
) -> None:
    """Say by which rules exactly this text was judged, and how."""
    if judgement.verdict == "refuse":
        return
    unit.announce(
        ReviewResponseChecked(
            response_id=response.response_id,
            review_id=response.review_id,
            text_hash=hash_of(response.text),
            verdict=judgement.verdict,
            rules=judgement.rules,
            guard_version=version_of(firm.approved),
        )
    )


def _said(judgement: Judgement) -> str:
    refusing = [each for each in judgement.findings if each.refuses]
    shown = []
    for each in refusing[:SHOWN_FINDINGS]:
        instead = f". Instead: {each.suggestion}" if each.suggestion else ""
        place = f"characters {each.start + 1} to {each.end} ({each.rule})"
        shown.append(f"{place}: {each.message}{instead}")
    more = len(refusing) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")
