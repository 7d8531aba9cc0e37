"""Does the subject tell whoever sees the screen what the matter is about?

A subject line stands on locked telephones and in lists that others see. What the matter is stays
in the letter (ABA Formal Opinion 477R; § 203 StGB).
"""

from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading, places

RULE = "preview"


def look(reading: Reading) -> Iterator[Finding]:
    """Words of the subject that tell what kind of matter it is."""
    for said, start, end in places(reading.words.telling, reading.subject_line):
        yield Finding(
            rule=RULE, start=start, end=end,
            message=f"a subject is read by others, too: {said} tells what the matter is about",
            suggestion="keep it for the letter",
        )  # fmt: skip
