"""Feedback over plain memory, with a client, a matter and its survey at hand."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from services.feedback.domain.practice import Practice
from services.feedback.domain.survey import Answer, Survey, survey_id_for
from services.feedback.listeners import listeners
from services.feedback.pages.routes import pages
from services.feedback.ports import SURVEYS
from services.feedback.settings import FeedbackSettings
from services.feedback.staff import deciders, views
from services.feedback.workflow.answering import needs_of_answering, take_answer
from shared.contracts.envelope import Cause
from shared.contracts.firm import MatterOpened
from shared.contracts.reminders import SurveyDue
from shared.requests.tokens import make_token
from shared.tasks import Actor
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.forms import hidden

OWNER = Actor(id="s-owner", roles=("lawyer", "partner"))
LAWYER = Actor(id="s-lawyer", roles=("lawyer",))
PARTNER = Actor(id="s-partner", roles=("partner",))
SURVEY_ID = survey_id_for("m-1")
PRACTICE = FeedbackSettings().practice()
URL = "http://survey.test"


def new_office(**settings: Any) -> MemoryService:
    """Feedback that has heard nothing yet."""
    told = FeedbackSettings(**settings)
    return MemoryService(
        "feedback", listeners=listeners(told), deciders=deciders(told), views=views(told)
    )


def matter_opened(owner_id: str = OWNER.id) -> MatterOpened:
    """The one matter of these tests."""
    return MatterOpened(
        matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id=owner_id
    )


def asked_office(**settings: Any) -> MemoryService:
    """The matter's owner is known and its client has been asked."""
    office = new_office(**settings)
    office.hear(matter_opened())
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1"))
    return office


def answer(
    office: MemoryService,
    score: int,
    comment: str | None = None,
    *,
    satisfaction: int | None = None,
    practice: Practice = PRACTICE,
) -> None:
    """The client answers."""
    given = Answer(score=score, satisfaction=satisfaction, comment=comment)
    number = len(office.announced)
    cause = Cause("urn:clientele:feedback", f"answer-{number}", "survey-answered", "cor-1", None,
                  office.now)  # fmt: skip
    office.act(
        lambda unit: take_answer(SURVEY_ID, given, practice, unit),
        lambda unit: needs_of_answering(SURVEY_ID, unit),
        cause,
    )


def survey(office: MemoryService) -> Survey:
    """The matter's survey."""
    found = office.get(SURVEYS, SURVEY_ID)
    assert found is not None
    return found


class SurveySite:
    """The survey pages over memory, as a browser reaches them."""

    def __init__(self, office: MemoryService, folder: Path, **settings: Any) -> None:
        key_file = folder / "link.key"
        key_file.write_text("ab" * 32)
        self.settings = FeedbackSettings(
            link_key_file=key_file, public_urls={"feedback": URL}, **settings
        )
        self.runtime = MemoryRuntime(office)
        web = FastAPI()
        pages(self.settings)(web, self.runtime)  # type: ignore[arg-type]
        self.browser = AsyncClient(transport=ASGITransport(app=web), base_url=URL)

    def path(self, survey_id: str = SURVEY_ID, purpose: str = "survey") -> str:
        """Where this survey is answered."""
        return f"/s/{make_token(self.settings.link_key(), purpose, survey_id)}"

    async def post(self, typed: dict[str, str], **more: Any) -> Response:
        """Open the form, fill it in, send it, and follow where it leads."""
        form = await self.browser.get(self.path())
        data = hidden(form.text) | typed
        return await self.browser.post(self.path(), data=data, follow_redirects=True, **more)
