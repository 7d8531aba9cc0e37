"""Which colours may a firm have: can everything be read that is written in one, and on it?

Each pair has the contrast that WCAG asks of text. For one that cannot be read there is a near one
that can.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from typing import Literal

LEAST = 4.5  # WCAG 2.2, 1.4.3: contrast of text
SOFT, HOVER = 0.12, 0.22  # how much of the colour a background has; how far it moves under a mouse
STEPS = 50  # in which a near colour is looked for
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
Where = Literal["page", "box", "sunken", "tint", "button", "pointed", "under-text"]
PLACES: dict[Where, str] = {
    "page": "on the page",
    "box": "in a box",
    "sunken": "in a sunken box",
    "tint": "on its own tint",
    "button": "under the words of a button",
    "pointed": "under the words of a button that is pointed at",
    "under-text": "as a tint under text",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands around a colour on a page, as in the style sheet."""

    paper: str
    surface: str
    sunken: str
    ink: str
    on_accent: str
    accent: str  # as shipped
    towards: str  # where a colour moves when a mouse is over it: away from the paper


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that stand on each other, where, and how well one is told from the other."""

    where: Where
    contrast: float

    @property
    def said(self) -> str:
        """For a reader, rounded down: a contrast that is not enough does not look as if it was."""
        return f"{floor(self.contrast * 10) / 10:.1f}"

    @property
    def can_be_read(self) -> bool:
        """Whether it is enough for text."""
        return self.contrast >= LEAST


LIGHT = Ground("#f5f4f1", "#ffffff", "#ecebe6", "#1b2430", "#ffffff", "#1d4a78", "#000000")
DARK = Ground("#12161c", "#1b2129", "#252d38", "#e7eaee", "#0e1a28", "#93bff0", "#ffffff")


class LooksError(ValueError):
    """A colour or a logo cannot be used; says why, and what to do. ``why``: in one word."""

    def __init__(self, message: str, why: str = "") -> None:
        super().__init__(message)
        self.why = why


def is_colour(said: str) -> bool:
    """Whether it is written as a colour: ``#1d4a78``."""
    return bool(_COLOUR.fullmatch(said))


def check_colour(colour: str, *, dark: bool = False) -> str:
    """The colour in small letters; LooksError where something in it or on it could not be read."""
    if not colour:
        return colour
    if not is_colour(colour):
        raise LooksError(f"{colour} is no colour; write six digits, like #1d4a78")
    colour = colour.lower()
    for each in pairs_of(colour, dark=dark):
        if not each.can_be_read:
            wanted = "a lighter" if dark else "a darker"
            raise LooksError(
                f"{colour} {PLACES[each.where]} has a contrast of {each.said}; text needs "
                f"{LEAST}: choose {wanted} one, such as {near(colour, dark=dark)}"
            )
    return colour


def pairs_of(colour: str, *, dark: bool = False) -> list[Pair]:
    """Everything that is written in this colour or on it, by light or in the dark."""
    ground = DARK if dark else LIGHT
    return [Pair(where, contrast(one, other)) for where, one, other in _pairs(colour, ground)]


def near(colour: str, *, dark: bool = False) -> str:
    """The nearest colour of its kind that can be read: a darker one, in the dark a lighter."""
    ground = DARK if dark else LIGHT
    for step in range(STEPS + 1):
        found = mixed(colour, ground.towards, step / STEPS)
        if all(each.can_be_read for each in pairs_of(found, dark=dark)):
            return found
    return ground.towards


def contrast(one: str, other: str) -> float:
    """How well one colour stands out from another, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """A colour with so much of another in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _pairs(colour: str, ground: Ground) -> Iterator[tuple[Where, str, str]]:
    tint = mixed(ground.surface, colour, SOFT)
    yield "page", colour, ground.paper
    yield "box", colour, ground.surface
    yield "sunken", colour, ground.sunken
    yield "tint", colour, tint
    yield "button", ground.on_accent, colour
    yield "pointed", ground.on_accent, mixed(colour, ground.towards, HOVER)
    yield "under-text", ground.ink, tint


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(each) for each in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
