"""What does an HTML mail say as text? Nothing of it is run, rendered or fetched.

The parser is that of a browser. Elements nested without end would keep it busy: such a mail, which
no mail program writes, is left to whoever opens the mailbox.
"""

import re

from selectolax.lexbor import LexborHTMLParser

LONGEST = 200_000  # characters
DEEPEST = 1000  # elements opened and not closed
QUOTED = "________________________________"  # as Outlook draws it above what it repeats
UNSEEN = ["script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"]
BREAKS = frozenset(
    {
        "p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol",
        "blockquote", "pre", "hr", "section", "article",
    }
)  # fmt: skip
BEGINS = "#appendonsend, #divRplyFwdMsg, .gmail_quote, .yahoo_quoted, .moz-cite-prefix"
TEXT = "-text"
_OPENED = re.compile(
    r"<(?!(?:br|img|hr|meta|input|link|p|li|td|tr|th|dt|dd|wbr|col|option)[\s>/])[a-z]"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def text_of_html(page: str) -> str | None:
    """What the page says; None where it is nested too deep to be read."""
    page = page[:LONGEST]
    small = page.lower()
    if len(_OPENED.findall(small)) - small.count("</") > DEEPEST:
        return None
    parsed = LexborHTMLParser(page)
    parsed.strip_tags(UNSEEN, recursive=True)
    begin = parsed.css_first(BEGINS)
    if begin is not None:
        begin.insert_before(f"\n{QUOTED}\n")
    body = parsed.body
    if body is None:
        return ""
    said: list[str] = []
    for node in body.traverse(include_text=True):
        if node.tag == TEXT:
            found = node.text_content or ""
            said.append(found if QUOTED in found else _SPACES.sub(" ", found))
        elif node.tag in BREAKS:
            said.append("\n")
    return "".join(said)
