"""Does it sound as the firm would speak to somebody in its office?"""

import re
from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading, places

RULE = "courtesy"
LOUD = re.compile(r"!{2,}")


def look(reading: Reading) -> Iterator[Finding]:
    """Phrases that sound hard, each with a kinder one, and exclamation marks in a row."""
    for said, start, end in places(reading.words.courtesy, reading.text):
        yield Finding(
            rule=RULE, start=start, end=end, message="this sounds hard",
            suggestion=reading.words.courtesy[said],
        )  # fmt: skip
    for match in LOUD.finditer(reading.text):
        yield Finding(
            rule=RULE, start=match.start(), end=match.end(), message="this sounds loud",
            suggestion="one mark, or none",
        )  # fmt: skip
