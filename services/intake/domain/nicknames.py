"""Which given names are short or pet forms of which others?

A word's ``formal_names`` are the fuller names it may stand for; two words go together when they
share one. The English table is the ``nicknames`` package; European names it lacks are added.
"""

from collections import Counter, defaultdict
from functools import cache, lru_cache

from nicknames import name_triplets

MOST = 4  # formal names kept for one short form: those that begin alike and the best known

ADDED = {
    "christopher": "chris kit",
    "johannes": "hans hannes johann jan",
    "josef": "sepp jupp josip pepi",
    "nikolaus": "klaus claus niko nik",
    "gabriele": "gabi gaby",
    "ulrich": "uli ulli",
    "ulrike": "uli ulli",
    "stefanie": "steffi stephanie",
    "monika": "moni",
    "friedrich": "fritz fred",
    "heinrich": "heinz heiner hinrich",
    "joachim": "jochen achim",
    "cornelia": "conny nele",
    "rudolf": "rolf rudi",
    "wilhelm": "willi willy wim helmut",
    "maximilian": "max",
    "anton": "toni",
    "elisabeth": "lisa liesel elsbeth sissi lisbeth betty liz",
    "katharina": "kathi katja kathrin tina",
    "magdalena": "lena magda leni",
    "matthias": "matze hias",
    "alexander": "sascha sasha alex sandro alexey",
    "alexandra": "sandra sascha sasha alex",
    "jose": "pepe",
    "francisco": "paco pancho",
    "guadalupe": "lupe",
    "mikhail": "misha mischa",
    "dmitri": "dima mitya",
    "vladimir": "vova volodya",
    "yekaterina": "katya ekaterina",
    "giuseppe": "beppe peppe",
    "giovanni": "gianni",
}


@lru_cache(maxsize=20_000)
def formal_names(word: str) -> tuple[str, ...]:
    """The fuller names this word may be short for; a name that is formal itself has none."""
    reach, fuller = _table()
    own = reach[word]
    better = [name for name in fuller.get(word, ()) if reach[name] > own]
    better.sort(key=lambda name: (not name.startswith(word), -reach[name], name))
    return tuple(better[:MOST])


def share_a_name(one: str, other: str) -> bool:
    """Whether the two may be forms of one given name: Bob and Robert, Bob and Rob."""
    return not {one, *formal_names(one)}.isdisjoint({other, *formal_names(other)})


@lru_cache(maxsize=20_000)
def is_given_name(word: str) -> bool:
    """Whether this word is known as a given name."""
    reach, fuller = _table()
    return word in reach or word in fuller


@cache
def _table() -> tuple[Counter[str], dict[str, set[str]]]:
    reach: Counter[str] = Counter()
    fuller: dict[str, set[str]] = defaultdict(set)
    for formal, relationship, short in name_triplets():
        if relationship == "has_nickname":
            reach[formal] += 1
            fuller[short].add(formal)
    for formal, shorts in ADDED.items():
        for short in shorts.split():
            reach[formal] += 1
            fuller[short].add(formal)
        reach[formal] += max((reach[short] for short in shorts.split()), default=0)
    return reach, dict(fuller)
