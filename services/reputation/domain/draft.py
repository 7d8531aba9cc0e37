"""What may a law firm say to a review without looking at anything but its stars?

The drafter sees the stars, the language, the site and the firm's own profile. It has no client, no
matter and not even the review's text to take anything from. The strict profile keeps to the three
shapes the bar calls safe: thank, say that professional duties prevent an answer, invite contact.
"""

from dataclasses import dataclass
from typing import Literal

from services.reputation.domain.language import Language
from services.reputation.domain.sites import reply_limit

Profile = Literal["strict", "us-fl"]
Mood = Literal["glad", "mixed", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmProfile:
    """How the firm answers in public."""

    language: Language = "en"
    profile: Profile = "strict"


THANKS = {
    "en": "Thank you for taking the time to write. We read every comment and value it.",
    "de": "Vielen Dank, dass Sie sich die Zeit genommen haben. "
    "Wir lesen jeden Kommentar und schätzen ihn.",
}
SERIOUS = {
    "en": "We read every comment and take it seriously.",
    "de": "Wir lesen jeden Kommentar und nehmen ihn ernst.",
}
PRECLUDED = {
    "en": "Professional considerations do not permit us to respond here.",
    "de": "Aus berufsrechtlichen Gründen äußern wir uns hier nicht dazu.",
}
FLORIDA = (
    "We are not permitted to respond as we would wish, "
    "and feel that this is neither fair nor accurate."
)
INVITATION = {
    "en": "Anyone who would like to speak with us is welcome to contact our office directly.",
    "de": "Wer mit uns sprechen möchte, kann sich jederzeit direkt an unsere Kanzlei wenden.",
}


def draft(stars: int, language: Language, site: str, firm: FirmProfile) -> str:
    """A neutral reply; only its first sentences where the site leaves room for no more."""
    limit = reply_limit(site)
    text = ""
    for sentence in _sentences(_mood(stars), language, firm.profile):
        longer = f"{text} {sentence}".strip()
        if len(longer) <= limit:
            text = longer
    return text


def _mood(stars: int) -> Mood:
    if stars <= 2:
        return "bad"
    return "mixed" if stars == 3 else "glad"


def _sentences(mood: Mood, language: Language, profile: Profile) -> tuple[str, ...]:
    if mood == "glad":
        return (THANKS[language],)
    if mood == "mixed":
        return (THANKS[language], INVITATION[language])
    refusal = FLORIDA if (profile, language) == ("us-fl", "en") else PRECLUDED[language]
    return (SERIOUS[language], refusal, INVITATION[language])
