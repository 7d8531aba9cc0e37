"""Is this a whole PNG picture, and how large is it?

Read to its end: a picture that is torn would be missing from pages and mails, and no letter could
be printed with it.
"""

import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of a dot, by its kind of colour


class NoPngError(ValueError):
    """It is no PNG picture."""


class TornPngError(ValueError):
    """It begins as a PNG picture, and is damaged."""


def size_of(content: bytes) -> tuple[int, int]:
    """Its width and height in pixels, as its head says them."""
    if not content.startswith(SIGNATURE) or len(content) < 24 or content[12:16] != b"IHDR":
        raise NoPngError
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    return width, height


def check_whole(content: bytes) -> None:
    """TornPngError where a part of it is missing, or is not what was saved.

    Its sides are to be looked at before: it is unpacked as far as they say, and no further.
    """
    width, height = size_of(content)
    packed = bytearray()
    head, ended = b"", False
    for kind, said in _chunks(content):
        head = said if kind == b"IHDR" else head
        packed += said if kind == b"IDAT" else b""
        ended = kind == b"IEND"
    if not ended or len(head) != 13 or head[9] not in SAMPLES:
        raise TornPngError
    line = 1 + -(-width * head[8] * SAMPLES[head[9]] // 8)
    wanted = height * line if head[12] == 0 else 1  # woven ones have lines of many lengths
    try:
        unpacked = zlib.decompressobj().decompress(bytes(packed), height * line)
    except zlib.error:
        raise TornPngError from None
    if len(unpacked) < wanted:
        raise TornPngError


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
