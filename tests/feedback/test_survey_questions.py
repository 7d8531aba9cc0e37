"""Are recommendation and satisfaction asked as two questions, about the stage the client is at?"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.feedback.domain.survey import survey_id_for
from shared.contracts.feedback import FeedbackSubmitted
from shared.contracts.reminders import SurveyDue
from tests.fakes.memory import MemoryService
from tests.feedback.office import SurveySite, asked_office, new_office, survey


@pytest.fixture
def office() -> MemoryService:
    return asked_office()


@pytest.fixture
async def site(office: MemoryService, tmp_path: Path) -> AsyncIterator[SurveySite]:
    site = SurveySite(office, tmp_path)
    async with site.browser:
        yield site


async def test_satisfaction_is_asked_and_kept_beside_the_score(
    site: SurveySite, office: MemoryService
) -> None:
    page = await site.post({"score": "9", "satisfaction": "4"})
    assert "<dd>satisfied</dd>" in page.text
    assert (survey(office).score, survey(office).satisfaction) == (9, 4)
    assert office.announced_of(FeedbackSubmitted)[0].satisfaction == 4
    again = await site.browser.get(site.path())
    assert 'name="satisfaction" value="4" checked' in again.text


async def test_satisfaction_may_be_left_out_and_is_then_not_made_up(
    site: SurveySite, office: MemoryService
) -> None:
    page = await site.post({"score": "9"})
    assert "How satisfied you are" not in page.text
    assert office.announced_of(FeedbackSubmitted)[0].satisfaction is None


@pytest.mark.parametrize("typed", ["0", "6", "x", "4.5"])
async def test_a_satisfaction_out_of_range_is_refused_at_its_field(
    site: SurveySite, office: MemoryService, typed: str
) -> None:
    page = await site.post({"score": "9", "satisfaction": typed})
    assert page.status_code == 422
    assert 'id="satisfaction-error"' in page.text
    assert survey(office).revision == 0


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        ("closing", "How satisfied are you with our work on your matter?"),
        ("consultation", "How satisfied are you with your consultation with us?"),
        ("appeal", "How satisfied are you with our work so far?"),
    ],
)
async def test_the_question_names_the_stage(tmp_path: Path, stage: str, asked: str) -> None:
    office = new_office()
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1", stage=stage))
    site = SurveySite(office, tmp_path)
    page = await site.browser.get(site.path(survey_id_for("m-1", stage)))
    assert asked in page.text
