"""Is the client greeted as their card says?"""

from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading

RULE = "salutation"


def look(reading: Reading) -> Iterator[Finding]:
    """Another greeting than the card's, which somebody may have chosen knowingly."""
    if reading.greeting is None or reading.template:
        return
    first = reading.body.strip().partition("\n")[0].strip()
    if first != reading.greeting.strip():
        start = reading.body_start
        yield Finding(
            rule=RULE, start=start, end=start + len(first),
            message="the client's card has another greeting", suggestion=reading.greeting.strip(),
        )  # fmt: skip
