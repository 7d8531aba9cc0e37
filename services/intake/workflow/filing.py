"""A person or company becomes known to the firm: how do later checks find them?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.intake.domain.known import CORPUS_KEY, Corpus, Known
from services.intake.domain.matching import VERSION
from services.intake.ports import CONFLICT_INDEX, CORPUS
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_filing(ref: str) -> tuple[Need, ...]:
    """The entry itself, and how much is known."""
    return CONFLICT_INDEX.one(ref), CORPUS.one(CORPUS_KEY)


def file_known(known: Known, unit: UnitOfWork) -> None:
    """Put an entry into the conflict index; what is known stays known, and in it."""
    before = unit.get(CONFLICT_INDEX, known.ref)
    was_known = before is not None and before.claimed_until is None
    if was_known:
        known = replace(known, claimed_until=None)
    if known == before or not known.names:
        return
    corpus = unit.get(CORPUS, CORPUS_KEY) or Corpus(filed_by=VERSION)
    entries = corpus.entries + (not was_known and known.claimed_until is None)
    revision = corpus.revision + 1
    unit.put(CONFLICT_INDEX, replace(known, revision=revision))
    after = replace(corpus, entries=entries, revision=revision, numbered=corpus.numbered + 1)
    unit.put(CORPUS, after)


def needs_of_filing_anew(refs: Iterable[str], _: ReadSoFar) -> Iterable[Need]:
    """The entries, and by which rules they were filed."""
    yield CORPUS.one(CORPUS_KEY)
    for ref in refs:
        yield CONFLICT_INDEX.one(ref)


def file_anew(refs: Sequence[str], unit: UnitOfWork) -> None:
    """Keep entries as they are; they are found by the keys of today's rules from now on.

    How far this has come is kept with them: whoever goes on later need not begin again.
    """
    for ref in refs:
        known = unit.get(CONFLICT_INDEX, ref)
        if known is not None:
            unit.put(CONFLICT_INDEX, known)
    corpus = unit.get(CORPUS, CORPUS_KEY)
    if corpus is not None and refs:
        unit.put(CORPUS, replace(corpus, filing_by=VERSION, filed_up_to=refs[-1]))


def filed_anew_up_to(unit: UnitOfWork) -> str:
    """The last entry that today's rules have filed anew; nothing when they have to begin."""
    corpus = unit.get(CORPUS, CORPUS_KEY)
    return corpus.filed_up_to if corpus is not None and corpus.filing_by == VERSION else ""


def all_filed_anew(unit: UnitOfWork) -> None:
    """Every entry is found by the keys of today's rules."""
    corpus = unit.get(CORPUS, CORPUS_KEY)
    if corpus is not None:
        unit.put(CORPUS, replace(corpus, filed_by=VERSION, filing_by="", filed_up_to=""))


def is_out_of_date(unit: UnitOfWork) -> bool:
    """Whether entries were filed by earlier rules, so that today's would not find them all."""
    corpus = unit.get(CORPUS, CORPUS_KEY)
    return corpus is not None and corpus.filed_by != VERSION
