"""What stands against the firm's text messages as they are written?

Each is tried out with long words: it may take so many parts, say no more of a matter than the law
leaves to it, and show whoever sees the screen nothing of what the matter is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.reminders.domain.channel_order import only_allowed
from services.reminders.domain.checked_texts import Remark
from services.reminders.domain.checks import preview
from services.reminders.domain.checks.finding import Finding, Reading
from services.reminders.domain.checks.word_lists import NO_WORDS, WordList
from services.reminders.domain.message_texts import SHORT, TextFile
from services.reminders.domain.segments import alphabet_of, segments
from services.reminders.domain.wording import Occasion, Wording, WordingError

RULE = "text-message"
AT = datetime(2026, 9, 30, 14, 30, tzinfo=UTC)  # a Wednesday in September: few days are longer
BEFORE = datetime(2026, 9, 1, tzinfo=UTC)
SAMPLE = {
    "starts_at": AT,
    "due_at": AT.date(),
    "was": {"starts_at": AT, "location": "Example Street 12, Example Town"},
    "location": "Example Street 12, Example Town",
    "link": "x" * 100,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the firm's law and the firm itself leave to a text message."""

    facts: frozenset[str]
    most: int  # parts
    firm: str
    phone: str


def remarks_on_texts(
    languages: Mapping[str, Iterable[TextFile]], wording: Wording, bounds: Bounds,
    lists: Mapping[str, WordList],
) -> Iterator[Remark]:  # fmt: skip
    """What is noticed in every text message, in each language; all of it refuses."""
    for language, files in languages.items():
        latest = {file.part: file for file in files}
        for part, file in latest.items():
            if part.startswith(f"{SHORT}/") and part.endswith(".txt"):
                name = part.removeprefix(f"{SHORT}/").removesuffix(".txt")
                for finding in _findings(language, name, wording, bounds, lists):
                    yield Remark(f"{file.place}:1", replace(finding, refuses=True))


def _findings(
    language: str, name: str, wording: Wording, bounds: Bounds, lists: Mapping[str, WordList]
) -> Iterator[Finding]:
    words = only_allowed(
        {**SAMPLE, "firm": bounds.firm, "firm_phone": bounds.phone or None}, bounds.facts
    )
    occasion = Occasion(locale=language, zone=ZoneInfo("UTC"), now=BEFORE)
    try:
        text = wording.render_text(name, words, occasion).text
    except WordingError:
        yield _finding(
            "uses a word that nobody fills in, or that the firm's law keeps out of text messages; "
            f"there are: {', '.join(sorted(words))}"
        )
        return
    parts = segments(text)
    if parts > bounds.most:
        yield _finding(
            f"takes {parts} parts in {alphabet_of(text)}, where {bounds.most} are allowed"
        )
    reading = Reading(
        subject_line=text, body="", language=language, words=lists.get(language, NO_WORDS)
    )
    yield from preview.look(reading)


def _finding(message: str) -> Finding:
    return Finding(rule=RULE, start=0, end=0, message=message)
