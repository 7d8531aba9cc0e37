"""Which clients are asked for a public review?

All of them, the same way. The function that decides can see the firm's own setting and nothing
else: no score, no complaint, no review, not even the client. That is what makes asking fair, and a
test reads its signature to keep it so.
"""

from dataclasses import dataclass
from datetime import datetime

from services.reputation.domain.sites import may_ask_on, normal_site
from shared.contracts.keys import id_made_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingSite:
    """Where the firm wants to be reviewed, the same for everybody."""

    site: str
    page_url: str
    is_sample: bool = False  # no client may be led there

    def __post_init__(self) -> None:
        if not may_ask_on(self.site):
            raise ValueError(f"{normal_site(self.site)} forbids asking for reviews")
        if not self.page_url.startswith(("https://", "http://")):
            raise ValueError("the review page needs a web address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What every client is asked: to write a review there, if they like."""

    site: str
    page_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAsk:
    """One client was asked about one matter; kept so that nobody is asked twice."""

    ask_id: str
    client_id: str
    matter_id: str
    site: str
    asked_at: datetime


def ask_for(site: AskingSite) -> Ask:
    """The ask: identical for every client, whatever they think of the firm."""
    return Ask(site=normal_site(site.site), page_url=site.page_url)


def ask_id_for(matter_id: str) -> str:
    """The one ask of a matter."""
    return id_made_of("ask", matter_id)
