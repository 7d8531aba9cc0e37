"""What may a source, a mapping of lists or a subscription be called, and how is a duration written?

A name is part of file names, addresses, event sources and figures, so it is plain and short.
"""

import re
from datetime import timedelta

LONGEST_NAME = 32
REMEDY = f"by lower-case letters, digits and single hyphens, {LONGEST_NAME} at most"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def is_name(said: str) -> bool:
    """Whether something can be called so."""
    return len(said) <= LONGEST_NAME and _NAME.fullmatch(said) is not None


def file_name(said: str) -> str:
    """The name of a file of the firm; ValueError says how to call it."""
    if not is_name(said):
        raise ValueError(f"call the file {REMEDY}")
    return said


_DURATION = re.compile(r"(?P<number>[1-9][0-9]{0,3})(?P<unit>[mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def duration(said: str) -> timedelta:
    """How long ``90m``, ``36h`` or ``3d`` is; ValueError says how it is written."""
    found = _DURATION.fullmatch(said)
    if found is None:
        raise ValueError("write 90m, 36h or 3d")
    return timedelta(**{_UNITS[found["unit"]]: int(found["number"])})
