"""Is this a whole PNG picture, how large is it, and what of the file is the picture?

Read to its end, as strictly as whatever shows or prints it: a picture that is torn would be missing
from pages and mails, and no letter could be printed with it. What a file says beside its dots is
left out: who made it and where, the further pictures of a moving one, another file behind its end.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PALETTE = 3  # the kind of colour whose dots are numbers of a palette
SAMPLES = {0: 1, 2: 3, PALETTE: 1, 4: 2, 6: 4}  # of a dot, by its kind of colour
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), PALETTE: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CLEAR = {0: 2, 2: 6}  # how long it is to say which colour is seen through
FILTERS = 5  # ways in which a line can be written
NEEDED = (b"IHDR", b"PLTE", b"IDAT", b"IEND")  # what else begins with a capital, nobody can read
WOVEN = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
         (0, 1, 1, 2))  # fmt: skip
"""The seven pictures of a woven one: from which dot and line, and each how manieth."""


class NoPngError(ValueError):
    """It is no PNG picture."""


class TornPngError(ValueError):
    """It begins as a PNG picture, and is damaged."""


@dataclass(frozen=True, slots=True)
class _Head:
    """How the dots are written."""

    width: int
    height: int
    depth: int
    kind: int
    woven: bool

    def lines(self) -> Iterator[tuple[int, int]]:
        """How many lines there are of how many bytes, in the order they are written."""
        bits = self.depth * SAMPLES[self.kind]
        for x, y, dx, dy in WOVEN if self.woven else ((0, 0, 1, 1),):
            wide, high = -(-(self.width - x) // dx), -(-(self.height - y) // dy)
            if wide > 0 and high > 0:
                yield high, 1 + -(-wide * bits // 8)


def size_of(content: bytes) -> tuple[int, int]:
    """Its width and height in pixels, as its head says them."""
    if not content.startswith(SIGNATURE) or len(content) < 24 or content[12:16] != b"IHDR":
        raise NoPngError
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    return width, height


def only_picture(content: bytes) -> bytes:
    """The picture without anything beside it; TornPngError where it cannot be shown.

    Its sides are to be looked at before: it is unpacked as far as they say, and no further.
    """
    found = list(_chunks(content))
    kinds = [kind for kind, _ in found]
    once = [kind for at, kind in enumerate(kinds) if not at or kinds[at - 1] != kind]
    if once.count(b"IDAT") != 1 or kinds.count(b"IHDR") != 1 or kinds.count(b"PLTE") > 1:
        raise TornPngError
    if any(kind[:1].isupper() and kind not in NEEDED for kind in kinds):
        raise TornPngError
    said = dict(reversed(found))  # the first of each
    head = _head(content, said[b"IHDR"])
    packed = _dots(head, b"".join(part for kind, part in found if kind == b"IDAT"))
    before = dict(found[: kinds.index(b"IDAT")])
    parts = [(b"IHDR", said[b"IHDR"]), *_colours(head, before), (b"IDAT", packed), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(kind, part) for kind, part in parts)


def _head(content: bytes, said: bytes) -> _Head:
    if len(said) != 13:
        raise TornPngError
    width, height = size_of(content)
    depth, kind, packing, filtering, woven = said[8:]
    if depth not in DEPTHS.get(kind, ()) or packing or filtering or woven > 1:
        raise TornPngError
    return _Head(width, height, depth, kind, bool(woven))


def _dots(head: _Head, packed: bytes) -> bytes:
    """What is packed, without what stands behind it."""
    wanted = sum(count * length for count, length in head.lines())
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, wanted + 1)
    except zlib.error:
        raise TornPngError from None
    if len(unpacked) != wanted or not unpacking.eof:
        raise TornPngError
    at = 0
    for count, length in head.lines():
        if max(unpacked[at : at + count * length : length]) >= FILTERS:
            raise TornPngError
        at += count * length
    return packed[: len(packed) - len(unpacking.unused_data)]


def _colours(head: _Head, said: dict[bytes, bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The palette, and what is seen through."""
    palette, clear = said.get(b"PLTE", b""), said.get(b"tRNS", b"")
    if head.kind == PALETTE:
        if not palette or len(palette) % 3 or len(palette) > 3 << head.depth:
            raise TornPngError
        yield b"PLTE", palette
        if 0 < len(clear) <= len(palette) // 3:
            yield b"tRNS", clear
    elif len(clear) == CLEAR.get(head.kind):
        yield b"tRNS", clear


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Its parts, each proved by its sum, up to its end."""
    at = len(SIGNATURE)
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, said = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        total = content[at + 8 + size : at + 12 + size]
        if len(total) != 4 or zlib.crc32(kind + said) != int.from_bytes(total, "big"):
            raise TornPngError
        yield kind, said
        if kind == b"IEND":
            return
        at += 12 + size
    raise TornPngError


def _chunk(kind: bytes, said: bytes) -> bytes:
    sum_of_it = zlib.crc32(kind + said).to_bytes(4, "big")
    return len(said).to_bytes(4, "big") + kind + said + sum_of_it
