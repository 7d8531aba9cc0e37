"""Whom has a measured firm had to do with, and how do its checks come to know three hundred
thousand of them?

Names as skewed as those of a country: every tenth is a Müller, a few given names are borne by many,
half of the surnames by few. They are kept the way intake keeps them, without the events.
"""

import random
from collections.abc import Iterator
from itertools import accumulate, islice

from services.intake.domain.given_names import TABLE
from services.intake.domain.known import CORPUS_KEY, Corpus, Known
from services.intake.domain.matching import VERSION
from services.intake.ports import CONFLICT_INDEX, CORPUS
from shared.clock import real_now, to_millisecond
from shared.contracts.envelope import Cause
from shared.process.run import mappings_of
from shared.process.settings import read_key
from shared.state.keys import KeyRing
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork
from tests.bench.rig import Rig
from tests.intake.domain import corpus

SEED, AT_ONCE = 20_260_303, 500
MULLER, COMMON, MIDDLE_NAME, COMPANY = 0.1, 0.4, 0.2, 0.1
GIVEN_NAMES = 900
SYLLABLES = [c + v for c in "bdfghklmnprstvwz" for v in ("a", "e", "i", "o", "u", "ei", "au")]


def names(seed: int = SEED) -> Iterator[str]:
    """Names without end, the same in every run."""
    chance = random.Random(seed)
    given_names = _given_names(chance)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(given_names))))
    while True:
        [given, middle] = chance.choices(given_names, cum_weights=weights, k=2)
        family = _family(chance)
        if chance.random() < COMPANY:
            yield f"{family} {chance.choice(corpus.TRADES)} GmbH"
        elif chance.random() < MIDDLE_NAME:
            yield f"{given} {middle} {family}"
        else:
            yield f"{given} {family}"


def _given_names(chance: random.Random) -> list[str]:
    """A thousand of them, those of the corpus the most borne."""
    rare = sorted(line for line in TABLE.read_text("utf-8").split() if line.isalpha())
    return [*corpus.GIVEN, *(name.capitalize() for name in chance.sample(rare, GIVEN_NAMES))]


def _family(chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < MULLER:
        return "Müller"
    if drawn < MULLER + COMMON:
        weights = list(accumulate(1 / rank for rank in range(1, len(corpus.FAMILY) + 1)))
        return chance.choices(corpus.FAMILY, cum_weights=weights, k=1)[0]
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize() + "er"


async def plant_known(rig: Rig, count: int) -> None:
    """Keep so many adverse parties of the past, filed under today's keys."""
    key = read_key(rig.secrets.master_key_file("intake"), "master key")
    database = rig.database("intake")
    store = Store(database, KeyRing(database, key), mappings_of(rig.apps["intake"]))
    cause = Cause("urn:bench", "planting", "planting", "planting", None, real_now())
    waiting = iter(enumerate(islice(names(), count)))
    while some := list(islice(waiting, AT_ONCE)):
        unit = UnitOfWork("intake", to_millisecond(real_now()))
        with unit.working_on(cause):
            for number, name in some:
                unit.add(CONFLICT_INDEX, _known(number, name))
        await store.commit(unit)
    unit = UnitOfWork("intake", to_millisecond(real_now()))
    await store.fill(unit, [lambda _: [CORPUS.one(CORPUS_KEY)]])
    with unit.working_on(cause):
        unit.put(CORPUS, Corpus(entries=count, revision=count, filed_by=VERSION))
    await store.commit(unit)


def _known(number: int, name: str) -> Known:
    matter_id = f"m-past-{number // 10}"
    ref = f"party:{matter_id}.past-{number}"
    return Known(ref=ref, role="adverse", names=(name,), matter_id=matter_id)
