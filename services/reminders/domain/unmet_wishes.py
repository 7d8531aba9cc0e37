"""Which of the client's wishes does a message that goes not meet?

A wish that cannot be met is no reason to keep silent about an appointment, and none to say nothing
of it: the message goes, and the timeline says what the client had wished.
"""

from collections.abc import Iterable

from babel import Locale

from services.reminders.domain.card import Card
from services.reminders.domain.contact import Verdict

CHANNEL, LANGUAGE = "wished-channel", "wished-language"
WRITTEN = frozenset({"sms", "post"})  # by telephone people are reached by a call task
SERVICE, SMS = "service", "sms"
PHONE = "phone"  # of the client's own choice they are called; what the firm noted is a hint
WAYS = {"sms": "text message", "post": "post", "email": "e-mail"}


def unmet_wishes(card: Card, channel: str, written: str | None) -> tuple[Verdict, ...]:
    """What the client wished otherwise than this channel and this locale: passed, with the wish."""
    found: list[Verdict] = []
    if card.preferred_channel in wished_in_writing(card) - {channel} or (
        card.preferred_channel == PHONE and not card.wants_calls
    ):
        found.append(Verdict(CHANNEL, "pass", f"{card.preferred_channel}-by-{channel}"))
    wished, given = language_of(card.locale), language_of(written)
    if wished and given and wished != given:
        found.append(Verdict(LANGUAGE, "pass", f"{wished}-in-{given}"))
    return tuple(found)


def wishes_to_tell(
    card: Card, languages: Iterable[str], channel: str, served: Iterable[str] = ()
) -> dict[str, str]:
    """What the client wishes and the firm cannot do, each by a name of its own, for staff.

    ``channel``: by which messages go; ``served``: those by which this client can be reached.
    """
    found: dict[str, str] = {}
    if card.preferred_channel in wished_in_writing(card) - {channel, *served}:
        way, other = WAYS.get(channel, channel), WAYS[card.preferred_channel]
        found[f"channel-{card.preferred_channel}"] = (
            f"The client wishes to be reached by {other}. The firm has no such way to them: "
            f"messages go by {way}."
        )
    language = language_of(card.locale)
    if language and language not in set(languages):
        found[f"language-{language}"] = (
            f"The client reads another language ({language}) than the firm writes: messages go in "
            "the firm's own."
        )
    return found


def wished_in_writing(card: Card) -> frozenset[str]:
    """The ways that would be a wish; who ended text messages wishes for them no more."""
    ended = card.consented([SERVICE], SMS) is False
    return WRITTEN - {SMS} if ended else WRITTEN


def said_of(gates: Iterable[Verdict]) -> str:
    """The sentences about wishes that were not met; nothing where all were."""
    return "".join(f" {_sentence(each)}" for each in gates if each.gate in (CHANNEL, LANGUAGE))


def language_of(locale: str | None) -> str:
    """The language of a locale, without its country."""
    return (locale or "").replace("_", "-").partition("-")[0].lower()


def _sentence(unmet: Verdict) -> str:
    reason = unmet.reason or ""
    if unmet.gate == CHANNEL:
        wished, _, used = reason.partition("-by-")
        way, other = WAYS.get(used, used), WAYS.get(wished, wished)
        if wished == PHONE:
            return f"The firm has noted that the client would rather be called: it went by {way}."
        return f"The client's wish for {other} could not be met: it went by {way}."
    wished, _, used = reason.partition("-in-")
    given = Locale(used).get_language_name("en")
    return f"The firm does not write in the client's language ({wished}): it went in {given}."
