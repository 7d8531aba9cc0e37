"""Which words of other systems may stand readable in figures?

A practice area, a channel, a review site is a short word of a list: tenancy, google, berlin-mitte.
The wire lets more through, up to a sentence that names somebody; figures are not sealed, so
whatever is not one plain word is counted as another. Google's name of a location is made of ids.
"""

import re
from collections.abc import Mapping
from typing import Any

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LOCATION = re.compile(r"accounts/[A-Za-z0-9_-]{1,64}/locations/[A-Za-z0-9_-]{1,64}")
ANOTHER = "other"
OF_OTHER_SYSTEMS = frozenset(
    {"channel", "referral", "practice_area", "site", "location_id", "stage", "what"}
)


def plain(word: str) -> str:
    """The word where it is one plain word, or Google's name of a location; else ``other``."""
    return word if PLAIN.fullmatch(word) or LOCATION.fullmatch(word) else ANOTHER


def plainly(fields: Mapping[str, Any]) -> dict[str, Any]:
    """These fields, with the words of other systems made plain."""
    return {
        name: plain(value) if name in OF_OTHER_SYSTEMS and isinstance(value, str) else value
        for name, value in fields.items()
    }
