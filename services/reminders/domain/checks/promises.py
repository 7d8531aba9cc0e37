"""Does it promise an outcome that nobody can promise?

A lawyer owes work, not success; whoever promises it misleads (ABA Model Rule 7.1 comment 3; SRA
Code 8.8; § 43b BRAO). To say that nobody can promise it is right.
"""

import re
from collections.abc import Iterator

from services.reminders.domain.checks.finding import NEGATION_REACH, Finding, Reading, phrase

RULE = "promise"
SENTENCE_END = re.compile(r"[.!?\n]")


def look(reading: Reading) -> Iterator[Finding]:
    """Every promise, unless its own sentence denies it."""
    for pattern in reading.words.promises:
        for match in re.finditer(pattern, reading.text, re.IGNORECASE):
            if not _is_denied(reading, match.start(), match.end()):
                yield Finding(
                    rule=RULE, start=match.start(), end=match.end(), refuses=True,
                    message="this promises an outcome, and nobody can",
                    suggestion="say what you will do, not what will come of it",
                )  # fmt: skip


def _is_denied(reading: Reading, start: int, end: int) -> bool:
    before = SENTENCE_END.split(reading.text[max(0, start - NEGATION_REACH) : start])[-1]
    after = SENTENCE_END.split(reading.text[end : end + NEGATION_REACH])[0]
    return any(phrase(word).search(f"{before} | {after}") for word in reading.words.negations)
