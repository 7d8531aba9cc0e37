"""Does an invitation promise a number of questions? How many there are is the firm's own."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "services/reminders/templates", ROOT / "examples/firm/languages")
TEXTS = sorted(path for each in FOLDERS for path in each.rglob("survey-*.txt"))
NUMBERED = re.compile(
    r"\b(one|two|three|eine?|zwei|drei|une|deux|trois|\d)\s+(\w+\s+)?(questions?|Fragen?)", re.I
)


def test_all_languages_and_ways_are_looked_at() -> None:
    assert len(TEXTS) >= 12
    assert NUMBERED.search("two short questions")
    assert NUMBERED.search("zwei kurzen Fragen")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_invitation_counts_the_questions(path: Path) -> None:
    assert NUMBERED.search(path.read_text("utf-8")) is None
