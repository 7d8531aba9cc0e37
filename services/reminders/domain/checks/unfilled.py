"""Is anything left to be filled in?"""

import re
from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading

RULE = "unfilled"
GAPS = re.compile(
    r"\[(?:[^\[\]\n]|\n(?!\n)){1,3000}\]"  # however much it asks for, within its paragraph
    r"|\{\{.*?\}\}|\{%.*?%\}|_{4,}|\bX{3,}\b|\bTODO\b|\?{3,}"
)


def look(reading: Reading) -> Iterator[Finding]:
    """Every gap a person has to fill; a template has gaps by its nature."""
    if reading.template:
        return
    for match in GAPS.finditer(reading.text):
        yield Finding(
            rule=RULE, start=match.start(), end=match.end(), refuses=True,
            message=f"this is still to be filled in: {match[0].strip('[]')}",
        )  # fmt: skip
