"""What may a client choose about being contacted, and what do they choose now?

The channel is for news about their matter; language and hours are for everything. Hours lie within
the firm's own. Messages about the matter cannot be turned off, questions and news can.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from services.intake.domain.clients import Client
from services.intake.domain.consents import Consent, agreed

Language = str  # by its code
LANGUAGES: tuple[Language, ...] = ("en", "de")  # the shipped ones
SERVICE, FEEDBACK, MARKETING = "service", "feedback", "marketing"
TEXTS: Literal["sms"] = "sms"
WITHDRAWABLE = (FEEDBACK, MARKETING)
CHANNELS = ("email", "phone", "sms", "post")
STEP_MINUTES = 30
LEAST_MINUTES = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when until when the client may be contacted, on their own clock (``08:00``)."""

    earliest: str = "08:00"
    latest: str = "20:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everything a client chooses."""

    channel: str
    language: Language
    hours: Hours
    feedback: bool
    marketing: bool


def preferences_of(
    client: Client, words: Sequence[Consent], offered: Sequence[str], firm: Hours,
    consent_first: Collection[str] = (MARKETING,), languages: Collection[Language] = LANGUAGES,
) -> Preferences:  # fmt: skip
    """What holds for the client now; where nothing was said, what needs no consent first."""

    def wanted(purpose: str) -> bool:
        said = agreed(words, purpose)
        return purpose not in consent_first if said is None else said

    return Preferences(
        channel=_channel(client, words, offered),
        language=language_of(client.chosen_locale or client.locale, languages),
        hours=_within(Hours(earliest=client.quiet_to or firm.earliest,
                            latest=client.quiet_from or firm.latest), firm),
        feedback=wanted(FEEDBACK),
        marketing=wanted(MARKETING),
    )  # fmt: skip


def channels_of(client: Client, offered: Iterable[str]) -> tuple[str, ...]:
    """The channels the firm offers by which this client can be reached, in a fixed order."""
    reachable = {"post"}
    reachable |= {"email"} if client.email else set()
    reachable |= {"phone", "sms"} if client.phone else set()
    return tuple(each for each in CHANNELS if each in reachable & set(offered))


def changed(before: Preferences, after: Preferences) -> dict[str, Any]:
    """What the client chose otherwise than before, as the event names it; consents aside."""
    changes: dict[str, Any] = {}
    if after.channel != before.channel:
        changes["preferred_channel"] = after.channel
    if after.language != before.language:
        changes["locale"] = after.language
    if after.hours != before.hours:
        changes["quiet_from"], changes["quiet_to"] = after.hours.latest, after.hours.earliest
    return changes


def language_of(locale: str | None, languages: Collection[Language] = LANGUAGES) -> Language:
    """The client's language if the firm writes it, otherwise English."""
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    return language if language in languages else LANGUAGES[0]


def times(firm: Hours) -> tuple[str, ...]:
    """Every time a client may choose, from the firm's earliest to its latest."""
    first, last = minutes(firm.earliest), minutes(firm.latest)
    return tuple(clock(each) for each in range(first, last + 1, STEP_MINUTES))


def minutes(clock_time: str) -> int:
    """A time of day in minutes since midnight."""
    hour, _, minute = clock_time.partition(":")
    return int(hour) * 60 + int(minute)


def clock(since_midnight: int) -> str:
    """Minutes since midnight as a time of day."""
    return f"{since_midnight // 60:02d}:{since_midnight % 60:02d}"


def _channel(client: Client, words: Sequence[Consent], offered: Sequence[str]) -> str:
    ended = agreed(words, SERVICE, TEXTS) is False  # by answering STOP
    possible = [each for each in channels_of(client, offered) if not (ended and each == TEXTS)]
    for wish in (client.chosen_channel, client.preferred_channel, "email"):
        if wish in possible:
            return str(wish)
    return possible[0] if possible else "email"


def _within(hours: Hours, firm: Hours) -> Hours:
    """The client's hours; the firm's own where these do not meet them."""
    earliest, latest = max(hours.earliest, firm.earliest), min(hours.latest, firm.latest)
    return Hours(earliest=earliest, latest=latest) if earliest < latest else firm
