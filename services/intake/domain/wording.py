"""How is a hit told to the person who decides about it?"""

from collections.abc import Iterable

from services.intake.domain.matters import Status
from services.intake.domain.roles import Role

ROLES: dict[Role, str] = {
    "client": "client",
    "prospect": "prospective client",
    "adverse": "adverse party",
    "related": "related person",
}
REASONS = {
    "same-name": "the same name",
    "same-words": "the same words in another order",
    "spelling": "a similar spelling",
    "diacritics": "the same name with accents written differently",
    "transliteration": "the same name in another script",
    "romanisation": "the same name, its foreign letters spelled in another way",
    "nickname": "a short form of the same given name, or one of another language",
    "similar-name": "a similar given name",
    "initial": "an initial stands for a name",
    "extra-word": "one of them has a further name",
    "household": "a whole family or estate of that surname",
    "surname-only": "of one of them only the surname is known",
    "other-initial": "the middle initials differ",
    "legal-form": "the legal forms differ",
    "part-of-name": "one is part of the other's name, or the general words differ",
    "acronym": "one is the other's acronym",
    "one-company": "names of one company, as the firm's own list says",
    "one-group": "companies of one group, as the firm's own list says",
    "other-name": "a former, joint or trading name",
    "former-name": "a name used before",
    "same-birth-date": "born on the same day",
    "nearly-same-birth-date": "born on the same day but for one figure, or day and month changed",
    "other-birth-date": "born on another day, which speaks against it",
    "same-company-number": "the same company number",
    "other-company-number": "another company number, which speaks against it",
    "same-email": "the same e-mail address",
    "same-phone": "the same telephone number",
    "same-address": "the same address",
    "possible-duplicate": "possibly one client under two numbers",
    "declined-before": "the firm declined to act for them before",
}

OF_GROUP = "companies of one group ({group}), as the firm's own list says"


def role_then(role: Role) -> str:
    """A role in words."""
    return ROLES[role]


def role_now(role: Role, status: Status) -> str:
    """A role in words, as it stands with the matters of today."""
    if status != "closed":
        return ROLES[role]
    return f"former {ROLES[role]}"


def reasons_in_words(reasons: Iterable[str], group: str = "") -> list[str]:
    """Why two names match, for a person; ``group``: what the firm's list calls theirs today."""
    said = REASONS | ({"one-group": OF_GROUP.format(group=group)} if group else {})
    return [said[reason] for reason in reasons]
