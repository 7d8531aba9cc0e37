"""How many asked for help, by how they came, and what became of them?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from services.desk.domain.inquiries import ENDS


class Counted(Protocol):
    """How many inquiries that came this way stand there."""

    @property
    def channel(self) -> str:
        """By which way they asked."""

    @property
    def referral(self) -> str:
        """How they came to the firm."""

    @property
    def phase(self) -> str:
        """Where they stand."""

    @property
    def recent(self) -> int:
        """How many were received lately."""


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """What became of whoever came one way."""

    channel: str
    referral: str
    received: int
    open: int
    engaged: int
    declined: int
    lost: int

    @property
    def engaged_share(self) -> int | None:
        """Of a hundred that came to an end, how many are clients; None before any did."""
        ended = self.engaged + self.declined + self.lost
        return round(100 * self.engaged / ended) if ended else None


def figures_by_source(counts: Iterable[Counted]) -> list[SourceFigures]:
    """One line for each way they came, the one by which most came first."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for each in counts:
        if each.recent:
            of_source = found.setdefault((each.channel, each.referral), {})
            of_source[each.phase] = of_source.get(each.phase, 0) + each.recent
    lines = [_line(source, phases) for source, phases in found.items()]
    return sorted(lines, key=lambda each: (-each.received, each.channel, each.referral))


def _line(source: tuple[str, str], phases: dict[str, int]) -> SourceFigures:
    ended = {phase: phases.get(phase, 0) for phase in ENDS}
    received = sum(phases.values())
    return SourceFigures(
        *source,
        received=received,
        open=received - sum(ended.values()),
        engaged=ended["engaged"],
        declined=ended["declined"],
        lost=ended["lost"],
    )
