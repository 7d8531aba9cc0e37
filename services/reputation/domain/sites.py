"""What do the review sites allow?

Where clients may be asked for a review at all is fixed here, not in a setting: a site that forbids
asking is only watched.
"""

from typing import Final

MONITOR_ONLY: Final = frozenset({"yelp"})
"""Sites that forbid asking anybody for a review. We read and answer there, we never ask."""

REPLY_LIMITS: Final = {
    "google": 4096,
    "trustpilot": 2048,
    "yelp": 5000,
    "facebook": 8000,
    "provenexpert": 1000,
    "anwalt-de": 1000,
    "avvo": 2000,
}
CAUTIOUS_LIMIT: Final = 1000


def normal_site(site: str) -> str:
    """One spelling per site."""
    return site.strip().lower()


def reply_limit(site: str) -> int:
    """How many characters a reply may have there; a longer one is refused, never cut."""
    return REPLY_LIMITS.get(normal_site(site), CAUTIOUS_LIMIT)


def may_ask_on(site: str) -> bool:
    """Whether clients may be asked for a review there."""
    return normal_site(site) not in MONITOR_ONLY
