"""Is a client asked about the stage they are at, in words that are true there?"""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.feedback.domain.stage import ANY, asked_at, ever_asks, words_at
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


def test_a_stage_has_questions_of_its_own_in_their_order(tmp_path: Path) -> None:
    own = tmp_path / "stages.yaml"
    own.write_text(
        "any: {en: our work, de: unserer Arbeit}\n"
        "consultation: {en: your visit, de: dem Besuch, asks: [ces, nps]}"
    )
    stages = FeedbackSettings(survey_stages_file=own).stages()
    assert asked_at(stages, "consultation") == ("ces", "nps")
    assert asked_at(stages, "closing") == ("nps", "csat")
    assert ever_asks(stages, "ces")


def test_as_shipped_nobody_is_asked_how_easy_it_was() -> None:
    assert not ever_asks(FeedbackSettings().stages(), "ces")


@pytest.mark.parametrize(
    ("asks", "wrong"),
    [("[csat]", "nps belongs to every survey"), ("[nps, nps]", "each question once"),
     ("[nps, fun]", "any.asks")],
)  # fmt: skip
def test_questions_that_cannot_be_asked_are_refused_at_start(
    tmp_path: Path, asks: str, wrong: str
) -> None:
    own = tmp_path / "stages.yaml"
    own.write_text(f"any: {{en: our work, de: unserer Arbeit, asks: {asks}}}")
    with pytest.raises(ValidationError, match=wrong):
        FeedbackSettings(survey_stages_file=own)


@pytest.mark.parametrize("said", [{"nps": 9}, {"csat": 4}, {"ces": 5}, {"fun": 1}])
def test_an_answer_that_is_good_alarms_nobody(said: dict[Any, int]) -> None:
    with pytest.raises(ValidationError, match="unhappy_answers"):
        FeedbackSettings(unhappy_answers=said)


def test_what_the_firm_leaves_out_is_as_shipped() -> None:
    unhappy = FeedbackSettings(unhappy_answers={"nps": 4}).practice().unhappy
    assert (unhappy.nps, unhappy.csat, unhappy.ces) == (4, 2, 3)
