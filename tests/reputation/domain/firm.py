"""A firm that answers with the sentences Clientele ships."""

from functools import cache
from typing import Any

from services.reputation.domain.approved_replies import Profile
from services.reputation.domain.draft import FirmProfile
from services.reputation.domain.guard import Judgement, Occasion, judge
from services.reputation.domain.repeated_facts import Reviewed
from services.reputation.settings import ReputationSettings

REVIEWED = Reviewed(
    text="They ruined the sale of my bakery and Mr Weber never called back.", author="Maria Kovac"
)


@cache
def firm(profile: Profile = "strict") -> FirmProfile:
    """Its profile."""
    return ReputationSettings(reply_profile=profile).firm_profile()


def judged(text: str, **occasion: Any) -> Judgement:
    """What the guard says to this text, under a bad English review unless said otherwise."""
    facts: dict[str, Any] = {
        "mood": "bad",
        "site": "google",
        "limit": 4096,
        "language": "en",
        "reviewed": REVIEWED,
        **occasion,
    }
    return judge(text, Occasion(**facts), firm().approved)


def noticed(text: str, **occasion: Any) -> set[str]:
    """The rules that noticed something in it."""
    return set(judged(text, **occasion).rules)
