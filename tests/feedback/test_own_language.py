"""Can a firm say the survey in its own words, and in a language nobody ships?"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.feedback.domain.stage import words_at
from services.feedback.pages.routes import pages
from services.feedback.settings import FeedbackSettings
from shared.contracts.firm import ClientOnboarded
from shared.firm.folder import FirmFolderError
from tests.fakes.memory import MemoryService
from tests.feedback.office import SurveySite, asked_office

EXAMPLE = Path(__file__).parents[2] / "examples" / "firm"


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "firm"))


@pytest.fixture
def office() -> MemoryService:
    return asked_office()


@pytest.fixture
async def site(office: MemoryService, firm: Path, tmp_path: Path) -> AsyncIterator[SurveySite]:
    site = SurveySite(office, tmp_path, firm_dir=firm)
    async with site.browser:
        yield site


def say(firm: Path, language: str, text: str, file: str = "pages.yaml") -> FeedbackSettings:
    """The firm says this on pages, too."""
    place = firm / "languages" / language / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return FeedbackSettings(firm_dir=firm)


async def test_a_client_reads_the_firms_own_language(
    site: SurveySite, office: MemoryService
) -> None:
    office.hear(
        ClientOnboarded(
            client_id="c-1", name="A", email="a@b.example", locale="fr-CH", timezone="Europe/Zurich"
        )
    )
    page = await site.browser.get(site.path())
    assert '<html lang="fr" dir="ltr">' in page.text
    assert "Votre avis" in page.text
    assert "notre travail dans votre dossier" in page.text
    assert ">Deutsch</a>" in page.text
    assert ">English</a>" in page.text


async def test_somebody_chooses_the_firms_language_and_keeps_it(site: SurveySite) -> None:
    page = await site.browser.get(f"{site.path()}?lang=fr")
    assert "Votre avis" in page.text
    lost = await site.browser.get("/s/nothing", headers={"Accept-Language": "fr"})
    assert "<h1>Ce lien ne fonctionne pas, ou plus.</h1>" in lost.text
    assert "This link does not work, or no longer works." in lost.text


async def test_what_is_not_translated_is_shown_in_english(site: SurveySite) -> None:
    page = await site.browser.get("/accessibility?lang=fr")
    assert page.status_code == 200
    assert '<html lang="en" dir="ltr">' in page.text


def test_one_sentence_is_the_firms_and_the_others_stay_as_shipped(firm: Path) -> None:
    say(firm, "de", "survey:\n  title: Was sagen Sie?\n")
    say(firm, "en", "survey:\n  problems:\n    score-missing: Please choose one.\n")
    pages(FeedbackSettings(firm_dir=firm))


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("de", "survey:\n  titel: Meinung\n", "de/pages.yaml:2: survey.titel: is not there"),
        ("de", "survey:\n  question: Wie geht es {name}?\n",
         "de/pages.yaml:2: survey.question: nobody fills in {name}; there is: {firm}"),
        ("de", "\nsurvey:\n  boxes: [gut, schlecht]\n", "pages.yaml:3: survey.boxes: write a list"),
        ("de", "survey:\n  problems:\n    x: y\n", "survey.problems: write some of: score-missing"),
        ("de", "survey:\n  title:\n", "survey.title: write a sentence"),
        ("de", "surveys:\n  title: x\n", "de/pages.yaml:1: there is no surveys; there are: areas"),
        ("de", "survey: [\n", "de/pages.yaml:2: this is not YAML"),
        ("de", "- x\n", "de/pages.yaml:1: write groups of sentences"),
    ],
)  # fmt: skip
def test_what_no_page_could_say_is_refused_with_its_line(
    firm: Path, language: str, text: str, said: str
) -> None:
    with pytest.raises(FirmFolderError) as refused:
        pages(say(firm, language, text))
    assert said in refused.value.message


def test_a_language_nobody_ships_is_whole_or_each_sentence_it_lacks_is_named(firm: Path) -> None:
    text = (firm / "languages" / "fr" / "pages.yaml").read_text("utf-8")
    less = text.replace("  thanks: Vos réponses sont enregistrées.\n", "")
    with pytest.raises(FirmFolderError, match=r"survey\.thanks: is missing: nobody ships"):
        pages(say(firm, "fr", less))


def test_a_survey_cannot_be_asked_without_words_for_what_it_is_about(firm: Path) -> None:
    (firm / "languages" / "fr" / "surveys.yaml").unlink()
    with pytest.raises(FirmFolderError, match=r"fr/surveys\.yaml: write at least `any: …`"):
        pages(FeedbackSettings(firm_dir=firm))


def test_a_stage_that_is_none_is_refused(firm: Path) -> None:
    with pytest.raises(ValueError, match=r"fr/surveys\.yaml: there is no stage trial"):
        say(firm, "fr", "any: notre travail\ntrial: le procès\n", "surveys.yaml")


def test_a_stage_without_words_of_its_own_is_asked_about_in_those_true_at_any_time(
    firm: Path,
) -> None:
    stages = say(firm, "fr", "any: notre travail\n", "surveys.yaml").stages()
    assert words_at(stages, "closing", "fr") == "notre travail"
    assert words_at(stages, "closing", "nl") == "our work on your matter"
