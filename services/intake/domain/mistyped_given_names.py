"""Which known given names may a word be that is not one of them letter by letter?

Two known given names that differ are never one of them mistyped, so a known one is filed as what it
is. Whoever looks for another word looks for the names it may have been meant for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from services.intake.domain.given_names import all_given_names, is_given_name
from services.intake.domain.letters import usual
from services.intake.domain.names import Name, Word, common_form, word_of
from services.intake.domain.pieces import LONG, SHORTEST, filed_pieces, looked_for_pieces
from services.intake.domain.sounds import codes_of, filed_codes, skeleton
from services.intake.domain.words import (
    FEW_CONSONANTS,
    FEW_LETTERS,
    ending_of,
    likeness,
    romanised_alike,
)

SHORT = (3, 4)  # letters: one of them mistyped leaves no piece that could be looked for


def is_known_given(name: Name, word: Word) -> bool:
    """Whether this word of a person's name is a known given name, wherever it stands."""
    latin = word.script == "latin" and not word.fixed and not name.company
    return latin and is_given_name(word.plain)


def is_plainly_given(name: Name, at: int) -> bool:
    """Whether this word of a person's name is a known given name, and can be nothing else."""
    word = name.strong[at]
    if at in name.family or not is_known_given(name, word):
        return False
    return word.form == common_form(word.plain) and word.forms <= {word.form, word.plain}


def given_code(form: str) -> str:
    """The code a known given name is filed under: the same for all it may be by its spelling.

    Two of few letters or consonants are one name only where both are usually spelled the same; of
    the others the consonants and the end have to be.
    """
    return given_codes(form)[-1]


def given_codes(form: str) -> tuple[str, ...]:
    """Under which codes those are filed that are this name by their spelling; its own the last."""
    spelled, bones = usual(form), skeleton(form)
    if not spelled:
        return (f"+{form}",)
    sounding = f"+{bones}.{ending_of(form)}"
    short = len(form) <= FEW_LETTERS or len(bones) <= FEW_CONSONANTS
    return (sounding, f"+{spelled}") if short else (f"+{spelled}", sounding)


def may_be_given_code(code: str) -> bool:
    """Whether any known given name, with whatever accents, is filed under this code."""
    return code in _given_codes()


@lru_cache(maxsize=1_000)
def given_codes_spelled_like(word: Word) -> tuple[str, ...]:
    """The codes of known given names that this word, which is none, is in another spelling."""
    found = dict.fromkeys(given_codes(word.form))
    own = len(found)
    for name in _by_skeleton().get(skeleton(word.form), "").split():
        code = given_code(name)
        if code not in found and _is_like(word, word_of(name)):
            found[code] = None
    return tuple(found)[own:]


def _is_like(word: Word, name: Word) -> bool:
    """As a given name, or as any word, as which a company's is compared."""
    return any(likeness(word, name, given=given) is not None for given in (True, False))


@lru_cache(maxsize=500)
def given_names_typed_as(form: str) -> tuple[str, ...]:
    """Every known given name that this word may have been mistyped for."""
    by_piece = _by_piece()
    near = {n for piece in looked_for_pieces(form, 2) for n in by_piece.get(piece, "").split()}
    if len(form) in SHORT:
        near.update(_short().get(form[0], "").split())
    most = 2 if len(form) >= LONG else 1
    found = (name for name in near if OSA.distance(form, name, score_cutoff=most) <= most)
    return tuple(sorted(found))


@lru_cache(maxsize=500)
def given_names_heard_in(word: Word) -> tuple[str, ...]:
    """Every known given name that this word may be by its sound, without being spelled like it."""
    if word.script == "latin":
        return tuple(_by_romanisation().get(romanised_alike(word.plain), "").split())
    same = {n for code in codes_of(word.key) for n in _by_sound().get(code, "").split()}
    return tuple(sorted(n for n in same if likeness(word, word_of(n), given=True)))


@cache
def _given_codes() -> frozenset[str]:
    return frozenset(
        given_code(common_form(each)) for name in all_given_names() for each in _with_strokes(name)
    )


def _with_strokes(name: str) -> Iterable[str]:
    """The name, and with each d as it is written out where it was a đ: djordje."""
    found = [""]
    for letter in name:
        found = [each + way for each in found for way in (("d", "dj") if letter == "d" else letter)]
    return found


@cache
def _by_skeleton() -> dict[str, str]:
    return _listed_by(lambda name: [skeleton.__wrapped__(common_form(name))])


@cache
def _by_piece() -> dict[str, str]:
    return _listed_by(lambda name: filed_pieces.__wrapped__(common_form(name)))


@cache
def _short() -> dict[str, str]:
    return _listed_by(lambda name: [name[:1]] if len(name) in SHORT else [])


@cache
def _by_romanisation() -> dict[str, str]:
    """Only of names that are long enough to be heard in another spelling."""
    heard = romanised_alike.__wrapped__
    return _listed_by(lambda name: [heard(name)] if len(name) >= SHORTEST else [])


@cache
def _by_sound() -> dict[str, str]:
    return _listed_by(lambda name: filed_codes(common_form(name)))


def _listed_by(values: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """The names under each value; in one text each, which takes least room."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in all_given_names():
        for value in values(name):
            found[value].append(common_form(name))
    return {value: " ".join(dict.fromkeys(names)) for value, names in found.items()}
