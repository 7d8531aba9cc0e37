"""How is a kept line about what is planned said in the reader's language?

The line names each message and its moments, so no pattern with a few holes fits it.
"""

import re

from services.desk.pages.language import ENGLISH, _, language, retold

LINE = re.compile(r"Planned: (?P<items>.+) \((?P<zone>[^()]+)\)\.")
MORE = re.compile(r"and (\d+) more")
THEN = " and on "


def planned_said(text: str) -> str:
    """What is planned, and when; a line of another shape is said as any other."""
    found = LINE.fullmatch(text)
    if found is None or language() == ENGLISH:
        return retold(text)
    items = "; ".join(map(_item, found["items"].split("; ")))
    return _("Planned: {items} ({zone}).").format(items=items, zone=found["zone"])


def _item(text: str) -> str:
    if more := MORE.fullmatch(text):
        return _("and {more} more").format(more=more[1])
    first, *others = text.split(THEN)
    what, _on, when = first.rpartition(" on ")
    moments = ", ".join(retold(each) for each in (when, *others))
    return f"{retold(what)}: {moments}" if what else retold(text)
