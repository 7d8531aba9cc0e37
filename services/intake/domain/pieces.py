"""Which pieces of a word does a typing error leave whole?

A word is cut at places counted from its length: in two, a long one in three. An error damages the
piece it falls into (and moves what follows), so that of two words that differ in one letter, or of
two long ones that differ in two, at least one piece is the same. Words are filed under their
pieces, and looked for under the pieces of every word they may have been typed for.

A piece alone says little (many names end in -mann), so one that is not the beginning goes with the
first letter, which is wrong in no word with two errors; for a lone error there, a word is filed
without its first letter too. A beginning goes with how long the word is.
"""

from collections.abc import Iterator
from functools import lru_cache

SHORTEST = 5  # letters: an error in less makes another word
BOTH = 6  # letters of each of two words that may hold an error both
LONG = 8  # letters from which a word may hold two errors


def errors_allowed(one: str, other: str) -> int:
    """How many letters two words may differ in and still be one word mistyped."""
    shorter, longer = sorted((len(one), len(other)))
    if longer < SHORTEST or shorter < SHORTEST - 1:
        return 0
    return 2 if shorter >= LONG else 1


@lru_cache(maxsize=1_000)
def filed_pieces(form: str, *, halves: bool = False) -> tuple[str, ...]:
    """Under which pieces a word is filed; a short one is its own only piece."""
    if len(form) < SHORTEST - 1:
        return (f"={form}",)
    if halves:
        return tuple(_half(form, len(form), *cut) for cut in _cuts(len(form), halves))
    pieces = (_piece(form[0], form, len(form), *cut) for cut in _cuts(len(form), halves))
    return (*pieces, f"f{form[1:]}")


@lru_cache(maxsize=500)
def looked_for_pieces(form: str, errors: int, *, halves: bool = False) -> tuple[str, ...]:
    """The pieces of every word that this one is with so many errors at most."""
    if len(form) < SHORTEST - 1:
        return (f"={form}",)
    most = min(errors, 2 if len(form) >= LONG else 1)
    found = [*filed_pieces(form, halves=halves)]
    if most:
        found.extend(_around(form, most, form[0], halves=halves))
    if most and not halves:
        found.extend(_around(form, most - 1, form[1], beginning=False))  # its first two swapped
        found.extend((f"f{form}", f"f{form[2:]}"))
    return tuple(dict.fromkeys(found))


def _around(
    form: str, most: int, first: str, *, halves: bool = False, beginning: bool = True
) -> Iterator[str]:
    """The pieces at every place and of every length they can have had in the other word."""
    for length in range(max(len(form) - most, SHORTEST - 1), len(form) + most + 1):
        longer = len(form) - length
        allowed = min(most, 2 if min(len(form), length) >= LONG else 1)
        if abs(longer) > allowed:
            continue
        for nth, start, end in _cuts(length, halves):
            before = f"{nth}{length if halves or nth == 'a' else first}"
            for at in _places(nth, start, longer, allowed) if beginning or nth != "a" else ():
                until = at + end - start
                if at < 0 or until > len(form):
                    continue
                yield before + form[at:until]
                if allowed > abs(longer):
                    yield from _swapped(before, form, at, until)


def _places(nth: str, start: int, longer: int, most: int) -> list[int]:
    """Where a whole piece may stand here: the first in its place, the last as seen from the end.

    One in the middle has moved by the letters that are more or less before it.
    """
    if nth == "a":
        return [start]
    if nth == "z":
        return [start + longer]
    spare = (most - abs(longer)) // 2  # a letter more here and one less there
    return [start + moved for moved in range(min(0, longer) - spare, max(0, longer) + spare + 1)]


def _swapped(before: str, form: str, start: int, until: int) -> Iterator[str]:
    """The piece, where the letters on either side of one of its ends were typed the other way."""
    if start > 0:
        yield before + form[start - 1] + form[start + 1 : until]
    if until < len(form):
        yield before + form[start : until - 1] + form[until]


def _cuts(length: int, halves: bool) -> tuple[tuple[str, int, int], ...]:
    if halves or length < LONG:
        half = length // 2
        return (("a", 0, half), ("z", half, length))
    first, last = length // 3, length - (length + 1) // 3
    return (("a", 0, first), ("m", first, last), ("z", last, length))


def _piece(first: str, form: str, length: int, nth: str, start: int, end: int) -> str:
    """A piece, and what else is sure of the word it is filed for: far fewer words share both."""
    return f"{nth}{length if nth == 'a' else first}{form[start:end]}"


def _half(form: str, length: int, nth: str, start: int, end: int) -> str:
    """A half, and how long its word is: two halves of two words say enough."""
    return f"{nth}{length}{form[start:end]}"
