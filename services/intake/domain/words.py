"""How alike are two words of two names?

By spelling habits, short forms, other scripts and typing errors, never by sound alone. Each answer
says how it can be found: by the code of the sound, by a piece that is whole, or by both.
"""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from services.intake.domain.given_names import is_given_name, of_the_other_sex
from services.intake.domain.letters import usual
from services.intake.domain.names import Word
from services.intake.domain.nicknames import share_a_name
from services.intake.domain.pieces import LONG, errors_allowed
from services.intake.domain.semitic import pattern_of
from services.intake.domain.sounds import same_sound, skeleton

DIACRITICS, JOINED, SCRIPT, ROMANISED = 0.99, 0.98, 0.97, 0.94
NICKNAME, USUAL, SOUND, GIVEN_SOUND = 0.92, 0.95, 0.91, 0.92
TYPED = {1: 0.92, 2: 0.86}
FIRST_LETTER, SHORT_TYPED = 0.87, 0.88
FURTHER = 2  # letters more at the end make another name: Harris, Harrison
SHORTEST = 4
FEW_LETTERS, FEW_CONSONANTS = 4, 2  # of a given name: another vowel makes another name


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two words are (1.0 is equal), why, and by which keys one finds the other."""

    degree: float
    reason: str = ""
    coded: bool = True  # under a code of the sound
    whole: bool = False  # under a whole piece


SAME = Likeness(1.0, whole=True)


@lru_cache(maxsize=8_000)
def likeness(a: Word, b: Word, *, given: bool) -> Likeness | None:
    """How alike two words are, or None when they are different; ``given``: as given names."""
    if not a.forms.isdisjoint(b.forms):
        return _same(a, b)
    if a.fixed or b.fixed:
        return None
    if given and _share_a_name(a, b):
        return Likeness(NICKNAME, "nickname")
    if a.script != "latin" or b.script != "latin":
        return _from_another_script(a, b)
    if given and of_the_other_sex(a.plain, b.plain):
        return None
    known = (is_given_name(a.plain), is_given_name(b.plain)) if given else (False, False)
    if all(known):
        return _given_names(a, b)
    return _spelled(a, b) or (_short_given_name(a, b) if any(known) else None)


def _same(a: Word, b: Word) -> Likeness | None:
    whole = a.form == b.form
    if a.script != b.script:
        coded = same_sound(a.key, b.key)
        return Likeness(SCRIPT, "transliteration", coded, whole) if coded or whole else None
    if a.plain == b.plain:
        return SAME
    return Likeness(
        DIACRITICS if whole else JOINED, "diacritics" if whole else "spelling", whole=whole
    )


def _share_a_name(a: Word, b: Word) -> bool:
    if a.script == b.script == "latin":
        return share_a_name(a.plain, b.plain)
    return any(share_a_name(x, y) for x in _latin(a) for y in _latin(b))


def _latin(word: Word) -> list[str]:
    return (
        sorted(form for form in word.forms if form.isascii())
        if word.script != "latin"
        else [word.plain]
    )


def _from_another_script(a: Word, b: Word) -> Likeness | None:
    for foreign, other in ((a, b), (b, a)):
        if foreign.script in ("arabic", "hebrew") and other.script == "latin":
            pattern = pattern_of(foreign.native, foreign.script)
            fits = any(pattern.fullmatch(form) for form in other.forms)
            fits = fits and same_sound(foreign.key, other.key)
            return Likeness(SCRIPT, "transliteration") if fits else None
    if a.script == b.script and a.script in ("cyrillic", "greek"):
        return _spelled(a, b)
    if a.script in ("cyrillic", "greek") or b.script in ("cyrillic", "greek"):
        return _romanised(a, b)
    return None


def _romanised(a: Word, b: Word) -> Likeness | None:
    """A romanised word within a letter or two of one of the spellings its script allows."""
    if not same_sound(a.key, b.key):
        return None
    closest = min(
        Levenshtein.distance(usual(x), usual(y), score_cutoff=2)
        for x in _latin(a)
        for y in _latin(b)
    )
    longest = max(len(a.form), len(b.form))
    allowed = 0 if longest < SHORTEST else 1 if longest < 7 else 2
    return (
        Likeness(SCRIPT if closest == 0 else ROMANISED, "transliteration")
        if closest <= allowed
        else None
    )


def _given_names(a: Word, b: Word) -> Likeness | None:
    """Two known given names that differ are one name only if they sound and end the same."""
    bones = skeleton(a.form)
    alike = usual(a.form) == usual(b.form) or (
        min(len(a.form), len(b.form)) > FEW_LETTERS and ending_of(a.form) == ending_of(b.form)
        and len(bones) > FEW_CONSONANTS and bones == skeleton(b.form)
    )  # fmt: skip
    if alike and same_sound(a.key, b.key):
        return Likeness(GIVEN_SOUND, "spelling", whole=a.form == b.form)
    return None


def _short_given_name(a: Word, b: Word) -> Likeness | None:
    """Jadk for Jack: a letter wrong, where only one of the two is a name at all."""
    shortest, longest = sorted((len(a.form), len(b.form)))
    if longest > SHORTEST or shortest < SHORTEST - 1 or a.form[0] != b.form[0]:
        return None
    if OSA.distance(a.form, b.form, score_cutoff=1) > 1:
        return None
    coded, whole = same_sound(a.key, b.key), shortest == SHORTEST
    return Likeness(SHORT_TYPED, "spelling", coded, whole) if coded or whole else None


def ending_of(form: str) -> str:
    """How a given name ends, as it is usually spelled."""
    end = usual(form)[-1]
    return "e" if end in "iey" else end


def _spelled(a: Word, b: Word) -> Likeness | None:
    shortest = min(len(a.form), len(b.form))
    alike = skeleton(a.form) == skeleton(b.form)
    usually = alike and usual(a.form) == usual(b.form)
    if shortest < SHORTEST and not (usually and shortest == SHORTEST - 1):
        return None
    typed = _mistyped(a.form, b.form)
    slavic = None if alike or typed else _as_slavic(a, b)
    if not (alike or typed or slavic) or not same_sound(a.key, b.key):
        return typed
    if usually:
        return Likeness(USUAL, "spelling", whole=typed is not None)
    if alike and _nearly_usual(a, b, shortest):
        return Likeness(SOUND, "spelling", whole=typed is not None)
    if typed is not None:
        return Likeness(typed.degree, typed.reason, coded=True, whole=True)
    return slavic or _as_slavic(a, b)


def _nearly_usual(a: Word, b: Word, shortest: int) -> bool:
    """Whether two words of the same consonants differ in a vowel or two."""
    most = 1 if shortest < LONG else 2
    if OSA.distance(usual(a.form), usual(b.form), score_cutoff=most) > most:
        return False
    return not (_goes_on(a.form, b.form) or (shortest == SHORTEST and a.form[-1] != b.form[-1]))


def _as_slavic(a: Word, b: Word) -> Likeness | None:
    """Iwanow and Ivanov, Schtscherbakow and Shcherbakov: romanised for readers of two languages."""
    one, other = romanised_alike(a.plain), romanised_alike(b.plain)
    same = min(len(a.plain), len(b.plain)) > SHORTEST and one == other
    return Likeness(ROMANISED, "romanisation") if same else None


def _mistyped(one: str, other: str) -> Likeness | None:
    most = errors_allowed(one, other)
    typos = OSA.distance(one, other, score_cutoff=most) if most else 1
    if typos > most or _goes_on(one, other):
        return None
    begins_alike = one[0] == other[0] or one[:2] == other[1::-1]
    if not begins_alike and typos > 1:
        return None
    degree = TYPED[typos] if begins_alike else FIRST_LETTER
    return Likeness(degree, "spelling", coded=False, whole=True)


def _goes_on(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) >= FURTHER and long.startswith(short)


SLAVIC = (
    ("schtsch", "1"), ("shch", "1"), ("chtch", "1"), ("tsch", "2"), ("tch", "2"), ("sch", "3"),
    ("ch", "2"), ("sh", "3"), ("zh", "3"), ("kh", "h"), ("tz", "z"), ("ts", "z"), ("w", "v"),
    ("ff", "v"), ("j", "i"), ("y", "i"), ("ou", "u"), ("s", "z"), ("c", "z"),
    ("ii", "i"), ("dj", "2"),
)  # fmt: skip


@lru_cache(maxsize=2_000)
def romanised_alike(plain: str) -> str:
    """One form for the romanisations of a Slavic word in English, German and French."""
    for written, common in SLAVIC:
        plain = plain.replace(written, common)
    return plain.replace("ii", "i").replace("ia", "a").replace("iu", "u").replace("ie", "e")
