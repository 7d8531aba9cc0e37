"""Which systems of the firm publish for themselves, what may each say, and when was it heard?

A log-in is given by NATS's own configuration, which no page of the desk can reach: the page says
the command.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.desk.domain.sources import KnownSystem, Source, tone_of_silence
from services.desk.pages.language import _
from services.desk.pages.visitor import Visit
from services.desk.pages.words import ago, exactly
from shared.contracts.speakers import source_of_system

DOORS = source_of_system("gateway")  # what comes in by HTTP stands in its own part


@dataclass(frozen=True, slots=True)
class Row:
    """One system, in words."""

    name: str
    types: Sequence[str]
    limits: str
    heard: str
    exact: str
    tone: str


async def logins(visit: Visit) -> dict[str, Sequence[Row]]:
    """``known``: those with a log-in of their own; ``others``: every other source heard from."""
    heard = [each for each in await visit.context.desk.sources.everything() if not each.is_ours]
    known = sorted(visit.context.systems.values(), key=lambda each: each.name)
    others = [
        each
        for each in heard
        if not each.source.startswith(DOORS)
        and not any(system.said(each.source) for system in known)
    ]
    return {
        "known": [_known(visit, each, heard) for each in known],
        "others": [_row(visit, each.source, (), "", each) for each in others],
    }


def _known(visit: Visit, system: KnownSystem, heard: Sequence[Source]) -> Row:
    spoke = [each for each in heard if system.said(each.source)]
    last = max(spoke, key=lambda each: each.heard_at, default=None)
    return _row(visit, system.name, system.types, _limits(system), last)


def _row(
    visit: Visit, name: str, types: Sequence[str], limits: str, last: Source | None
) -> Row:  # fmt: skip
    if last is None:
        return Row(name, types, limits, "", "", "warn")
    now: datetime = visit.context.desk.runtime.clock.now()
    exact = exactly(last.heard_at, visit.context.desk.zone)
    return Row(name, types, limits, ago(last.heard_at, now), exact, tone_of_silence(last, now))


def _limits(system: KnownSystem) -> str:
    said = [_("{count} KiB an event").format(count=system.kib)] if system.kib else []
    if system.per_minute:
        said.append(_("{count} events a minute").format(count=system.per_minute))
    return ", ".join(said)
