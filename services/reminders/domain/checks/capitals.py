"""Are capitals where they belong: after the greeting, and not in whole words one after another?"""

import re
from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading

RULE = "capitals"
SHOUTED = re.compile(r"\b[A-ZÄÖÜ]{4,}(?:\s+[A-ZÄÖÜ]{2,})+\b")


def look(reading: Reading) -> Iterator[Finding]:
    """The first letter after the greeting, and words written in capitals only."""
    yield from _after_greeting(reading)
    for match in SHOUTED.finditer(reading.text):
        yield Finding(
            rule=RULE, start=match.start(), end=match.end(),
            message="words in capitals only read as if shouted",
        )  # fmt: skip


def _after_greeting(reading: Reading) -> Iterator[Finding]:
    greeting, _, rest = reading.body.partition("\n\n")
    first = rest.lstrip().split(maxsplit=1)[:1]
    if not greeting.rstrip().endswith(",") or not first or not first[0][0].isalpha():
        return
    word = first[0]
    start = reading.body_start + reading.body.index(word, len(greeting))
    plain = word.strip(".,;:")
    if reading.words.greeting_goes_on:
        wrong = word[0].isupper() and plain in reading.words.goes_on_small
        message = "the sentence goes on after the comma of the greeting: it begins small"
    else:
        wrong = word[0].islower()
        message = "the first sentence begins with a capital letter"
    if wrong:
        yield Finding(rule=RULE, start=start, end=start + len(word), message=message)
