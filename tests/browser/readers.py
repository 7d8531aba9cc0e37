"""Who reads the pages? People with different screens, browsers, colours and languages."""

import os
import zlib
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

    @property
    def at_the_desk(self) -> dict[str, Any]:
        """The same window, of somebody who reads English: tests of the desk quote its pages."""
        return {**self.window, "locale": "en-GB"}


OLD_PHONE = Reader(320, False, "light", "en-GB")
DARK_PHONE = Reader(320, True, "dark", "de-DE")
DESK = Reader(1280, True, "light", "de-DE")
PLAIN_DESK = Reader(1280, False, "dark", "en-GB")
WHOLE = os.environ.get("CLIENTELE_JOURNEYS") == "whole"  # else one of the two that differ most
_READERS = {
    "old phone": OLD_PHONE,
    "desk": DESK,
    **({"dark phone": DARK_PHONE, "no script": PLAIN_DESK} if WHOLE else {}),
}
_LOOKS = (
    [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
    if WHOLE
    else [(320, "dark"), (1280, "light")]
)
READERS = pytest.mark.parametrize("reader", list(_READERS.values()), ids=list(_READERS))
LOOKS = pytest.mark.parametrize(
    "look",
    [{"width": width, "scheme": scheme} for width, scheme in _LOOKS],
    ids=lambda look: f"{look['width']} {look['scheme']}",
)
Look = dict[str, Any]
SENDING = "button[type=submit]"


def is_another_readers_turn(item: pytest.Item) -> bool:
    """Is this test left to the other of the two readers? In the suite each test has one of them.

    Which one follows from the test's name, so that it is the same in every run and about half of
    the tests go to each; ``make journeys`` has all readers for all tests.
    """
    spec = getattr(item, "callspec", None)
    if WHOLE or spec is None:
        return False
    numbers = [spec.indices[name] for name in ("reader", "look") if name in spec.indices]
    name = item.nodeid.partition("[")[0]
    return any(number != zlib.crc32(name.encode()) % 2 for number in numbers)
