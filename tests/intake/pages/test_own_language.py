"""Can a firm say intake's pages in its own words, and in a language nobody ships?"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.intake.app import HERE, config_of, read_forms
from services.intake.pages.own_words import in_own_languages, intake_words
from services.intake.ports import CLIENTS
from services.intake.settings import IntakeSettings
from shared.contracts.intake import ClientPreferencesUpdated
from shared.firm.folder import FirmFolderError
from tests.fakes.memory import MemoryService
from tests.intake.office import talked, updated
from tests.intake.pages.site import IntakeSite, hidden

EXAMPLE = Path(__file__).parents[3] / "examples" / "firm"
FORMS = read_forms(HERE / "forms")
CHOSEN = {"channel": "email", "earliest": "08:00", "latest": "20:00", "feedback": "yes"}


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "firm"))


@pytest.fixture
async def french(office: MemoryService, firm: Path, tmp_path: Path) -> AsyncIterator[IntakeSite]:
    """The pages of a firm that has French, too."""
    site = IntakeSite(office, tmp_path, firm_dir=firm, profile="germany")
    async with site.browser:
        yield site


def pages_of(firm: Path) -> Path:
    return firm / "languages" / "fr" / "pages.yaml"


def without(firm: Path, line: str) -> IntakeSettings:
    """The firm's folder, but for one line of its French pages."""
    text = pages_of(firm).read_text("utf-8")
    assert line in text
    pages_of(firm).write_text(text.replace(line, "", 1), "utf-8")
    return IntakeSettings(firm_dir=firm)


async def test_a_client_reads_and_chooses_the_firms_own_language(
    french: IntakeSite, office: MemoryService
) -> None:
    page = await french.browser.get(f"{french.preferences()}?lang=fr")
    assert '<html lang="fr" dir="ltr">' in page.text
    assert "Comment nous vous contactons" in page.text
    sent = {**hidden(page), **CHOSEN, "language": "fr"}
    saved = await french.browser.post(french.preferences(), data=sent, follow_redirects=True)
    assert "Vos choix sont enregistrés" in saved.text
    assert office.announced_of(ClientPreferencesUpdated)[-1].locale == "fr"


async def test_a_client_of_that_language_can_choose_another(
    french: IntakeSite, office: MemoryService
) -> None:
    office.hear(updated(locale="fr-CH"))
    page = await french.browser.get(french.preferences())
    assert 'value="fr" checked' in page.text
    sent = {**hidden(page), **CHOSEN, "language": "en"}
    await french.browser.post(french.preferences(), data=sent)
    (client,) = office.all(CLIENTS)
    assert client.chosen_locale == "en"


async def test_whoever_asks_for_help_is_asked_in_that_language(french: IntakeSite) -> None:
    page = await french.browser.get("/f/contact", headers={"Accept-Language": "fr-FR"})
    assert "Ne nous décrivez pas encore de détails" in page.text
    assert "Famille et divorce" in page.text
    assert "(art. 6, par. 1, c et f, RGPD" in page.text


async def test_a_language_the_firm_has_not_is_no_choice(site: IntakeSite) -> None:
    page = await site.browser.get(f"{site.preferences()}?lang=fr")
    assert 'value="fr"' not in page.text
    sent = {**hidden(page), **CHOSEN, "language": "fr"}
    assert (await site.browser.post(site.preferences(), data=sent)).status_code == 422


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  story_link: \"Gardez l\N{RIGHT SINGLE QUOTATION MARK}adresse de cette page"
         "\N{NO-BREAK SPACE}: elle ne ramène que vous ici.\"\n",
         "inquiry.story_link: is missing"),
        ("    sms: Par SMS\n", "preferences.channels: sms is missing"),
        ("  caution_title: Ne nous décrivez pas encore de détails\n",
         "law.caution_title: is missing"),
    ],
)  # fmt: skip
def test_a_page_is_never_half_in_another_language(firm: Path, line: str, said: str) -> None:
    with pytest.raises(FirmFolderError) as refused:
        intake_words(without(firm, line))
    assert said in refused.value.message


def test_an_area_of_a_form_needs_its_name(firm: Path) -> None:
    words = intake_words(without(firm, "  criminal: Droit pénal\n"))
    with pytest.raises(FirmFolderError, match=r"areas\.criminal: write its name"):
        in_own_languages(FORMS.values(), words)


def test_an_area_that_no_form_has_is_named_for_those_who_work_here(firm: Path) -> None:
    pages_of(firm).write_text(pages_of(firm).read_text("utf-8") + "  tax: Impôts\n", "utf-8")
    words = intake_words(IntakeSettings(firm_dir=firm))
    (form,) = in_own_languages(FORMS.values(), words).values()
    assert "tax" not in form.keys


def test_letters_of_that_language_warn_in_its_own_words(firm: Path) -> None:
    config = config_of(IntakeSettings(firm_dir=firm))
    assert config.caution["fr"].startswith("Nous devons d\N{RIGHT SINGLE QUOTATION MARK}abord")


def test_one_sentence_is_the_firms_and_the_others_stay_as_shipped(firm: Path) -> None:
    file = firm / "languages" / "de" / "pages.yaml"
    file.parent.mkdir()
    file.write_text("inquiry:\n  title: Schreiben Sie uns\n", "utf-8")
    words = intake_words(IntakeSettings(firm_dir=firm)).inquiry["de"]
    assert (words.title, words.name) == ("Schreiben Sie uns", "Ihr Name")


async def test_a_language_without_words_for_what_came_later_shows_that_page_in_english(
    office: MemoryService, firm: Path, tmp_path: Path
) -> None:
    note_id, pages = talked(office), pages_of(firm)
    office.hear(updated(locale="fr-CH"))
    told = {}
    for whole in (True, False):
        text = pages.read_text("utf-8")
        before, _, rest = text.partition("\nunderstanding:")
        _, areas, named = rest.partition("\nareas:")
        pages.write_text(text if whole else before + areas + named, "utf-8")
        site = IntakeSite(office, tmp_path, firm_dir=firm, profile="germany")
        async with site.browser:
            told[whole] = (await site.browser.get(site.path("h", "understanding", note_id))).text
            assert "Comment nous" in (await site.browser.get(site.preferences())).text
    assert "Vous aviez rendez-vous avec" in told[True]
    assert "le dimanche 1er mars 2026" in told[True]
    assert '<html lang="en"' in told[False]
    assert "Did we understand you?" in told[False]
