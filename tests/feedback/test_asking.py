"""Is every client asked once about a matter?"""

from datetime import timedelta

import pytest

from services.feedback.ports import SURVEYS
from shared.contracts.feedback import FeedbackNotRequested, FeedbackRequested
from shared.contracts.firm import MatterClosed, MatterReopened
from shared.contracts.reminders import SurveyDue
from tests.fakes.memory import MemoryService
from tests.feedback.office import SURVEY_ID, new_office

DUE = SurveyDue(client_id="c-1", matter_id="m-1")
REOPENED = MatterReopened(client_id="c-1", matter_id="m-1")


def test_a_due_survey_is_announced() -> None:
    office = new_office()
    office.hear(DUE)
    assert office.announced_of(FeedbackRequested) == [
        FeedbackRequested(survey_id=SURVEY_ID, client_id="c-1", matter_id="m-1", stage="closing")
    ]


def test_one_matter_is_asked_about_once_however_often_it_falls_due() -> None:
    office = new_office()
    office.hear(DUE, id="one")
    office.hear(DUE, id="two")
    office.hear(DUE, id="one")
    assert len(office.announced_of(FeedbackRequested)) == 1


def test_what_was_asked_about_before_is_said_not_to_be_asked_again() -> None:
    office = new_office()
    office.hear(DUE, id="one")
    asked_at = office.now
    office.now += timedelta(days=90)
    office.hear(DUE, id="two")
    assert [(each.reason, each.last_asked_at) for each in _not_asked(office)] == [
        ("asked-before", asked_at)
    ]


def test_a_matter_closed_a_second_time_is_asked_about_a_second_time() -> None:
    office = new_office()
    for word in (_closed(office), DUE, REOPENED, None, DUE):
        office.now += timedelta(days=40)
        office.hear(word or _closed(office))
    assert len(office.announced_of(FeedbackRequested)) == 2
    assert len({each.survey_id for each in office.all(SURVEYS)}) == 2


@pytest.mark.parametrize("stage", ["milestone", "closing"])
def test_each_stage_is_asked_about_once_in_each_run_of_a_matter(stage: str) -> None:
    office = new_office()
    due = DUE.model_copy(update={"stage": stage})
    for word in (due, due, REOPENED, _closed(office), due, due):
        office.now += timedelta(days=70)
        office.hear(word)
    assert len(office.announced_of(FeedbackRequested)) == 2
    assert [each.reason for each in _not_asked(office)] == ["asked-before", "asked-before"]


def test_a_closing_that_no_longer_stands_is_not_asked_about_and_that_is_said() -> None:
    office = new_office()
    for word in (_closed(office), REOPENED, DUE):
        office.now += timedelta(days=1)
        office.hear(word)
    assert office.all(SURVEYS) == []
    assert [each.reason for each in _not_asked(office)] == ["matter-reopened"]


def test_a_milestone_of_a_matter_taken_up_again_is_asked_about() -> None:
    office = new_office()
    for word in (_closed(office), REOPENED, DUE.model_copy(update={"stage": "milestone"})):
        office.now += timedelta(days=1)
        office.hear(word)
    assert len(office.announced_of(FeedbackRequested)) == 1


def test_the_stages_of_a_matter_are_surveys_of_their_own() -> None:
    office = new_office()
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1", stage="consultation"))
    office.now += timedelta(days=60)
    office.hear(DUE)
    stages = [each.stage for each in office.announced_of(FeedbackRequested)]
    assert stages == ["consultation", "closing"]
    assert len(office.all(SURVEYS)) == 2


def test_a_stage_is_asked_about_once_however_often_it_falls_due() -> None:
    office = new_office()
    due = SurveyDue(client_id="c-1", matter_id="m-1", stage="milestone")
    for _ in range(2):
        office.hear(due)
        office.now += timedelta(days=90)
    assert len(office.announced_of(FeedbackRequested)) == 1


@pytest.mark.parametrize("other", ["m-1", "m-2"])
def test_within_sixty_days_a_client_is_not_asked_again_and_the_reason_is_said(other: str) -> None:
    office = new_office()
    office.hear(DUE)
    asked_at = office.now
    office.now += timedelta(days=59)
    office.hear(SurveyDue(client_id="c-1", matter_id=other, stage="milestone"))
    assert len(office.all(SURVEYS)) == 1
    assert office.announced_of(FeedbackNotRequested) == [
        FeedbackNotRequested(
            client_id="c-1",
            matter_id=other,
            stage="milestone",
            reason="asked-recently",
            last_asked_at=asked_at,
        )
    ]


def test_what_was_dropped_is_not_made_up_for_later() -> None:
    office = new_office()
    office.hear(DUE)
    office.hear(SurveyDue(client_id="c-1", matter_id="m-2"))
    office.now += timedelta(days=365)
    office.hear(SurveyDue(client_id="c-1", matter_id="m-3"))
    matters = [each.matter_id for each in office.announced_of(FeedbackRequested)]
    assert matters == ["m-1", "m-3"]


def test_another_client_is_asked_at_once() -> None:
    office = new_office()
    office.hear(DUE)
    office.hear(SurveyDue(client_id="c-2", matter_id="m-2"))
    assert len(office.announced_of(FeedbackRequested)) == 2


def test_the_firm_may_choose_another_time_between_surveys() -> None:
    office = new_office(days_between_surveys=0)
    office.hear(DUE)
    office.hear(SurveyDue(client_id="c-1", matter_id="m-2"))
    assert len(office.announced_of(FeedbackRequested)) == 2


def test_an_import_of_the_past_asks_nobody() -> None:
    office = new_office()
    office.hear(DUE, history=True)
    assert office.announced == []


def _closed(office: MemoryService) -> MatterClosed:
    return MatterClosed(client_id="c-1", matter_id="m-1", closed_at=office.now)


def _not_asked(office: MemoryService) -> list[FeedbackNotRequested]:
    return office.announced_of(FeedbackNotRequested)
