"""Is the service put together as its contracts say?"""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from pydantic import ValidationError

from services.feedback.app import build
from services.feedback.domain.concern import Concern, noted, opened
from services.feedback.pages.links import survey_link
from services.feedback.ports import SURVEYS
from services.feedback.settings import FeedbackSettings
from services.feedback.storage import MAPPINGS
from shared.contracts.catalogue import PUBLISHED_BY
from shared.contracts.feedback_task_kinds import SERVICE_RECOVERY
from shared.errors import RuleError
from shared.requests.tokens import read_token
from shared.state.unit_of_work import UnitOfWork
from tests.feedback.office import LAWYER, SURVEY_ID, answer, asked_office, survey

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_it_may_publish_whatever_it_says() -> None:
    assert set(build().says) <= PUBLISHED_BY["feedback"]


def test_a_link_leads_to_the_survey_and_its_token_proves_it(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("cd" * 32)
    settings = FeedbackSettings(link_key_file=key, public_urls={"feedback": "https://s.test/"})
    unit = UnitOfWork("feedback", NOW)
    unit.load(SURVEYS, SURVEY_ID, survey(asked_office()), 1)
    url = survey_link(settings).url(SURVEY_ID, unit)
    assert url.startswith("https://s.test/s/")
    assert read_token(settings.link_key(), "survey", url.rsplit("/", 1)[1]) == SURVEY_ID


def test_there_is_no_link_for_an_unknown_survey() -> None:
    unit = UnitOfWork("feedback", NOW)
    unit.load(SURVEYS, "survey-x", None, 0)
    with pytest.raises(RuleError):
        survey_link(FeedbackSettings()).url("survey-x", unit)


def test_a_concern_with_history_survives_storage() -> None:
    new = Concern(concern_id="r", survey_id="s", client_id="c", matter_id="m", score=3)
    concern = noted(opened(new, task_id="t-1", now=NOW), "tried", "s-1", NOW, "rang")
    stored = msgspec.to_builtins(concern, builtin_types=(datetime, bytes))
    assert msgspec.convert(stored, Concern, builtin_types=(datetime, bytes)) == concern


def test_free_text_is_sealed() -> None:
    sealed = {mapping.collection: set(mapping.sealed) for mapping in MAPPINGS if mapping.sealed}
    assert sealed == {
        "surveys": {"comment"},
        "recoveries": {"note", "comment", "words"},
        "causes": {"reasons"},
        "learnings": {"what", "note"},
    }


def test_the_view_fills_every_field_the_task_shows() -> None:
    office = asked_office()
    answer(office, 1)
    shown = office.view(office.tasks("service-recovery")[0].task_id, LAWYER)
    wanted = {field.name for field in SERVICE_RECOVERY.fields if field.kind == "display"}
    assert wanted <= shown.keys()


@pytest.mark.parametrize(
    "setting",
    [{"firm_zone": "Europe/Nowhere"}, {"firm_holidays": "XX"}, {"survey_tries_per_link": "often"}],
)
def test_an_impossible_setting_is_refused_at_start(setting: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        FeedbackSettings(**setting)  # type: ignore[arg-type]
