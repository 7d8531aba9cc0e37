"""When does a reply need the approval of a lawyer, and why?"""

from services.reputation.domain.guard import Verdict
from services.reputation.domain.triage import Severity

FEW_STARS = 2


def why_a_lawyer(stars: int, severity: Severity, verdict: Verdict) -> str | None:
    """The reason, to be read after a colon; None where anybody of the firm may approve."""
    if verdict != "pass":
        return "not every sentence is one the firm has approved for such a review"
    if stars <= FEW_STARS:
        return "the review has one or two stars"
    if severity == "high":
        return "the review accuses somebody of something grave"
    return None
