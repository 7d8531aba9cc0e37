"""Is a client asked about the stage they are at, in words that are true there?"""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.feedback.domain.stage import ANY, words_at
from services.feedback.settings import FeedbackSettings

OVER = ("finished", "closed", "completed", "abgeschlossen", "beendet", "erledigt")


@pytest.mark.parametrize("stage", ["consultation", "milestone", "onboarding", "never-heard-of"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_in_the_middle_of_a_matter_nothing_is_said_to_be_over(stage: str, language: str) -> None:
    words = words_at(FeedbackSettings().stages(), stage, language)
    assert not any(over in words.lower() for over in OVER)


def test_a_stage_the_firm_has_no_words_for_is_asked_about_in_words_true_at_any_time() -> None:
    stages = FeedbackSettings().stages()
    assert words_at(stages, "never-heard-of", "de") == stages[ANY].de


def test_a_firm_names_its_own_stages(tmp_path: Path) -> None:
    own = tmp_path / "stages.yaml"
    own.write_text(
        "any: {en: our work, de: unserer Arbeit}\ntrial: {en: the trial, de: dem Termin}"
    )
    stages = FeedbackSettings(survey_stages_file=own).stages()
    assert words_at(stages, "trial", "de") == "dem Termin"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("closing: {en: x, de: y}", "'any' are missing"),
        ("any: {en: our work}", "any.de: Field required"),
        ("any: {en: our work, de: ''}", "any.de"),
        ("[", "stages.yaml"),
    ],
)
def test_stages_that_lack_words_are_refused_at_start(tmp_path: Path, text: str, wrong: str) -> None:
    own = tmp_path / "stages.yaml"
    own.write_text(text)
    with pytest.raises(ValidationError, match=wrong):
        FeedbackSettings(survey_stages_file=own)
