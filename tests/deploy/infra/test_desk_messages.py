"""Does every language of the desk say every message, with the same holes and the same markup?"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from deploy.infra.desk_messages import brought_up_to_date, messages, written
from deploy.infra.unmarked_sentences import is_prose
from services.desk.pages.language import FOLDER, LANGUAGES, catalogue

OTHERS = [code for code in LANGUAGES if code != "en"]
HOLES = re.compile(r"%\(\w+\)s|\{\w*\}|%%")
MARKUP = re.compile(r"</?\w+[^>]*>")


def pairs(said: Catalog) -> Iterator[tuple[str, str]]:
    """Every message with what is said for it; of plurals the many."""
    for each in said:
        if each.id:
            yield _many(each.id), _many(each.string or "")


def _many(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[-1]


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_each_message_and_no_other(code: str) -> None:
    assert {str(each.id) for each in catalogue(code) if each.id} == {str(e.id) for e in messages()}


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_said(code: str) -> None:
    said = catalogue(code)
    unsaid = [
        each.id
        for each in said
        if each.id and (not each.string or not all(each.string) or each.fuzzy)
    ]
    assert unsaid == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_filled_in_is_the_same(code: str) -> None:
    wrong = [
        one for one, said in pairs(catalogue(code))
        if Counter(HOLES.findall(one)) != Counter(HOLES.findall(said))
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_markup_is_the_same(code: str) -> None:
    wrong = [
        one for one, said in pairs(catalogue(code)) if MARKUP.findall(one) != MARKUP.findall(said)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_file_is_as_make_words_writes_it(code: str) -> None:
    there = (FOLDER / f"{code}.po").read_bytes()
    assert there == written(brought_up_to_date(code))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Choose a day.", True),
        ("a full answer", True),
        ("wrong-role", False),
        ("Cache-Control", False),
        ("/inbox", False),
        ("tasks", False),
    ],
)
def test_sentences_and_labels_are_for_people(text: str, told: bool) -> None:
    assert is_prose(text) == told


GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"
TERMS = re.compile(r"^\| ([a-z ]+) \| ([A-Za-zÄÖÜäöüß, ]+) \|$", re.MULTILINE)


def terms() -> list[tuple[str, list[str]]]:
    """The office's words with those that say them in German."""
    table = GLOSSARY.read_text("utf-8").partition("words in German")[2].partition("\n## ")[0]
    return [(one, said.split(", ")) for one, said in TERMS.findall(table)]


OTHERWISE = (  # beginnings of messages that German says without the word
    "A client who was told", "Clients a wall keeps", "Clients asked for one", "Clients were not",
    "Each client once", "Of the clients", "Too few clients", "What falls due while",
    "What fewer than", "messages about clients' matters", "{least} clients are",
    "Check each sentence", "Conflict check of a party", "People who matter", "The plans are the",
    "{text} By: {source}",
)  # fmt: skip


@pytest.mark.parametrize(("word", "said"), terms(), ids=[word for word, _ in terms()])
def test_german_says_the_offices_words_as_the_glossary_does(word: str, said: list[str]) -> None:
    named = re.compile(rf"(?<![-/<])\b{word}s?\b(?![-_/=)])", re.IGNORECASE)
    rows = [(one, german.lower()) for one, german in pairs(catalogue("de")) if named.search(one)]
    amiss = [one for one, german in rows if not any(each.lower() in german for each in said)]
    assert rows
    assert [one for one in amiss if not one.startswith(OTHERWISE)] == []


def test_german_calls_nobody_a_customer() -> None:
    wrong = re.compile(r"\b(Kunde|Kundin|Klient|Mandant\*|Mandant:in|Mandanten\b)")
    assert [said for _, said in pairs(catalogue("de")) if wrong.search(said)] == []
