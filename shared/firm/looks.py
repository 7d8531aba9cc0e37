"""How does the firm look: its logo, and its colour by light and in the dark?

A colour is taken only where everything written in it, and on it, can be read. A logo is a picture
every page, mail and letter can carry.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from shared.firm.colours import DARK, HOVER, LIGHT, SOFT, Ground, LooksError, mixed
from shared.firm.png import NoPngError, TornPngError, only_picture, size_of

LARGEST = 64 * 1024  # bytes: each mail carries it
SIDES = (16, 2000)  # pixels, of its width and its height
IN_MAIL = "cid:logo@firm"  # where a mail's own logo is, for its text
SHIPPED_COLOUR = "#1f4e79"  # of buttons in mails


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

    @property
    def within(self) -> str:
        """An address that is the picture itself: nothing is loaded from anywhere."""
        return f"data:image/png;base64,{b64encode(self.content).decode('ascii')}"


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

    def mail_within(self, html: str) -> str:
        """The text of a mail with its logo in it, as whoever gets it sees it."""
        return html.replace(IN_MAIL, self.logo.within) if self.logo is not None else html


AS_SHIPPED = Looks()


def read_logo(file: Path) -> Logo:
    """The firm's logo; LooksError where pages, mails and letters could not carry it."""
    return logo_of(file.name, content_of(file))


def content_of(file: Path) -> bytes:
    """What a logo's file holds, and no more than shows that it is too large."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as failure:
        raise LooksError(f"{file.name} cannot be read: {failure.strerror}") from failure


def logo_of(name: str, content: bytes) -> Logo:
    """The same of what stands in a file of this name, without what stands beside the picture."""
    if len(content) > LARGEST:
        raise LooksError(
            f"{name} has more than {LARGEST // 1024} KiB; at most {LARGEST // 1024} KiB, as each "
            "mail carries it: save it smaller",
            "large",
        )
    try:
        width, height = size_of(content)
    except NoPngError:
        raise LooksError(f"{name} is no PNG picture: save it as one", "no-png") from None
    if not all(SIDES[0] <= side <= SIDES[1] for side in (width, height)):
        raise LooksError(
            f"{name} is {width} by {height} pixels; each side from {SIDES[0]} to {SIDES[1]}",
            "sides",
        )
    try:
        return Logo(only_picture(content), width, height)
    except TornPngError:
        raise LooksError(f"{name} is damaged: save it anew as a PNG picture", "damaged") from None


def only_logo(name: str, content: bytes) -> bytes:
    """What an edition has of a file; one that is no logo as it is: whoever goes by it says so."""
    try:
        return logo_of(name, content).content
    except LooksError:
        return content


def _tokens(colour: str, ground: Ground, by: str) -> str:
    """The colours of one scheme, for screens; paper stays black on white."""
    return (
        f"@media screen and (prefers-color-scheme: {by}) {{ :root {{ --accent: {colour}; "
        f"--accent-hover: {mixed(colour, ground.towards, HOVER)}; "
        f"--on-accent: {ground.on_accent}; "
        f"--accent-soft: {mixed(ground.surface, colour, SOFT)}; }} }}\n"
    )
