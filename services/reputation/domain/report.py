"""For what reasons can a review be reported to its site, and what became of it?

Each site has a closed list of its own; where we do not know one, the reasons are general. A report
ends with what the site did, as somebody saw it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from services.reputation.domain.sites import normal_site
from shared.contracts.keys import id_made_of
from shared.errors import RuleError

GENERAL: Final = {
    "not-genuine": "It is not about an experience of the writer's own",
    "conflict-of-interest": "It was written by somebody with an interest of their own",
    "off-topic": "It is not about this firm",
    "personal-information": "It shows personal information",
    "insult": "It insults or harasses somebody",
    "unlawful": "It is unlawful",
    "advertising": "It is advertising or spam",
}
OF_SITE: Final[dict[str, dict[str, str]]] = {
    "google": {
        "off-topic": "Off topic",
        "spam": "Spam",
        "conflict-of-interest": "Conflict of interest",
        "profanity": "Profanity",
        "harassment": "Bullying or harassment",
        "hate-speech": "Discrimination or hate speech",
        "personal-information": "Personal information",
        "not-helpful": "Not helpful",
    },
    "yelp": {
        "false-information": "It contains false information",
        "affiliated": "It was posted by someone affiliated with the business",
        "competitor": "It was posted by a competitor or ex-employee",
        "hate-speech": "It contains threats, lewdness or hate speech",
        "not-genuine": "It doesn't describe a personal consumer experience",
        "personal-information": "It violates Yelp's privacy standards",
        "advertising": "It contains promotional material",
    },
    "trustpilot": {
        "harmful": "It is harmful or illegal",
        "personal-information": "It contains personal information",
        "advertising": "It contains advertising or is promotional",
        "not-genuine": "It is not based on a genuine experience",
        "other-business": "It is about a different business",
    },
}
LONGEST_WORDS: Final = 2000
Outcome = Literal["removed", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of a review to its site."""

    report_id: str
    review_key: str
    review_id: str
    site: str = ""  # sealed
    reason: str
    reported_at: datetime
    reported_by: str
    words: str = ""  # sealed: what the site was told
    looks: int = 0
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    task_id: str = ""


def reasons_of(site: str) -> dict[str, str]:
    """The reasons its form offers, in words."""
    return OF_SITE.get(normal_site(site), GENERAL)


def every_reason() -> tuple[str, ...]:
    """Every reason of any site."""
    return tuple(sorted({reason for each in (GENERAL, *OF_SITE.values()) for reason in each}))


def check_reason(site: str, reason: str) -> None:
    """Refuse a reason this site does not know."""
    known = reasons_of(site)
    if reason not in known:
        names = "; ".join(known.values())
        raise RuleError(
            f"{site.capitalize()} offers these reasons: {names}.",
            code="unknown-reason",
            field="report_reason",
        )


def report_id_for(review_key: str, decision_id: str) -> str:
    """The report a decision makes."""
    return id_made_of("report", review_key, decision_id)


def looked_at(report: Report) -> Report:
    """Somebody looked, and the site had not decided."""
    return replace(report, looks=report.looks + 1)


def ended(report: Report, outcome: Outcome, now: datetime) -> Report:
    """The site has decided."""
    return replace(report, outcome=outcome, ended_at=now)
