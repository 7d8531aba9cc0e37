"""How does the firm look: its logo, and its colour by light and in the dark?

A colour is taken only where everything written in it, and on it, can be read: each pair has the
contrast that WCAG asks of text. A logo is a picture every page, mail and letter can carry.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LEAST = 4.5  # WCAG 2.2, 1.4.3: contrast of text
LARGEST = 64 * 1024  # bytes: each mail carries it
SIDES = (16, 2000)  # pixels, of its width and its height
PNG = b"\x89PNG\r\n\x1a\n"
SOFT, HOVER = 0.12, 0.22  # how much of the colour a background has; how far it moves under a mouse
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands around a colour on a page, as in the style sheet."""

    paper: str
    surface: str
    sunken: str
    ink: str
    on_accent: str
    towards: str  # where a colour moves when a mouse is over it: away from the paper


LIGHT = Ground("#f5f4f1", "#ffffff", "#ecebe6", "#1b2430", "#ffffff", "#000000")
DARK = Ground("#12161c", "#1b2129", "#252d38", "#e7eaee", "#0e1a28", "#ffffff")
IN_MAIL = "cid:logo@firm"  # where a mail's own logo is, for its text
SHIPPED_COLOUR = "#1f4e79"  # of buttons in mails


class LooksError(ValueError):
    """A colour or a logo cannot be used; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, and how large it is."""

    content: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """Its address changes with the picture, so a browser may keep it for ever."""
        return f"logo-{hashlib.sha256(self.content).hexdigest()[:16]}.png"


@dataclass(frozen=True, slots=True)
class Looks:
    """How the firm looks; what it did not say is as shipped."""

    logo: Logo | None = None
    light: str = ""
    dark: str = ""

    @property
    def in_mail(self) -> str:
        """The colour of buttons in mails, and of the firm's name on paper."""
        return self.light or SHIPPED_COLOUR

    def style(self) -> str:
        """What a page's style sheet says otherwise; empty where nothing is."""
        said = (("light", self.light, LIGHT), ("dark", self.dark, DARK))
        return "".join(_tokens(colour, ground, by) for by, colour, ground in said if colour)


AS_SHIPPED = Looks()


def read_logo(file: Path) -> Logo:
    """The firm's logo; LooksError where pages, mails and letters could not carry it."""
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise LooksError(
                f"{file.name} has {size // 1024} KiB; at most {LARGEST // 1024} KiB, as each mail "
                "carries it: save it smaller"
            )
        content = file.read_bytes()
    except OSError as failure:
        raise LooksError(f"{file.name} cannot be read: {failure.strerror}") from failure
    if not content.startswith(PNG) or len(content) < 24:
        raise LooksError(f"{file.name} is no PNG picture: save it as one")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    if not all(SIDES[0] <= side <= SIDES[1] for side in (width, height)):
        raise LooksError(
            f"{file.name} is {width} by {height} pixels; each side from {SIDES[0]} to {SIDES[1]}"
        )
    return Logo(content, width, height)


def check_colour(colour: str, *, dark: bool = False) -> str:
    """The colour in small letters; LooksError where something in it or on it could not be read."""
    if not colour:
        return colour
    if not _COLOUR.fullmatch(colour):
        raise LooksError(f"{colour} is no colour; write six digits, like #1d4a78")
    colour = colour.lower()
    ground = DARK if dark else LIGHT
    for place, one, other in _pairs(colour, ground):
        found = contrast(one, other)
        if found < LEAST:
            wanted = "a lighter" if dark else "a darker"
            raise LooksError(
                f"{colour} {place} has a contrast of {found:.2f}; text needs {LEAST}: "
                f"choose {wanted} one"
            )
    return colour


def contrast(one: str, other: str) -> float:
    """How well one colour stands out from another, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """A colour with so much of another in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _pairs(colour: str, ground: Ground) -> Iterator[tuple[str, str, str]]:
    """Everything that is written in this colour or on it."""
    yield "on the page", colour, ground.paper
    yield "in a box", colour, ground.surface
    yield "in a sunken box", colour, ground.sunken
    yield "on its own tint", colour, mixed(ground.surface, colour, SOFT)
    yield "under the words of a button", ground.on_accent, colour
    yield (
        "under the words of a button that is pointed at",
        ground.on_accent,
        mixed(colour, ground.towards, HOVER),
    )
    yield "as a tint under text", ground.ink, mixed(ground.surface, colour, SOFT)


def _tokens(colour: str, ground: Ground, by: str) -> str:
    """The colours of one scheme, for screens; paper stays black on white."""
    return (
        f"@media screen and (prefers-color-scheme: {by}) {{ :root {{ --accent: {colour}; "
        f"--accent-hover: {mixed(colour, ground.towards, HOVER)}; "
        f"--on-accent: {ground.on_accent}; "
        f"--accent-soft: {mixed(ground.surface, colour, SOFT)}; }} }}\n"
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(each) for each in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
