"""Which of many hashes is nothing filed under, so that the database need not be asked for them?

A set of bits that knows all values there are and takes two or three bytes each. What it does not
know is nobody's; what it seems to know may be nobody's all the same, once in fifty times: a
question asked in vain, no more.
"""

from collections.abc import Iterable
from struct import Struct

BITS_EACH = 12  # of a value, while there are as many as room was made for
LEAST_BITS = 17  # as a power of two: 16 KiB
WORST = 2  # times as many values as room was made for: one in twelve is asked for in vain
_read = Struct("<II").unpack_from


class ValueBits:
    """Values of at least eight bytes that are as good as random."""

    def __init__(self, expected: int) -> None:
        size = max((expected * BITS_EACH - 1).bit_length(), LEAST_BITS)
        self._bits = bytearray(1 << (size - 3))
        self._mask = (1 << size) - 1
        self._room = (1 << size) // BITS_EACH * WORST
        self.count = 0

    @property
    def full(self) -> bool:
        """Whether it says of too many values that they may be there."""
        return self.count > self._room

    def add(self, values: Iterable[bytes]) -> None:
        """From now on these are there."""
        bits, mask = self._bits, self._mask
        for value in values:
            one, other = _read(value)
            one, other = one & mask, other & mask
            bits[one >> 3] |= 1 << (one & 7)
            bits[other >> 3] |= 1 << (other & 7)
            self.count += 1

    def among(self, values: Iterable[bytes]) -> list[bytes]:
        """Those of these values that may be there; of the others none is."""
        bits, mask, found = self._bits, self._mask, list[bytes]()
        for value in values:
            one, other = _read(value)
            one, other = one & mask, other & mask
            if bits[one >> 3] & (1 << (one & 7)) and bits[other >> 3] & (1 << (other & 7)):
                found.append(value)
        return found
