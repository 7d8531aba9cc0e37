"""What rules put together from several of our sentences: is all of it in the reader's language?"""

from collections.abc import Iterator

import pytest

from services.desk.pages.language import choose, days_retold, put_back, retold
from services.desk.pages.planned_words import planned_said
from services.desk.pages.rule_words import owed_said


@pytest.fixture(autouse=True)
def in_german() -> Iterator[None]:
    before = choose("de")
    yield
    put_back(before)


@pytest.mark.parametrize(
    "text",
    [
        "The message was handed over and accepted. It went in one letter with others.",
        "A review with 5 of 5 stars was received. It is in English.",
        "Somebody rang and was promised a call, and nobody has spoken to them. It was due on "
        "Wednesday, 2 December 2026 and is not done. By this rule: The firm; § 11 BORA (2026-11).",
        "Missed: Return a call",
        "A client wants to be erased",
        "An unhappy client",
        "Checked that it is right now",
    ],
)
def test_no_word_of_it_stays_english(text: str) -> None:
    told = retold(text)
    assert told != text
    for word in (" was ", " with ", " the ", " It ", " client", "Missed", "received"):
        assert word not in told, told


def test_what_somebody_wrote_beside_a_sentence_of_ours_is_left_as_it_is() -> None:
    text = "The message was handed over and accepted. Rang her too."
    assert retold(text) == text


def test_a_plan_with_many_moments_is_said_moment_by_moment() -> None:
    text = (
        "Planned: a message about an appointment on 2 December 2026, 10:00 and on 8 December 2026, "
        "10:00; the welcome message on 1 December 2026, 05:50; and 3 more (Europe/Berlin)."
    )
    assert planned_said(text) == (
        "Geplant: eine Nachricht zu einem Termin: 2. Dezember 2026, 10:00, 8. Dezember 2026, "
        "10:00; die Begrüßung: 1. Dezember 2026, 05:50; und 3 weitere (Europe/Berlin)."
    )


def test_days_and_what_is_owed() -> None:
    assert retold("Wednesday, 9 December 2026, 10:00") == "Mittwoch, 9. Dezember 2026, 10:00"
    assert days_retold("Monday, 30 March 2026, Wednesday, 1 April 2026") == (
        "Montag, 30. März 2026, Mittwoch, 1. April 2026"
    )
    assert owed_said("return call") == "ein Rückruf"
    assert owed_said("The draft will") == "The draft will"
