"""Does every language of the desk say every message, with the same holes and the same markup?"""

import re
from collections import Counter
from collections.abc import Iterator

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
