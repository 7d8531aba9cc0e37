"""Has somebody already decided about this very pair of parties?

A decision covers a later hit of the same pair as long as the roles are the same and the names are
no closer than they were. Otherwise the pair is decided anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.intake.domain.checks import Hit
from services.intake.domain.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was decided about a pair, on what grounds."""

    pair: str
    roles: tuple[Role, ...]
    score: int
    decision: Literal["cleared", "waived"]
    check_id: str
    decided_by: str
    decided_at: datetime


def pair_of(one: str, other: str) -> str:
    """The same pair from either side."""
    return "~".join(sorted((one, other)))


def roles_of(hit: Hit) -> tuple[Role, ...]:
    """The roles of a hit, in one order from either side."""
    return tuple(sorted((hit.role, hit.known_role)))


def covers(settled: Settled | None, hit: Hit) -> bool:
    """Whether an earlier decision about the pair holds for this hit."""
    return settled is not None and settled.roles == roles_of(hit) and hit.score <= settled.score
