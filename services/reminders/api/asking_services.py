"""Could every service begin by what somebody proposes, and what is shipped of it?

Each is asked for itself, all at once. One that does not answer is named: nothing is proposed or
approved that nobody has looked at.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.engine.runtime import Runtime
from shared.errors import NobodyAnswersError, TemporaryError
from shared.requests.folders import FolderTold

OTHERS = ("intake", "feedback", "reputation", "desk", "gateway", "reminders")
SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What all of them say together."""

    mistakes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    shipped: Mapping[str, str] = field(default_factory=dict)
    shipped_files: Mapping[str, str] = field(default_factory=dict)
    away: tuple[str, ...] = ()


async def ask_services(runtime: Runtime, values: Mapping[str, str]) -> Heard:
    """What each service says of these values."""
    answers = await asyncio.gather(*(_ask(runtime, each, values) for each in OTHERS))
    told = [each for each in answers if each is not None]
    return Heard(
        mistakes=tuple(dict.fromkeys(line for each in told for line in each.mistakes)),
        remarks=tuple(dict.fromkeys(line for each in told for line in each.remarks)),
        shipped={name: value for each in told for name, value in each.shipped.items()},
        shipped_files={name: text for each in told for name, text in each.shipped_files.items()},
        away=tuple(name for name, each in zip(OTHERS, answers, strict=True) if each is None),
    )


async def _ask(runtime: Runtime, service: str, values: Mapping[str, str]) -> FolderTold | None:
    try:
        said = await runtime.request(f"folders.{service}", {"files": dict(values)}, SECONDS)
    except (NobodyAnswersError, TemporaryError):
        return None
    return None if "refused" in said else FolderTold.model_validate(said)
