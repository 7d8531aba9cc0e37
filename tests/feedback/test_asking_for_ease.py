"""Is a client asked how easy it was where the firm asks that, and is it counted by its scale?"""

from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from services.feedback.domain.figures import figures_of
from services.feedback.domain.measures import labels_of
from services.feedback.domain.survey import survey_id_for
from services.feedback.ports import CONCERNS, TALLIES
from services.feedback.settings import SHIPPED_STAGES, FeedbackSettings
from shared.calendar import FirmCalendar
from shared.contracts.concerns import ConcernOpened
from shared.contracts.feedback import FeedbackSubmitted
from shared.contracts.firm import ClientOnboarded
from shared.contracts.reminders import SurveyDue
from shared.firm.folder import FirmFolderError
from tests.fakes.memory import MemoryService
from tests.feedback.office import SURVEY_ID, SurveySite, matter_opened, new_office, survey

EXAMPLE = Path(__file__).parents[2] / "examples" / "firm"
STAGES = (SHIPPED_STAGES.read_text("utf-8") + "  asks: [nps]\n").replace(
    "  en: our work on your matter\n", "  en: our work on your matter\n  asks: [ces, nps, csat]\n"
)


@pytest.fixture
def asking(tmp_path: Path) -> dict[str, Any]:
    """The settings of a firm that asks how easy it was when a matter is closed."""
    own = tmp_path / "surveys.yaml"
    own.write_text(STAGES, "utf-8")
    return {"survey_stages_file": own}


@pytest.fixture
def office(asking: dict[str, Any]) -> MemoryService:
    office = new_office(**asking)
    office.hear(matter_opened())
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1"))
    return office


@pytest.fixture
async def site(
    office: MemoryService, asking: dict[str, Any], tmp_path: Path
) -> AsyncIterator[SurveySite]:
    site = SurveySite(office, tmp_path, **asking)
    async with site.browser:
        yield site


async def test_it_is_asked_first_in_the_order_of_the_firm(site: SurveySite) -> None:
    page = (await site.browser.get(site.path())).text
    assert page.count('name="ease"') == 7
    assert page.index('name="ease"') < page.index('name="score"')
    assert "made it easy for me to deal with my matter?" in page


async def test_the_answer_is_kept_said_and_thanked_for(
    site: SurveySite, office: MemoryService
) -> None:
    page = await site.post({"score": "9", "ease": "6"})
    assert "<dd>6 of 7</dd>" in page.text
    assert survey(office).ease == 6
    assert office.announced_of(FeedbackSubmitted)[0].ease == 6
    assert 'value="6" checked' in (await site.browser.get(site.path())).text


async def test_it_may_be_left_out_and_is_then_not_made_up(
    site: SurveySite, office: MemoryService
) -> None:
    page = await site.post({"score": "9"})
    assert "How easy we made it" not in page.text
    assert office.announced_of(FeedbackSubmitted)[0].ease is None


async def test_what_is_no_answer_is_refused_at_its_field(site: SurveySite) -> None:
    page = await site.post({"score": "9", "ease": "8"})
    assert page.status_code == 422
    assert 'href="#ease-1"' in page.text
    assert "Choose a number from 1 to 7." in page.text


async def test_whom_it_was_made_hard_for_is_got_in_touch_with(
    site: SurveySite, office: MemoryService
) -> None:
    await site.post({"score": "10", "ease": "2"})
    assert [each.state for each in office.all(CONCERNS)] == ["open"]
    assert office.announced_of(ConcernOpened)[0].trigger == "low-ease"


async def test_who_was_asked_before_the_firm_asked_for_it_is_not_asked_now(
    asking: dict[str, Any], tmp_path: Path
) -> None:
    office = new_office()
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1"))
    site = SurveySite(office, tmp_path, **asking)
    page = await site.browser.get(site.path())
    assert 'name="ease"' not in page.text
    await site.post({"score": "9", "ease": "2"})
    assert survey(office).ease is None


@pytest.mark.parametrize(
    ("locale", "said"),
    [("de-DE", "leicht gemacht, meine Angelegenheit"), ("fr-FR", "rendu les démarches faciles")],
)
async def test_it_is_asked_in_the_clients_language(
    office: MemoryService, asking: dict[str, Any], tmp_path: Path, locale: str, said: str
) -> None:
    office.hear(
        ClientOnboarded(client_id="c-1", name="A", email="a@b.example", locale=locale,
                        timezone="Europe/Paris")
    )  # fmt: skip
    site = SurveySite(office, tmp_path, firm_dir=EXAMPLE, **asking)
    page = await site.browser.get(site.path(survey_id_for("m-1")))
    assert said in page.text


def test_a_language_without_words_for_it_is_refused_where_it_is_asked(
    asking: dict[str, Any], tmp_path: Path
) -> None:
    pages = (EXAMPLE / "languages/fr/pages.yaml").read_text("utf-8")
    folder = tmp_path / "firm" / "languages" / "fr"
    folder.mkdir(parents=True)
    kept = "survey:\n" + pages.partition("survey:\n")[2]
    before = pages.partition("\nease:\n")[0]
    (folder / "pages.yaml").write_text(f"{before}\n{kept}", "utf-8")
    (folder / "surveys.yaml").write_text("any: notre travail\n", "utf-8")
    with pytest.raises(FirmFolderError, match=r"languages/fr/pages.yaml:1: ease.question"):
        SurveySite(new_office(), tmp_path, firm_dir=tmp_path / "firm", **asking)
    SurveySite(new_office(), tmp_path, firm_dir=tmp_path / "firm")


def test_the_published_figure_comes_out_of_known_answers() -> None:
    counts: dict[str, int] = {}
    labels = labels_of("satisfaction", FirmCalendar(FeedbackSettings().calendar().zone))
    for ease, n in {7: 5, 6: 3, 4: 1, 1: 1}.items():
        for label in labels({"ces": ease}):
            counts[label] = counts.get(label, 0) + n
    ces = next(each for each in figures_of("satisfaction", counts) if each.name == "ces")
    assert (ces.value, ces.n) == (Fraction(58, 10), 10)


def test_what_is_announced_counts_for_the_month_as_ease(office: MemoryService) -> None:
    office.hear(
        FeedbackSubmitted(survey_id=SURVEY_ID, client_id="c-1", matter_id="m-1", score=9, ease=4,
                          has_comment=False)
    )  # fmt: skip
    assert {each.counts.get("ces|4") for each in office.all(TALLIES)} >= {1}
