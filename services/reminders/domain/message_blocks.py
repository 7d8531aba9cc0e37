"""How does one text become both what is read as plain text and what is laid out as HTML?

Paragraphs, with marks around what is a button or a heading.
"""

import re
from html import escape

from services.reminders.domain.letter_text import HEADING

COLONS = {"fr": "\u00a0:"}  # with a space before it that does not break
_BUTTON = re.compile(r"\ue001(.*?)\ue002(.*?)\ue001", re.DOTALL)


def button(label: str, link: str) -> str:
    """A link with its label, between marks."""
    return f"\ue001{label}\ue002{link}\ue001"


def as_text(text: str, language: str = "") -> str:
    """The text for programs that show no layout: a button is its label, and the link below it."""
    said, colon = text.replace(HEADING, ""), COLONS.get(language, ":")
    return _BUTTON.sub(lambda match: f"{match[1]}{colon}\n{match[2]}", said) + "\n"


def blocks_of(text: str) -> list[dict[str, str]]:
    """The text paragraph by paragraph, as the layout takes it."""
    return [_block(each) for each in re.split(r"\n{2,}", text) if each.strip()]


def _block(paragraph: str) -> dict[str, str]:
    found = _BUTTON.fullmatch(paragraph.strip())
    if found:
        return {"label": found[1], "link": found[2]}
    if paragraph.startswith(HEADING):
        return {"heading": paragraph.strip(HEADING)}
    lines = escape(as_text(paragraph).strip()).splitlines()
    return {"html": "<br>\n".join(lines)}
