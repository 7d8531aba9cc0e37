"""Is it in a language its reader reads?"""

from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading

RULE = "language"


def look(reading: Reading) -> Iterator[Finding]:
    """A letter in another language than the client's own, until somebody settles that."""
    wanted = reading.wanted_language
    if wanted is None or wanted == reading.language or reading.template:
        return
    yield Finding(
        rule=RULE, start=0, end=0, refuses=True,
        message=f"the client reads `{wanted}`, and the firm has this letter in "
        f"`{reading.language}` only",
        suggestion="write it in their language, or say that they read this one",
    )  # fmt: skip
