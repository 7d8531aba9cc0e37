"""How is the name of a company read: legal forms, general words, abbreviations?"""

from collections.abc import Sequence
from dataclasses import replace

from services.intake.domain import legal_forms
from services.intake.domain.letters import folded
from services.intake.domain.names import Name, in_full, is_short, joined, word_of
from services.intake.domain.written import Token


def without_native_forms(text: str) -> str:
    if not text.isascii():
        for form in legal_forms.NATIVE:
            text = text.replace(form, " ")
    return text


def without_legal_forms(tokens: list[Token]) -> tuple[list[Token], str, bool]:
    """What is left, the form, and whether it can be nothing else."""
    kept, forms, certain = list(tokens), list[str](), False
    found, length = legal_forms.leading(*_both(kept))
    while length:
        forms.append(found)
        certain = certain or length > 1 or not legal_forms.is_doubtful(found)
        kept = kept[length:]
        found, length = legal_forms.leading(*_both(kept))
    found, length = legal_forms.closing(*_both(kept))
    while length:
        forms.append(found)
        certain = certain or length > 1 or not legal_forms.is_doubtful(folded(kept[-1].text))
        short = folded(kept[-1].text)
        kept = _without_gesellschaft(kept[:-length], short)
        while len(kept) > 1 and folded(kept[-1].text) in legal_forms.NOISE:
            kept.pop()
        found, length = legal_forms.closing(*_both(kept))
    if at := legal_forms.inside([folded(token.text) for token in kept]):
        forms.append(folded(kept[at].text))
        kept, certain = kept[:at] + kept[at + 1 :], True
    return kept, " ".join(sorted(set(forms) - {"the"})), certain


def _without_gesellschaft(kept: list[Token], form: str) -> list[Token]:
    """Rechtsanwaltsgesellschaft mbH is Rechtsanwalts GmbH."""
    last = kept[-1].text
    if form == "mbh" and folded(last).endswith("gesellschaft") and len(last) > 15:
        return [*kept[:-1], Token(last[: -len("gesellschaft")])]
    return kept


def _both(tokens: Sequence[Token]) -> tuple[list[str], list[str]]:
    return [folded(token.text) for token in tokens], [token.text for token in tokens]


def sounds_like_a_company(tokens: Sequence[Token]) -> bool:
    plain = [folded(token.text) for token in tokens]
    if len(plain) == 3 and plain[1] == "and":  # Smith & Wesson
        return True
    return len(plain) > 1 and any(legal_forms.is_general(in_full(word)) for word in plain)


def company_name(tokens: Sequence[Token], form: str) -> Name:
    kept = [t.text for t in tokens if t.text.lower() not in legal_forms.NOISE]
    kept = kept or [t.text for t in tokens]
    words = tuple(word_of(text, company=True) for text in kept)
    name = Name(words, company=True, legal_form=form, joined=joined(words))
    return replace(name, acronym=is_short(name.strong))


def initials_of(tokens: Sequence[Token]) -> str:
    """The first letters of all words that say something, its legal form among them."""
    telling = [t.text for t in tokens if t.text.lower() not in legal_forms.NOISE]
    return "".join(folded(text)[:1] for text in telling)
