"""How does a person write how long something takes?

``7d``, ``1h30m``, ``90m``: numbers, each with the first letter of its unit.
"""

import re
from datetime import timedelta

from shared.errors import ClienteleError

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = re.compile(r"(\d+)([wdhms])")
_WHOLE = re.compile(r"(?:\d+[wdhms])+")
_LONGEST = timedelta(days=3660)


class NotADurationError(ClienteleError):
    """This is not a duration; write for example 7d, 1h30m or 90m."""


def read_duration(text: str) -> timedelta:
    """How long ``text`` is; refuses nothing, too much, a sign, a unit written twice."""
    if not _WHOLE.fullmatch(text):
        raise NotADurationError(f"{text!r} is not a duration: write for example 7d, 1h30m or 90m")
    parts = [(_UNITS[unit], int(number)) for number, unit in _PART.findall(text)]
    if len(dict(parts)) < len(parts):
        raise NotADurationError(f"{text!r} names a unit twice")
    if any(number > _LONGEST.total_seconds() for _, number in parts):
        raise NotADurationError(f"{text!r} is longer than ten years")
    length = timedelta(**dict(parts))
    if not timedelta(0) < length <= _LONGEST:
        raise NotADurationError(f"{text!r} is not between a second and ten years")
    return length


def say_duration(length: timedelta) -> str:
    """The two largest units of a length, as it would be written: ``7d``, ``1h30m``, ``40s``."""
    left = int(length.total_seconds())
    said: list[str] = []
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        number, left = divmod(left, seconds)
        if number:
            said.append(f"{number}{unit}")
    return "".join(said[:2]) or "0s"
