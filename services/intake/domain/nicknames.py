"""Which given names are short, pet or national forms of which others?

A word's ``fuller_names`` are the names it may stand for; two words go together when they share
one. English: the ``nicknames`` package, without pairs nobody uses. Others: a table of our own,
``tables/nicknames.txt``. A firm may add its own.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from nicknames import name_triplets

from services.intake.domain.given_names import of_the_other_sex, womans_form_of

TABLE = Path(__file__).parent / "tables" / "nicknames.txt"
ODD = {
    ("robert", "bill"), ("robert", "billy"), ("robert", "dob"), ("robert", "dobbin"),
    ("louise", "eliza"), ("helen", "eileen"), ("matilda", "patty"), ("jacob", "james"),
}  # fmt: skip
MOST = 4  # fuller names kept for one short form: those that begin alike and the best known


_FIRMS: dict[str, frozenset[str]] = {}


def add_firms(own: Mapping[str, frozenset[str]]) -> None:
    """From now on these short names stand for these fuller ones too; said once, at start.

    Only looking for a name asks for its short forms, so nothing has to be filed anew.
    """
    _FIRMS.clear()
    _FIRMS.update(own)
    for asked in (fuller_names, other_forms, share_a_name, _shorter):
        asked.cache_clear()


@lru_cache(maxsize=3_000)
def fuller_names(word: str) -> tuple[str, ...]:
    """The fuller names this word may be short for; a name that is formal itself has none."""
    reach, fuller, own = _table()
    certain = sorted({*own.get(word, ()), *_FIRMS.get(word, ())})
    better = [name for name in fuller.get(word, ()) if reach[name] > reach[word]]
    better.sort(key=lambda name: (not name.startswith(word), -reach[name], name))
    return tuple(dict.fromkeys([*certain, *better[: max(MOST - len(certain), 0)]]))


@lru_cache(maxsize=3_000)
def other_forms(word: str) -> tuple[str, ...]:
    """Every name that shares a fuller name with this one, itself not among them."""
    shorter = _shorter()
    found = dict[str, None]()
    for fuller in (word, *fuller_names(word)):
        found.setdefault(fuller)
        found.update(dict.fromkeys(sorted(shorter.get(fuller, ()))))
    return tuple(name for name in found if name != word and share_a_name(word, name))


@lru_cache(maxsize=5_000)
def share_a_name(one: str, other: str) -> bool:
    """Whether the two may be forms of one given name: Bob and Robert, Bob and Rob."""
    ours, theirs = fuller_names(one), fuller_names(other)
    if one == other or one in theirs or other in ours:
        return True
    return not set(ours).isdisjoint(theirs) and not of_the_other_sex(one, other)


@cache
def _table() -> tuple[Counter[str], dict[str, set[str]], dict[str, set[str]]]:
    reach: Counter[str] = Counter()
    fuller: dict[str, set[str]] = defaultdict(set)
    for formal, relationship, short in name_triplets():
        pair = formal, short
        if relationship == "has_nickname" and pair not in ODD and not womans_form_of(*pair):
            reach[formal] += 1
            fuller[short].add(formal)
    own: dict[str, set[str]] = defaultdict(set)
    for line in TABLE.read_text("utf-8").splitlines():
        formal, _, shorts = line.partition(":")
        for short in shorts.split() if not line.startswith("#") else ():
            own[short].add(formal)
    return reach, dict(fuller), dict(own)


@cache
def _shorter() -> dict[str, set[str]]:
    _, fuller, own = _table()
    found: dict[str, set[str]] = defaultdict(set)
    for short in {*fuller, *own, *_FIRMS}:
        for name in fuller_names(short):
            found[name].add(short)
    return dict(found)
