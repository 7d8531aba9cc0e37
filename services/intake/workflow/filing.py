"""A person or company becomes known to the firm: how do later checks find them?"""

from dataclasses import replace

from services.intake.domain.known import CORPUS_KEY, Corpus, Known
from services.intake.ports import CONFLICT_INDEX, CORPUS
from shared.state.kinds import Need
from shared.state.unit import Unit


def needs_of_filing(ref: str) -> tuple[Need, ...]:
    """The entry itself, and how much is known."""
    return CONFLICT_INDEX.one(ref), CORPUS.one(CORPUS_KEY)


def file_known(known: Known, unit: Unit) -> None:
    """Put an entry into the conflict index; nothing is ever taken out of it."""
    before = unit.get(CONFLICT_INDEX, known.ref)
    if known == before or not known.names:
        return
    unit.put(CONFLICT_INDEX, known)
    corpus = unit.get(CORPUS, CORPUS_KEY) or Corpus()
    entries = corpus.entries + (before is None)
    unit.put(CORPUS, replace(corpus, entries=entries, revision=corpus.revision + 1))
