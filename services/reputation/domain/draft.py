"""What may a law firm say to a review without looking at anything but its stars?

The drafter sees the stars, the language, the site and what the firm has approved. It has no client,
no matter and not even the review's text to take anything from.
"""

from dataclasses import dataclass

from services.reputation.domain.approved_replies import ApprovedReplies, Mood, Profile, Variant
from services.reputation.domain.language import UNKNOWN, Language, name_of
from services.reputation.domain.sites import normal_site, reply_limit


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmProfile:
    """How the firm answers in public."""

    approved: ApprovedReplies
    language: Language = "en"
    profile: Profile = "strict"
    phone: str = ""  # the firm's own; empty where it gives none

    def __post_init__(self) -> None:
        if self.language not in self.approved.languages:
            raise ValueError(f"no reply is approved in the firm's own language, {self.language}")

    def answering(self, language: Language) -> tuple[Language, ...]:
        """In which languages a review in this one can be answered, the best first.

        Its own, where anything is approved in it; otherwise the firm's own, and then the others.
        """
        if language in self.approved.languages:
            return (language,)
        others = (each for each in self.approved.languages if each != self.language)
        return (self.language, *others)

    def said_language(self, language: Language) -> str:
        """What whoever answers has to know of the review's language, in one sentence."""
        if language == UNKNOWN:
            own = name_of(self.language)
            return f"Its language is not known; the reply that is proposed is in {own}."
        if language in self.approved.languages:
            return f"It is in {name_of(language)}."
        name = name_of(language)
        return f"It is in {name}, and no reply is approved in {name}: a lawyer decides."


def variants(stars: int, language: Language, site: str, firm: FirmProfile) -> tuple[Variant, ...]:
    """Every approved reply to such a review; there is always one."""
    return tuple(
        variant
        for each in firm.answering(language)
        for variant in firm.approved.variants(
            each, mood_of(stars), normal_site(site), firm.profile, reply_limit(site)
        )
    )


def draft(stars: int, language: Language, site: str, firm: FirmProfile, turn: int = 0) -> Variant:
    """One of them, in turn; what is approved for the firm's own profile before all others."""
    best = firm.answering(language)[0]
    fitting = [each for each in variants(stars, language, site, firm) if each.language == best]
    own = [each for each in fitting if each.profiled] or fitting
    return own[turn % len(own)]


def mood_of(stars: int) -> Mood:
    """What kind of answer so many stars call for."""
    if stars <= 2:
        return "bad"
    return "mixed" if stars == 3 else "glad"
