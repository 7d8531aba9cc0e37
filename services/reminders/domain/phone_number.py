"""To which number does a text message go, and is it the same as another?

Only what is written in international form (ITU-T E.164) names one telephone of the world.
"""

import re

_DECORATION = re.compile(r"[\s()/.\-\u2010-\u2013\u00a0\u202f]")
_TRUNK = "(0)"  # +49 (0)30: dialled inside the country alone
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")


def number_of(phone: str | None) -> str | None:
    """The number as ``+4930123456``; None where it is not written in international form."""
    plain = _DECORATION.sub("", (phone or "").replace(_TRUNK, ""))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    return plain if _NUMBER.fullmatch(plain) else None
