"""In which colours do samples of a firm's looks stand, whatever the reader's screen is set to?"""

from collections.abc import Iterator

from shared.firm.colours import DARK, HOVER, LIGHT, SOFT, Ground, mixed
from shared.firm.looks import Looks


def sample_style(looks: Looks) -> str:
    """The style of both samples: by light, and in the dark."""
    said = (("light", looks.light, LIGHT), ("dark", looks.dark, DARK))
    return "".join(
        f".look-sample.{name} {{ {'; '.join(_tokens(colour or ground.accent, ground))}; }}\n"
        for name, colour, ground in said
    )


def _tokens(accent: str, ground: Ground) -> Iterator[str]:
    yield f"--paper: {ground.paper}"
    yield f"--surface: {ground.surface}"
    yield f"--sunken: {ground.sunken}"
    yield f"--ink: {ground.ink}"
    yield f"--accent: {accent}"
    yield f"--accent-hover: {mixed(accent, ground.towards, HOVER)}"
    yield f"--accent-soft: {mixed(ground.surface, accent, SOFT)}"
    yield f"--on-accent: {ground.on_accent}"
