"""Is a client asked at the stages of a matter, and only while it is there?"""

import pytest

from services.reminders.app import read_wording
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import MatterClosed, MatterStageChanged
from shared.contracts.reminders import SurveyDue
from tests.reminders.domain.test_wording import WORDS, occasion
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client

CLOSED = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY)


def stage(name: str) -> MatterStageChanged:
    return MatterStageChanged(matter_id="m-1", client_id="c-1", stage=name)


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client(locale="en-GB"), OPENED)
    reminders.after(minutes=1)
    return reminders


def due(reminders: Reminders) -> list[str]:
    return [each.stage for each in reminders.announced_of(SurveyDue)]


@pytest.mark.parametrize("name", ["consultation", "onboarding", "milestone"])
def test_two_days_after_a_stage_its_survey_is_due(name: str) -> None:
    reminders = ready()
    reminders.tell(stage(name))
    reminders.after(days=1)
    assert due(reminders) == []
    reminders.after(days=2)
    assert due(reminders) == [name]


def test_each_stage_is_asked_about() -> None:
    reminders = ready()
    for name in ("consultation", "onboarding", "milestone"):
        reminders.tell(stage(name))
        reminders.after(days=3)
    assert due(reminders) == ["consultation", "onboarding", "milestone"]


def test_a_stage_that_nobody_is_asked_at_takes_nothing_back() -> None:
    reminders = ready()
    reminders.tell(stage("onboarding"))
    reminders.after(days=1)
    reminders.tell(stage("drafting"))
    reminders.after(days=3)
    assert due(reminders) == ["onboarding"]


def test_a_matter_closed_meanwhile_is_asked_about_as_closed_only() -> None:
    reminders = ready()
    reminders.tell(stage("milestone"))
    reminders.after(days=1)
    reminders.tell(CLOSED)
    reminders.after(days=10)
    assert due(reminders) == ["closing"]


@pytest.mark.parametrize("template", ["survey-invitation", "survey-reminder"])
@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        ("closing", "matter", "wie Sie unsere Arbeit erlebt haben"),
        ("consultation", "your consultation with us", "Beratungsgespräch"),
        ("onboarding", "your first weeks with us", "ersten Wochen"),
        ("milestone", "our work is going", "bisherige Arbeit"),
        ("their-own", "our work is going", "bisherige Arbeit"),
    ],
)
def test_the_invitation_is_in_the_words_of_the_stage(
    template: str, name: str, english: str, german: str
) -> None:
    for locale, words in (("en-GB", english), ("de-DE", german)):
        worded = read_wording().render(template, {**WORDS, "stage": name}, occasion(locale))
        assert words in worded.text


def test_a_survey_of_a_stage_is_sent() -> None:
    reminders = ready()
    reminders.tell(
        FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="consultation")
    )
    (message,) = reminders.after(minutes=1)
    assert message.subject_line == "How was your consultation with us?"
