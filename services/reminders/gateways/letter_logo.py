"""How is the firm's logo put into a printed letter without making the letter large?

A small file can hold many dots, and a letter carries each of them: it travels to the desk in one
message, so what would be too large is printed with fewer. A picture that is not stays as it is.
"""

import zlib
from functools import lru_cache
from io import BytesIO

from PIL import Image

from shared.firm.looks import Logo

LARGEST = 120_000  # bytes, as it stands in the letter
FINEST, COARSEST = (600, 400, 300, 200), 150  # dots of an inch of paper, tried from the finest
INCH = 25.4  # millimetres


@lru_cache(maxsize=4)
def logo_on_paper(logo: Logo, width: float, height: float) -> bytes:
    """The picture for a letter, in which it is so many millimetres wide and high."""
    with Image.open(BytesIO(logo.content)) as picture:
        if _size(picture) <= LARGEST:
            return logo.content
        plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    for dots in FINEST:
        printed = _with_dots(plain, dots, width, height)
        if _size(printed) <= LARGEST:
            return _as_png(printed)
    return _as_png(_with_dots(plain, COARSEST, width, height))


def _with_dots(picture: Image.Image, dots: int, width: float, height: float) -> Image.Image:
    fits = (max(1, round(width / INCH * dots)), max(1, round(height / INCH * dots)))
    printed = picture.copy()
    printed.thumbnail(fits, Image.Resampling.LANCZOS)  # never larger than it is
    return printed


def _size(picture: Image.Image) -> int:
    return len(zlib.compress(picture.tobytes()))


def _as_png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
