"""Is every client asked once about a matter?"""

from services.feedback.ports import SURVEYS
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.reminders import SurveyDue
from tests.feedback.office import SURVEY_ID, new_office

DUE = SurveyDue(client_id="c-1", matter_id="m-1")


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


def test_two_matters_of_one_client_are_two_surveys() -> None:
    office = new_office()
    office.hear(DUE)
    office.hear(SurveyDue(client_id="c-1", matter_id="m-2"))
    assert len(office.all(SURVEYS)) == 2


def test_an_import_of_the_past_asks_nobody() -> None:
    office = new_office()
    office.hear(DUE, history=True)
    assert office.announced == []
