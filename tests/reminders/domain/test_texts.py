"""Do the shipped texts read as a native would write them?"""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[3] / "services" / "reminders" / "templates"
ENGLISH = sorted((TEMPLATES / "en").glob("*.txt"))
GERMAN = sorted((TEMPLATES / "de").glob("*.txt"))
WORDS_OF_TEMPLATES = re.compile(r"{%.*?%}|{{.*?}}")


def body(file: Path) -> str:
    """What follows the salutation."""
    return file.read_text("utf-8").split("{{ greeting }}\n\n", 1)[1]


def test_every_message_exists_in_both_languages() -> None:
    assert [each.name for each in ENGLISH] == [each.name for each in GERMAN]


@pytest.mark.parametrize("file", ENGLISH, ids=lambda file: file.stem)
def test_an_english_letter_begins_with_a_capital(file: Path) -> None:
    first = body(file).split("\n")[0]
    ways = first.split("{% else %}")[:2] if first.startswith("{% if") else [first]
    for each in ways:
        assert WORDS_OF_TEMPLATES.sub("", each).strip()[0].isupper(), each


@pytest.mark.parametrize("file", GERMAN, ids=lambda file: file.stem)
def test_a_german_letter_goes_on_after_its_comma(file: Path) -> None:
    said = WORDS_OF_TEMPLATES.sub("", body(file).split("\n")[0]).strip()
    assert said[0].islower() or said.split()[0] in ("Ihre", "Ihr", "Sie"), said


@pytest.mark.parametrize(
    "file", [*ENGLISH, *GERMAN], ids=lambda file: f"{file.parent.name}/{file.stem}"
)
def test_a_letter_says_goodbye_in_one_way(file: Path) -> None:
    goodbye = "Kind regards," if file.parent.name == "en" else "Mit freundlichen Grüßen"
    assert file.read_text("utf-8").rstrip().endswith(f"{goodbye}\n{{{{ firm }}}}")


@pytest.mark.parametrize("file", GERMAN, ids=lambda file: file.stem)
def test_a_german_date_after_its_weekday_ends_with_a_comma_where_the_sentence_goes_on(
    file: Path,
) -> None:
    text = file.read_text("utf-8")
    goes_on = re.findall(r"{{ day\([a-z_.]+\) }}(?:{%[^%]*%})* [a-zäöü]+", text)
    assert goes_on == []
