"""How is a written name cut into words, and into the several names one text may hold?"""

import re

from anyascii import anyascii

from services.intake.domain import legal_forms, titles
from services.intake.domain.letters import NO_APOSTROPHES, clean, folded, in_other_script

MOST_LETTERS = 400  # longer texts are not names
MOST_WORDS = 12

ABBREVIATION = re.compile(r"\b(?:\w\.\s?){2,}|\b\w(?:/\w)+\b")
INITIAL = re.compile(r"\b(\w)\.")
SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
BRACKETS = re.compile(r"\(([^)]*)\)")
WORD = re.compile(r"[^\W_]+")
JOINT = re.compile(r"\s*(?:&|\+|\b(?:and|und|et)\b)\s*", re.IGNORECASE)
SYMBOLS = str.maketrans({"&": " and ", "+": " and "})
PHRASES = (
    (re.compile(r"\bsp\.?\s*z\s*o\.?\s*o\b\.?", re.IGNORECASE), " spzoo"),
    (re.compile(r"\bspol\.?\s*s\s*r\.?\s*o\b\.?", re.IGNORECASE), " sro"),
)
FORMS = legal_forms.CLEAR | legal_forms.SHORT
MARKERS = titles.FORMERLY | titles.ALSO


def tidy(text: str) -> str:
    """One Unicode form, abbreviated legal forms without their full stops: G.m.b.H. is GMBH."""
    cleaned = clean(text[:MOST_LETTERS]).strip()
    if "." not in cleaned and "/" not in cleaned:
        return cleaned
    for phrase, form in PHRASES:
        cleaned = phrase.sub(form, cleaned)
    whole = ABBREVIATION.match(cleaned)
    if whole and all(folded(w) in FORMS for w in WORD.findall(cleaned[whole.end() :])):
        return "".join(WORD.findall(whole.group())) + " " + cleaned[whole.end() :]
    return ABBREVIATION.sub(_undot, cleaned).strip()


def without_native_forms(text: str) -> str:
    """Legal forms written in Chinese, Japanese or Korean, cut out."""
    if not text.isascii():
        for form in legal_forms.NATIVE:
            text = text.replace(form, " ")
    return text


def main_and_others(text: str) -> tuple[str, list[list[str]]]:
    """The main name, and beside it the words of each former or further name, marker first."""
    inside = [part.split() for part in BRACKETS.findall(text)]
    words = BRACKETS.sub(" ", text).split()
    for at, word in enumerate(words):
        if 0 < at < len(words) - 1 and marker(word):
            inside.append(words[at:])
            words = words[:at]
            break
    return " ".join(words).rstrip(" ,"), [part for part in inside if part]


def marker(word: str) -> str:
    """The word in plain letters if it announces another name (née, aka), else nothing."""
    plain = folded(word.strip(".,"))
    return plain if plain in MARKERS else ""


def joint_names(text: str) -> list[str]:
    """John and Mary Smith: John Smith, Mary Smith."""
    parts = JOINT.split(text)
    if len(parts) != 2:
        return []
    left, right = parts[0].split(), parts[1].split()
    if not left or len(right) < 2:
        return []
    first = left if len(left) > 1 else [*left, right[-1]]
    return [" ".join(first), " ".join(right)]


def words_in_order(text: str) -> list[str]:
    """The written words, given name first: "Smith, Robert" is turned round."""
    head, comma, tail = text.translate(SYMBOLS).partition(",")
    after = WORD.findall(tail)
    if comma and "," not in tail and after and not _only_additions(after):
        head, tail = tail, head
    words = WORD.findall(head) + WORD.findall(tail)
    dotted = set(INITIAL.findall(text))
    if not text.isascii():
        words = [part for word in words for part in _syllables(word)]
    return _glued(words, dotted)[:MOST_WORDS]


def _undot(match: re.Match[str]) -> str:
    """A legal form or degree loses its stops; the initials of J. R. Smith keep theirs."""
    letters = re.sub(r"\W", "", match.group())
    plain = letters.lower()
    if plain in FORMS:
        return letters.upper() + " "
    if plain in titles.SUFFIXES or plain in titles.ALSO or "/" in match.group():
        return letters + " "
    return match.group()


def _only_additions(words: list[str]) -> bool:
    additions = FORMS | titles.SUFFIXES | titles.HONORIFICS
    return all(folded(word) in additions for word in words)


def _syllables(word: str) -> list[str]:
    """Chinese and Japanese names come without spaces; their transliteration shows the parts."""
    if not in_other_script(word) or word.lower() != word.upper():
        return [word]
    parts = SYLLABLE.sub(" ", anyascii(word).translate(NO_APOSTROPHES)).split()
    return parts if len(parts) > 1 else [word]


def _glued(words: list[str], dotted: set[str]) -> list[str]:
    """O Neill is ONeill, Mc Donald McDonald; "O." with a full stop stays an initial."""
    out: list[str] = []
    for word in words:
        before = out[-1] if out else ""
        if len(word) > 2 and before.lower() in titles.JOINED and before not in dotted:
            out[-1] = before + word
        else:
            out.append(word)
    return out
