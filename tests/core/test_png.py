"""Is what is taken as a picture one that can be shown and printed, and nothing else beside it?"""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.reminders.gateways.letter_pdf import PdfLetters
from shared.firm.colours import LooksError
from shared.firm.looks import Looks, logo_of
from shared.firm.png import DEPTHS, SAMPLES, SIGNATURE, WOVEN
from tests.core.test_looks import picture
from tests.reminders.test_looks import LETTER

END = b"IEND"


def chunk(kind: bytes, said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))


def head(depth: int = 8, kind: int = 2, *ways: int, side: int = 20) -> bytes:
    return struct.pack(">IIBBBBB", side, side, depth, kind, *(ways or (0, 0, 0)))


def lines(depth: int, kind: int, woven: int, filters: int = 0, side: int = 20) -> bytes:
    """All of it in one colour."""
    passes = WOVEN if woven else ((0, 0, 1, 1),)
    sizes = [(-(-(side - x) // dx), -(-(side - y) // dy)) for x, y, dx, dy in passes]
    line = {wide: -(-wide * depth * SAMPLES[kind] // 8) for wide, _ in sizes}
    return b"".join((bytes([filters]) + b"\0" * line[wide]) * high for wide, high in sizes)


def made(*parts: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    return SIGNATURE + b"".join(chunk(*each) for each in parts) + chunk(END, b"") + after


def with_beside(kind: bytes, said: bytes) -> bytes:
    """A picture that says something beside its dots."""
    return made((b"IHDR", head()), (kind, said), (b"IDAT", zlib.compress(lines(8, 2, 0))))


def packed(content: bytes) -> tuple[bytes, bytes]:
    return b"IDAT", zlib.compress(content)


@pytest.mark.parametrize(
    "content",
    [
        made((b"IHDR", head(3)), packed(lines(8, 2, 0))),
        made((b"IHDR", head(4)), packed(lines(8, 2, 0))),
        made((b"IHDR", head(8, 3)), packed(lines(8, 3, 0))),
        made((b"IHDR", head(1, 3)), (b"PLTE", b"\0" * 9), packed(lines(1, 3, 0))),
        made((b"IHDR", head()), packed(lines(8, 2, 0, filters=9))),
        made((b"IHDR", head(8, 2, 0, 0, 1)), packed(b"\0" * 8)),
        made((b"IHDR", head(8, 2, 0, 1, 0)), packed(lines(8, 2, 0))),
        made((b"IHDR", head(8, 2, 0, 0, 7)), packed(lines(8, 2, 0))),
        made((b"IHDR", head()), (b"IHDR", head(side=16)), packed(lines(8, 2, 0))),
        made((b"IHDR", head()), (b"IDAT", zlib.compress(lines(8, 2, 0))[:9]), (b"tEXt", b"a\0b"),
             (b"IDAT", zlib.compress(lines(8, 2, 0))[9:])),
        made((b"IHDR", head()), packed(lines(8, 2, 0) * 2)),
        made((b"IHDR", head()), (b"IDAT", zlib.compress(lines(8, 2, 0))[:-4])),
        made((b"IHDR", head()), (b"ABCD", b""), packed(lines(8, 2, 0))),
        made((b"IHDR", head())),
    ],
    ids=["depth", "thin colours", "no palette", "long palette", "unknown filter", "woven and torn",
         "filtered otherwise", "woven otherwise", "two heads", "in two places", "too long",
         "cut at its end", "needs more", "no dots"],
)  # fmt: skip
def test_what_no_printer_can_read_is_refused(content: bytes) -> None:
    with pytest.raises(LooksError, match="is damaged"):
        logo_of("logo.png", content)


@pytest.mark.parametrize(
    "content",
    [
        with_beside(b"eXIf", b"taken in Berlin"),
        with_beside(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>in Berlin</x>"),
        with_beside(b"zTXt", b"a\0\0" + zlib.compress(b"in Berlin" * 400_000)),
        with_beside(b"iCCP", b"a\0\0" + zlib.compress(b"in Berlin" * 400_000)),
        with_beside(b"acTL", struct.pack(">II", 2, 0)),
        with_beside(b"acTL", b""),
        with_beside(b"gAMA", b"x"),
        with_beside(b"tRNS", b"x"),
        made((b"IHDR", head()), packed(lines(8, 2, 0)), after=b"PK\x03\x04<script>Berlin</script>"),
        made((b"IHDR", head()), (b"IDAT", zlib.compress(lines(8, 2, 0)) + b"Berlin")),
    ],
    ids=["photograph", "about it", "text that bursts", "profile that bursts", "moving",
         "moving and torn", "short brightness", "short colour", "two files in one", "behind it"],
)  # fmt: skip
def test_a_picture_carries_nothing_but_its_dots(content: bytes) -> None:
    logo = logo_of("logo.png", content)
    assert logo.content == made((b"IHDR", head()), packed(lines(8, 2, 0)))
    assert PdfLetters(Looks(logo)).pdf(LETTER).startswith(b"%PDF")


def test_a_picture_without_anything_beside_it_stays_as_it_is() -> None:
    assert logo_of("logo.png", picture()).content == picture()


BESIDE = st.sampled_from([b"tRNS", b"PLTE", b"gAMA", b"sRGB", b"cHRM", b"pHYs", b"tEXt", b"fcTL"])


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([(kind, depth) for kind, depths in DEPTHS.items() for depth in depths]),
    st.integers(0, 1),
    st.integers(0, 5),
    st.lists(st.tuples(BESIDE, st.binary(max_size=12)), max_size=3),
)
def test_whatever_is_taken_is_a_picture_to_other_programs(
    shape: tuple[int, int], woven: int, filters: int, beside: list[tuple[bytes, bytes]]
) -> None:
    kind, depth = shape
    parts = [(b"IHDR", head(depth, kind, 0, 0, woven)), *beside]
    content = made(*parts, packed(lines(depth, kind, woven, filters)))
    try:
        logo = logo_of("logo.png", content)
    except LooksError:
        return
    shown = Image.open(BytesIO(logo.content))
    assert shown.convert("RGBA").size == (20, 20)
    assert PdfLetters(Looks(logo)).pdf(LETTER).startswith(b"%PDF")
