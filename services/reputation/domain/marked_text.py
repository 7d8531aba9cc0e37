"""Where in a reply is each finding, so that it can be marked there?

A text is cut wherever a finding begins or ends; findings may overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.reputation.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and the numbers of the findings it belongs to, from 1."""

    text: str
    findings: tuple[int, ...] = ()


def pieces_of(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """The whole text in pieces."""
    cuts = sorted({0, len(text), *(each.start for each in findings), *(f.end for f in findings)})
    pieces = []
    for start, end in pairwise(cuts):
        here = [n for n, each in enumerate(findings, 1) if each.start <= start and end <= each.end]
        pieces.append(Piece(text[start:end], tuple(here)))
    return pieces
