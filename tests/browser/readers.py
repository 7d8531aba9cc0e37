"""Who reads the pages? People with different screens, browsers, colours and languages."""

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Reader:
    """Somebody with a screen, a browser and a language."""

    width: int
    js: bool
    scheme: str
    locale: str

    @property
    def window(self) -> dict[str, Any]:
        """The window they look through."""
        return {"width": self.width, "js": self.js, "scheme": self.scheme, "locale": self.locale}


OLD_PHONE = Reader(320, False, "light", "en-GB")
DARK_PHONE = Reader(320, True, "dark", "de-DE")
DESK = Reader(1280, True, "light", "de-DE")
PLAIN_DESK = Reader(1280, False, "dark", "en-GB")
READERS = pytest.mark.parametrize(
    "reader",
    [OLD_PHONE, DARK_PHONE, DESK, PLAIN_DESK],
    ids=["old phone", "dark phone", "desk", "no script"],
)
LOOKS = pytest.mark.parametrize(
    "look",
    [{"width": width, "scheme": scheme} for width in (320, 1280) for scheme in ("light", "dark")],
    ids=lambda look: f"{look['width']} {look['scheme']}",
)
Look = dict[str, Any]
SENDING = "button[type=submit]"
