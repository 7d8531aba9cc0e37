"""Can what was typed into the preferences form be taken?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from services.intake.domain.preferences import (
    LANGUAGES,
    LEAST_MINUTES,
    Hours,
    Language,
    Preferences,
    minutes,
    times,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The form as it was sent; a box is ticked or not."""

    channel: str = ""
    language: str = ""
    earliest: str = ""
    latest: str = ""
    feedback: bool = False
    marketing: bool = False


def as_typed(now: Preferences) -> Typed:
    """The form as it is shown first."""
    return Typed(
        channel=now.channel,
        language=now.language,
        earliest=now.hours.earliest,
        latest=now.hours.latest,
        feedback=now.feedback,
        marketing=now.marketing,
    )


def problems_of(
    typed: Typed,
    channels: Sequence[str],
    firm: Hours,
    languages: Collection[Language] = LANGUAGES,
) -> dict[str, str]:
    """What is wrong, by field: the name of each problem."""
    problems: dict[str, str] = {}
    if channels and typed.channel not in channels:
        problems["channel"] = "channel-missing"
    if typed.language not in languages:
        problems["language"] = "language-missing"
    possible = times(firm)
    if typed.earliest not in possible:
        problems["earliest"] = "time-missing"
    if typed.latest not in possible:
        problems["latest"] = "time-missing"
    elif not problems.get("earliest") and _span(typed) < LEAST_MINUTES:
        problems["latest"] = "hours-short"
    return problems


def chosen(typed: Typed, before: Preferences) -> Preferences:
    """What the client chose, once it has no problems."""
    return replace(
        before,
        channel=typed.channel or before.channel,
        language=typed.language,
        hours=Hours(earliest=typed.earliest, latest=typed.latest),
        feedback=typed.feedback,
        marketing=typed.marketing,
    )


def typed_of(fields: Mapping[str, str]) -> Typed:
    """The form's fields by their names."""
    return Typed(
        channel=fields.get("channel", ""),
        language=fields.get("language", ""),
        earliest=fields.get("earliest", ""),
        latest=fields.get("latest", ""),
        feedback="feedback" in fields,
        marketing="marketing" in fields,
    )


def _span(typed: Typed) -> int:
    return minutes(typed.latest) - minutes(typed.earliest)
