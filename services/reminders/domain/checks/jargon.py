"""Are there words that few clients know?"""

from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading, places

RULE = "jargon"


def look(reading: Reading) -> Iterator[Finding]:
    """Each with what it means in plain words."""
    for said, start, end in places(reading.words.jargon, reading.text):
        yield Finding(
            rule=RULE, start=start, end=end, message="few clients know this word",
            suggestion=reading.words.jargon[said],
        )  # fmt: skip
