"""Is what a task says still true when somebody reads it days later?

A task stays until somebody decides it: a word that counts from now would go stale in it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from services.reminders.workflow.diary import NEAR_TEXT
from shared.yaml_text import loaded

PLAYBOOKS = Path(__file__).parents[2] / "services" / "reminders" / "playbooks"
FROM_NOW = re.compile(r"\b(?:soon|today|tomorrow|yesterday|tonight|in \d+ (?:days|hours))\b", re.I)


def asked(part: Any) -> Iterator[str]:
    """Title and text of every task that some part of a playbook asks for."""
    if isinstance(part, dict):
        if isinstance(ask := part.get("ask"), dict):
            yield from (ask[name] for name in ("title", "text") if name in ask)
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from asked(each)


def test_no_task_says_when_it_was_by_a_word_that_goes_stale() -> None:
    files = PLAYBOOKS.rglob("*.yaml")
    texts = [text for file in files for text in asked(loaded(file.read_text("utf-8")))]
    assert len(texts) > 20
    assert [text for text in (*texts, NEAR_TEXT) if FROM_NOW.search(text)] == []
