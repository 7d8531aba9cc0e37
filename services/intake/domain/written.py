"""How is a written name cut into words, and into the several names one text may hold?"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.intake.domain import legal_forms, titles
from services.intake.domain.given_names import is_given_name
from services.intake.domain.letters import clean, folded
from services.intake.domain.semitic import ENDINGS

MOST_LETTERS = 400  # longer texts are not names
MOST_WORDS = 24  # of a longer text those at both ends

ABBREVIATION = re.compile(r"\b(?:\w\.\s?){2,}|\b\w(?:/\w)+\b")
INITIAL = re.compile(r"\b(\w)\.")
BRACKETS = re.compile(r"\(([^)]*)\)")
BORN = re.compile(r"^\s*b\.\s*")
WORD = re.compile(r"[^\W_]+")
JOINT = re.compile(r"\s*(?:[&+;/]|\b(?:and|und|et|sowie|y|e|en)\b)\s*", re.IGNORECASE)
AND_THE = re.compile(
    r"\s+(?:(?:and|und|sowie)\s+(?:the|die|der)|et\s+la|y\s+la|e\s+la|en\s+de)\s+", re.IGNORECASE
)
SYMBOLS = str.maketrans({"&": " and ", "+": " and "})
MARKERS = titles.FORMERLY | titles.ALSO


class Token(NamedTuple):
    """A written word, and whether it stood before the comma of "Smith, John"."""

    text: str
    family: bool = False


def tidy(text: str) -> str:
    """One Unicode form, without apostrophes and needless room."""
    return " ".join(clean(text[:MOST_LETTERS]).split())


def spellings(text: str) -> list[str]:
    """The text with its abbreviations read as legal forms or degrees, and as initials.

    At the end S.A. is a company or the initials of somebody; before a surname it is never a form.
    """
    if "." not in text and "/" not in text:
        return [text]
    whole = ABBREVIATION.match(text)
    if whole and all(legal_forms.is_form(folded(w)) for w in WORD.findall(text[whole.end() :])):
        return ["".join(WORD.findall(whole.group())) + " " + text[whole.end() :]]
    read = ABBREVIATION.sub(lambda found: _undot(found, text), text).strip()
    return list(dict.fromkeys((read, text)))


def main_and_others(text: str) -> tuple[str, list[str], list[list[str]]]:
    """The main name, what stood in brackets, and each further name's words, marker first."""
    inside = [BORN.sub("born ", part).split() for part in BRACKETS.findall(text)]
    words = BRACKETS.sub(" ", text).split()
    others = [part for part in inside if part and marker(part[0])]
    brackets = [" ".join(part) for part in inside if part and not marker(part[0])]
    for at, word in enumerate(words):
        if 0 < at < len(words) - 1 and marker(word):
            others.append(words[at:])
            words = words[:at]
            break
    return " ".join(words).rstrip(" ,"), brackets, others


def marker(word: str) -> str:
    """The word in plain letters if it announces another name (née, aka), else nothing."""
    plain = folded(word.strip(".,:").replace("/", "").replace(".", ""))
    return plain if plain in MARKERS else ""


def joint_names(text: str) -> list[str]:
    """John and Mary Smith: John Smith, Mary Smith; also A, B and C."""
    parts = [piece.strip() for piece in JOINT.split(text)]
    if len(parts) < 2 or not all(parts):
        return []
    surname, comma, given = parts[0].partition(",")
    if comma and len(given.split()) == 1 and all(len(part.split()) == 1 for part in parts[1:]):
        return [f"{name} {surname}" for name in (given.strip(), *parts[1:])]
    pieces = [piece.strip() for part in parts for piece in part.split(",") if piece.strip()]
    last = pieces[-1].split()
    if len(last) < 2:
        return [piece for piece in pieces if len(piece.split()) > 1]
    return [piece if len(piece.split()) > 1 else f"{piece} {last[-1]}" for piece in pieces]


def joined_company(text: str) -> list[str]:
    """Karl Huber und die Alpina GmbH: two names; Smith and Wesson Ltd is one."""
    apart = [part.strip() for part in text.split(";") if part.strip()]
    if len(apart) > 1:
        return apart
    person, _, firm = text.partition(",")
    if " " in person and " " in firm.strip() and is_given_name(folded(person.split()[0])):
        return [person, firm]
    said = AND_THE.split(text, maxsplit=1)
    return said if len(said) == 2 and len(said[0].split()) > 1 else []


def tokens_in_order(text: str) -> list[Token]:
    """The written words, given name first: "Smith, Robert" is turned round."""
    head, comma, tail = text.translate(SYMBOLS).partition(",")
    after = WORD.findall(tail)
    dotted = set(INITIAL.findall(text))
    if comma and "," not in tail and after and not _only_additions(after):
        words = [*map(Token, after), *(Token(word, family=True) for word in WORD.findall(head))]
    else:
        words = [Token(word) for word in (*WORD.findall(head), *after)]
    glued, half = _glued(words, dotted), MOST_WORDS // 2
    return glued if len(glued) <= MOST_WORDS else [*glued[:half], *glued[-half:]]


def _undot(match: re.Match[str], text: str) -> str:
    letters = re.sub(r"\W", "", match.group())
    plain = letters.lower()
    rest = [folded(word) for word in WORD.findall(text[match.end() :])]
    closes = all(legal_forms.is_form(word) or word in titles.SUFFIXES for word in rest)
    if plain in titles.ALSO:
        return letters + " "
    if closes and (legal_forms.is_form(plain) or plain in titles.SUFFIXES):
        return letters.upper() + " "
    return letters + " " if "/" in match.group() else match.group()


def _only_additions(words: Sequence[str]) -> bool:
    plain = [folded(word) for word in words]
    additions = titles.SUFFIXES | titles.HONORIFICS
    if all(word in additions or legal_forms.is_form(word) for word in plain):
        return True
    form, length = legal_forms.closing(["", *plain], ["", *words])
    return bool(form) and length == len(words)


def _glued(tokens: list[Token], dotted: set[str]) -> list[Token]:
    """O Neill is ONeill, Mc Donald McDonald, Abd al Rahman Abdulrahman; "O." stays an initial."""
    out: list[Token] = []
    for token in tokens:
        before = out[-1] if out else Token("")
        plain, earlier = folded(token.text), folded(before.text)
        if token.text in ENDINGS and len(before.text) > 1:
            out[-1] = Token(before.text + token.text, before.family)
        elif token.text.startswith("ال") and len(token.text) > 4 and before.text != "عبد":
            out.append(Token(token.text[2:], token.family))
        elif len(token.text) > 2 and earlier in titles.JOINED and before.text not in dotted:
            out[-1] = Token(before.text + token.text, before.family)
        elif earlier in titles.SERVANT and plain in titles.ARTICLES:
            out[-1] = Token("Abdul", before.family)
        elif before.text == "عبد" and len(token.text) > 2:
            out[-1] = Token(before.text + token.text, before.family)
        elif earlier in titles.SERVANT and len(plain) > 2 and token.text.isascii():
            out[-1] = Token("Abdul" + plain, before.family)
        else:
            out.append(token)
    return out
