"""Which key does an id of another system have?

An event's subject ends in a key: 1 to 64 letters, digits, hyphens and underscores. An id that is
such a key is its own. Any other id, as review sites, calendars and mail servers give them, has the
key derived here; the id itself travels in the data as it came.
"""

import re
from hashlib import sha256
from typing import Final

from shared.contracts.fields import KEY_PATTERN

PREFIX: Final = "h-"
DIGITS: Final = 40
MADE_DIGITS: Final = 24

_KEY: Final = re.compile(KEY_PATTERN.strip("^$"))


def key_of(foreign_id: str) -> str:
    """The id itself where it is a key, otherwise ``h-`` and the first 40 digits of its SHA-256.

    The hexadecimal digits are lower case, the id is read as UTF-8.
    """
    if _KEY.fullmatch(foreign_id):
        return foreign_id
    return PREFIX + sha256(foreign_id.encode()).hexdigest()[:DIGITS]


def id_made_of(prefix: str, *parts: str) -> str:
    """The id of what follows from these: the prefix, a hyphen and 24 digits of their SHA-256.

    The same parts in the same order always make the same id, so a step that runs twice makes one
    thing. They are joined by line ends; ids have none, so no two lists of parts meet.
    """
    return f"{prefix}-" + sha256("\n".join(parts).encode()).hexdigest()[:MADE_DIGITS]
