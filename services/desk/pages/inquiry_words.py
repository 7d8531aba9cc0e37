"""How are the phases and sources of inquiries said to people?"""

from services.desk.pages.language import N_, Words, _, midway
from services.desk.pages.rule_words import CHANNELS, REFERRALS, said

PHASE_WORDS = Words(
    {
        "new": N_("New"),
        "checking": N_("Checking"),
        "may-tell": N_("May tell"),
        "told": N_("Told"),
        "met": N_("Met"),
        "engaged": N_("Engaged"),
        "declined": N_("Declined"),
        "lost": N_("Lost"),
    }
)
MEANS = Words(
    {
        "new": N_("Received; nothing is checked yet."),
        "checking": N_("The conflict check waits for a decision."),
        "may-tell": N_("The check is clear: they may say what it is about."),
        "told": N_("They wrote what it is about."),
        "met": N_("Somebody of the firm was in touch."),
        "engaged": N_("They are a client."),
        "declined": N_("The firm does not act for them."),
        "lost": N_("They ask no more."),
    }
)
BECAUSE = Words(
    {
        "no-answer": N_("They did not answer"),
        "another-firm": N_("They asked another firm"),
        "too-expensive": N_("Too expensive"),
        "settled": N_("Settled without a lawyer"),
        "other": N_("Another reason"),
    }
)
LETTERS = Words(
    {
        "confirmation": N_("The question whether the address is theirs"),
        "received": N_("The receipt"),
        "invitation": N_("The link where they tell what it is about"),
        "declined": N_("The letter that the firm does not act"),
    }
)
LETTER_FATES = Words(
    {
        "sent": N_("was sent"),
        "failed": N_("did not go"),
        "unknown": N_("may not have arrived"),
    }
)
TONES = {"checking": "warn", "told": "accent", "met": "accent", "engaged": "ok"}


def source_words(channel: str, referral: str) -> str:
    """How they asked, and how they came to the firm."""
    by = CHANNELS.get(channel) or (said(channel) if channel else _("Not known"))
    came = REFERRALS.get(referral) or (said(referral) if referral else "")
    return f"{by}, {midway(came)}" if came else by


def letter_words(letter: str, fate: str) -> str:
    """What became of a letter to them: The receipt was sent."""
    return f"{LETTERS[letter]} {LETTER_FATES[fate]}"


def tone_of(phase: str) -> str:
    """The colour that repeats a phase."""
    return TONES.get(phase, "")
