"""Does it stand below the letter who signs it, and not the firm's name alone?"""

from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading

RULE = "signature"
CLOSE_LINES = 5  # a greeting, a name, what they are, the firm, its place


def look(reading: Reading) -> Iterator[Finding]:
    """A close of a greeting and the firm: a reader does not know whom to ask for."""
    close = close_of(reading.body, reading.firm)
    if reading.template or close is None:
        return
    greeting, *names = close.splitlines()
    if [each.strip() for each in names if each.strip()] != [reading.firm]:
        return
    start = reading.body_start + reading.body.rindex(close)
    yield Finding(
        rule=RULE, start=start + len(greeting) + 1, end=start + len(close),
        message="the firm stands here alone: put the name of who signs above it",
    )  # fmt: skip


def close_of(text: str, firm: str) -> str | None:
    """The paragraph that closes a letter: a greeting, who signs, and the firm."""
    paragraphs = [each.strip("\n") for each in text.split("\n\n")]
    return next((each for each in reversed(paragraphs) if _is_close(each, firm)), None)


def _is_close(paragraph: str, firm: str) -> bool:
    _, *names = (line.strip() for line in paragraph.splitlines() or [""])
    return bool(firm) and firm in names and len(names) < CLOSE_LINES
