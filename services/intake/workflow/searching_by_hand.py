"""Somebody at the desk looks for a name: with the same rules as every check, and it is kept.

A search decides nothing and keeps nobody waiting; who searched, when, what for and what was found
stays on record like any check.
"""

from collections.abc import Iterable, Sequence

from services.intake.domain.assessment import Subject, searched_for
from services.intake.domain.checks import Check, Searched
from services.intake.domain.known import CORPUS_KEY, Corpus
from services.intake.domain.matching import VERSION
from services.intake.domain.roles import Adversity
from services.intake.ports import CHECKS, CORPUS
from services.intake.workflow.searching import gaps_of, needs_of_search, search, search_claimed
from shared.contracts.checks import LONGEST_NAME, MOST_NAMES, ChecksAsked
from shared.contracts.keys import id_made_of
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

LONGEST_PURPOSE = 500


def search_id(request_id: str) -> str:
    """One request makes one search, however often it is asked."""
    return id_made_of("chk", "search", request_id)


def names_to_search(asked: ChecksAsked) -> list[Searched]:
    """The names in their role; RuleError says what is missing."""
    names = [name.strip() for name in asked.names or () if name.strip()]
    if not names:
        raise RuleError("Write a name to look for.", code="missing", field="names")
    if len(names) > MOST_NAMES:
        raise RuleError(f"Look for {MOST_NAMES} names at most at once.", field="names")
    if any(len(name) > LONGEST_NAME for name in names):
        raise RuleError(f"A name has at most {LONGEST_NAME} letters.", field="names")
    return [searched_for(name, asked.role or "prospect") for name in names]


def purpose_of(asked: ChecksAsked) -> str:
    """What it is for, which every search says."""
    purpose = (asked.purpose or "").strip()
    if not purpose:
        raise RuleError("Say what you look for it for.", code="missing", field="purpose")
    if len(purpose) > LONGEST_PURPOSE:
        raise RuleError(f"Use at most {LONGEST_PURPOSE} letters.", field="purpose")
    return purpose


def needs_of_search_by_hand(
    check_id: str, searched: Sequence[Searched], unit: ReadSoFar
) -> Iterable[Need]:
    """What any search needs, and whether this one was made already."""
    yield CHECKS.one(check_id)
    yield from needs_of_search(_subject(check_id), searched, unit)


def search_by_hand(
    check_id: str,
    searched: Sequence[Searched],
    purpose: str,
    by: str,
    gaps: Sequence[str],
    unit: UnitOfWork,
) -> Check:
    """Search, and keep that it was done; ``gaps``: what could not be searched beside."""
    made = unit.get(CHECKS, check_id)
    if made is not None:
        return made
    subject = _subject(check_id)
    found, more = search(subject, searched, unit)
    corpus = unit.get(CORPUS, CORPUS_KEY) or Corpus()
    check = Check(
        check_id=check_id,
        trigger="search",
        subject=subject.ref,
        searched=tuple(searched),
        rules=VERSION,
        known_entries=corpus.entries,
        known_revision=corpus.revision,
        hits=tuple(hit for hit in found if hit.adversity is not Adversity.SAME_SIDE),
        same_side=tuple(hit for hit in found if hit.adversity is Adversity.SAME_SIDE),
        claimed=search_claimed(subject, searched, unit),
        more=more,
        incomplete=(*gaps_of(searched, unit, more=more), *gaps),
        state="found" if found else "no-hits",
        made_at=unit.now,
        event_id=unit.cause.id,
        asked_by=by,
        purpose=purpose,
    )
    unit.put(CHECKS, check)
    return check


def _subject(check_id: str) -> Subject:
    return Subject(trigger="search", ref=f"search:{check_id}", own=frozenset())
