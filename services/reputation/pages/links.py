"""Where does the link to words a client is asked about lead?

The token is derived from their id whenever the link is needed; it is stored nowhere.
"""

from services.reputation.ports import TESTIMONIALS
from services.reputation.settings import ReputationSettings
from shared.errors import RuleError
from shared.requests.links import LinkMaker
from shared.requests.tokens import make_token
from shared.state.unit_of_work import UnitOfWork

WORDS = "testimonial"


def words_link(settings: ReputationSettings) -> LinkMaker:
    """Answers reminders' question for the link to words a client is asked about."""

    def url(testimonial_id: str, unit: UnitOfWork) -> str:
        if unit.get(TESTIMONIALS, testimonial_id) is None:
            raise RuleError("there are no such words", code="unknown-testimonial")
        return settings.page_url() + words_path(settings, testimonial_id)

    return LinkMaker(WORDS, needs=lambda wanted, _: [TESTIMONIALS.one(wanted)], url=url)


def words_path(settings: ReputationSettings, testimonial_id: str) -> str:
    """The page on which they are read and answered."""
    return f"/t/{make_token(settings.page_key, WORDS, testimonial_id)}"
