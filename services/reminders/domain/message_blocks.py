"""How does one text become both what is read as plain text and what is laid out as HTML?

Paragraphs, with marks around what is a button, a line that leads somewhere, or a heading.
"""

import re
from html import escape

from services.reminders.domain.letter_text import HEADING

COLONS = {"fr": "\u00a0:"}  # with a space before it that does not break
_BUTTON = re.compile(r"\ue001(.*?)\ue002(.*?)\ue001", re.DOTALL)
_LINKED = re.compile(r"\ue006(.*?)\ue007(.*?)\ue006", re.DOTALL)


def button(label: str, link: str) -> str:
    """A link with its label, between marks."""
    return f"\ue001{label}\ue002{link}\ue001"


def linked(line: str, link: str | None) -> str:
    """A line that leads somewhere, between marks; without a link, the line alone."""
    return f"\ue006{line}\ue007{link}\ue006" if link else line


def as_text(text: str, language: str = "") -> str:
    """The text for programs that show no layout: what leads somewhere has its link below it."""
    return _LINKED.sub(r"\1\n  \2", _with_buttons(text, language)) + "\n"


def blocks_of(text: str) -> list[dict[str, str]]:
    """The text paragraph by paragraph, as the layout takes it."""
    return [_block(each) for each in re.split(r"\n{2,}", text) if each.strip()]


def _block(paragraph: str) -> dict[str, str]:
    found = _BUTTON.fullmatch(paragraph.strip())
    if found:
        return {"label": found[1], "link": found[2]}
    if paragraph.startswith(HEADING):
        return {"heading": paragraph.strip(HEADING)}
    lines = escape(_with_buttons(paragraph).strip()).splitlines()
    return {
        "html": _LINKED.sub(r'<a href="\2" style="color:inherit;">\1</a>', "<br>\n".join(lines))
    }


def _with_buttons(text: str, language: str = "") -> str:
    said, colon = text.replace(HEADING, ""), COLONS.get(language, ":")
    return _BUTTON.sub(lambda match: f"{match[1]}{colon}\n{match[2]}", said)
