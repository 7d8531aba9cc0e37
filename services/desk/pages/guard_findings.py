"""Which phrases of a reply did the guard object to?

The owner names each place in the text and the rule, never the words; the words are those the person
typed, so the page can show each phrase beside its rule.
"""

import re
from dataclasses import dataclass

PLACE = re.compile(
    r"characters (\d+) to (\d+) \(([^)]*)\): (.*?)(?=; characters \d|; and \d+ more$|$)"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One phrase, and what is wrong with it."""

    phrase: str
    message: str


def findings_in(message: str, typed: str) -> list[Finding]:
    """The guard's findings in a refusal; none where it is not the guard's."""
    text = typed.replace("\r\n", "\n").strip()
    return [
        Finding(text[int(start) - 1 : int(end)] or _("the whole text"), _sentence(said))
        for start, end, _, said in PLACE.findall(message)
    ]


def _sentence(said: str) -> str:
    words = said.strip().rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."
