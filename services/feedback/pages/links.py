"""Where does a survey's link lead?

The token is derived from the survey's id whenever the link is needed; it is stored nowhere.
"""

from collections.abc import Iterable

from services.feedback.ports import SURVEYS
from services.feedback.settings import FeedbackSettings
from shared.errors import RuleError
from shared.requests.links import LinkMaker
from shared.requests.tokens import make_token
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

PURPOSE = "survey"


def survey_link(settings: FeedbackSettings) -> LinkMaker:
    """Answers reminders' question for the link of an invitation."""

    def url(survey_id: str, unit: UnitOfWork) -> str:
        if unit.get(SURVEYS, survey_id) is None:
            raise RuleError("there is no such survey", code="unknown-survey")
        token = make_token(settings.survey_key, PURPOSE, survey_id)
        return f"{settings.survey_url()}/s/{token}"

    return LinkMaker(PURPOSE, needs=_needs, url=url)


def _needs(survey_id: str, _: ReadSoFar) -> Iterable[Need]:
    yield SURVEYS.one(survey_id)
