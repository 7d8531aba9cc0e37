"""How are the phases and sources of inquiries said to people?"""

from services.desk.domain.inquiry_entry import CHANNELS, REFERRALS
from services.desk.domain.labels import said

PHASE_WORDS = {
    "new": "New",
    "checking": "Checking",
    "may-tell": "May tell",
    "told": "Told",
    "met": "Met",
    "engaged": "Engaged",
    "declined": "Declined",
    "lost": "Lost",
}
MEANS = {
    "new": "Received; nothing is checked yet.",
    "checking": "The conflict check waits for a decision.",
    "may-tell": "The check is clear: they may say what it is about.",
    "told": "They wrote what it is about.",
    "met": "Somebody of the firm was in touch.",
    "engaged": "They are a client.",
    "declined": "The firm does not act for them.",
    "lost": "They ask no more.",
}
BECAUSE = {
    "no-answer": "They did not answer",
    "another-firm": "They asked another firm",
    "too-expensive": "Too expensive",
    "settled": "Settled without a lawyer",
    "other": "Another reason",
}
LETTERS = {
    "confirmation": "The question whether the address is theirs",
    "received": "The receipt",
    "invitation": "The link where they tell what it is about",
    "declined": "The letter that the firm does not act",
}
LETTER_FATES = {
    "sent": "was sent",
    "failed": "did not go",
    "unknown": "may not have arrived",
}
TONES = {"checking": "warn", "told": "accent", "met": "accent", "engaged": "ok"}


def source_words(channel: str, referral: str) -> str:
    """How they asked, and how they came to the firm."""
    by = CHANNELS.get(channel) or (said(channel) if channel else "Not known")
    came = REFERRALS.get(referral) or (said(referral) if referral else "")
    return f"{by}, {came[0].lower()}{came[1:]}" if came else by


def letter_words(letter: str, fate: str) -> str:
    """What became of a letter to them: The receipt was sent."""
    return f"{LETTERS[letter]} {LETTER_FATES[fate]}"


def tone_of(phase: str) -> str:
    """The colour that repeats a phase."""
    return TONES.get(phase, "")
