"""Who of all the firm has ever had to do with may be one of these people?

Candidates come from the conflict index by their keys; the rules of ``domain/matching`` decide. The
cost is that of the names alike, never that of all names.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from services.intake.domain.assessment import Around, Subject, after_decisions, hit_on
from services.intake.domain.checks import Hit, Searched
from services.intake.domain.dispositions import pair_of
from services.intake.domain.gaps import CROWDED, FILING, UNSEARCHABLE
from services.intake.domain.identifiers import keys_of
from services.intake.domain.known import CORPUS_KEY, Known, match_of
from services.intake.domain.matching import VERSION, Match
from services.intake.domain.matters import status_of, status_of_all
from services.intake.domain.search_keys import looking_keys
from services.intake.ports import CONFLICT_INDEX, CORPUS, INQUIRIES, MATTERS, SETTLED
from services.intake.workflow.blocking import needs_of_blocking
from services.intake.workflow.counter_checking import needs_of_counter_check
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

MOST_LISTED = 60  # namesakes of one name; if there are more, a person has to look further


def needs_of_search(
    subject: Subject, searched: Sequence[Searched], unit: ReadSoFar
) -> Iterable[Need]:
    """The candidates; once these are read, what surrounds each that matches."""
    yield CORPUS.one(CORPUS_KEY)
    for each in searched:
        yield from _needs_of_name(each)
        if (number := keys_of(each.identifiers)) and _is_crowded(each, unit):
            yield CONFLICT_INDEX.by_any("filed", number)
        for known, _ in _matches(subject, each, unit)[:MOST_LISTED]:
            yield SETTLED.one(pair_of(subject.ref, known.ref))
            yield from needs_around(known)
            if known.inquiry_id is not None:
                yield from needs_of_blocking([known.inquiry_id])
        for known, _ in _claimed_matches(subject, each, unit):
            yield from needs_around(known)
            if known.inquiry_id is not None:
                yield from needs_of_counter_check(subject.ref, known.inquiry_id)


def needs_around(known: Known) -> Iterable[Need]:
    """What tells how a known party stands today."""
    if known.client_id is not None:
        yield MATTERS.by("client", known.client_id)
    if known.matter_id is not None:
        yield MATTERS.one(known.matter_id)
    if known.inquiry_id is not None:
        yield INQUIRIES.one(known.inquiry_id)


def candidates_of(subject: Subject, searched: Sequence[Searched], unit: ReadSoFar) -> list[Known]:
    """Everybody a search lists, before what surrounds them is looked at."""
    return [known for each in searched for known, _ in _matches(subject, each, unit)[:MOST_LISTED]]


def search(
    subject: Subject, searched: Sequence[Searched], unit: UnitOfWork
) -> tuple[tuple[Hit, ...], bool]:
    """The best hit on each known party, the closest first; and whether there were too many."""
    best: dict[str, Hit] = {}
    more = False
    for at, each in enumerate(searched):
        found = _matches(subject, each, unit)
        more = more or len(found) > MOST_LISTED or _is_crowded(each, unit)
        for known, match in found[:MOST_LISTED]:
            hit = hit_on(subject, at, each, known, match, around(known, unit))
            hit = after_decisions(hit, unit.peek(SETTLED, pair_of(subject.ref, known.ref)))
            if known.ref not in best or best[known.ref].score < hit.score:
                best[known.ref] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.ref))), more


def gaps_of(searched: Sequence[Searched], unit: UnitOfWork, *, more: bool) -> tuple[str, ...]:
    """What this search could not look at."""
    corpus = unit.get(CORPUS, CORPUS_KEY)
    found = {
        CROWDED: more,
        UNSEARCHABLE: any(not looking_keys(each.name) for each in searched),
        FILING: corpus is not None and corpus.filed_by != VERSION,
    }
    return tuple(gap for gap, so in found.items() if so)


def search_claimed(
    subject: Subject, searched: Sequence[Searched], unit: UnitOfWork
) -> tuple[Hit, ...]:
    """The best hit on each name that somebody outside the firm claims: worth knowing, no more."""
    best: dict[str, Hit] = {}
    for at, each in enumerate(searched):
        for known, match in _claimed_matches(subject, each, unit)[:MOST_LISTED]:
            hit = hit_on(subject, at, each, known, match, around(known, unit))
            if known.ref not in best or best[known.ref].score < hit.score:
                best[known.ref] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.ref)))


def around(known: Known, unit: ReadSoFar) -> Around:
    """How a known party stands today, as far as this batch has read it."""
    if known.client_id is not None:
        matters = unit.peek_all(MATTERS, "client", known.client_id)
        return Around(client_id=known.client_id, status=status_of_all(matters))
    if known.matter_id is not None:
        matter = unit.peek(MATTERS, known.matter_id)
        client_id = matter.client_id if matter is not None else None
        return Around(client_id=client_id, status=status_of(matter))
    inquiry = unit.peek(INQUIRIES, known.inquiry_id) if known.inquiry_id is not None else None
    return Around(declined=inquiry is not None and inquiry.state == "declined")


@lru_cache(maxsize=600)
def _needs_of_name(searched: Searched) -> tuple[Need, ...]:
    keys = _looked_for(searched)
    if not keys:
        return ()
    return (
        CONFLICT_INDEX.by_any("filed", keys),
        CONFLICT_INDEX.by_any("claimed", keys),
    )


def _looked_for(searched: Searched) -> tuple[str, ...]:
    by_name, by_number = looking_keys(searched.name), keys_of(searched.identifiers)
    return (*by_number, *by_name) if by_number else by_name


def _is_crowded(searched: Searched, unit: ReadSoFar) -> bool:
    """Whether more are called alike than one name is compared with: not all of them were read."""
    return unit.is_cut(CONFLICT_INDEX, "filed", _looked_for(searched))


def _matches(subject: Subject, searched: Searched, unit: ReadSoFar) -> list[tuple[Known, Match]]:
    """The known parties whose names match, the closest first; none before they are read.

    Where too many are called alike, those of the very same name are read before all others, and
    whoever has the same number besides.
    """
    candidates = dict[str, Known]()
    looking, number = _looked_for(searched), keys_of(searched.identifiers)
    for keys in (looking, number):
        if keys and (keys is looking or _is_crowded(searched, unit)):
            found = unit.peek_any(CONFLICT_INDEX, "filed", keys)
            candidates.update({known.ref: known for known in found if known.ref not in subject.own})
    return _matching(searched, candidates.values())


def _claimed_matches(
    subject: Subject, searched: Searched, unit: ReadSoFar
) -> list[tuple[Known, Match]]:
    """The same among names that are only claimed, as long as they are kept."""
    keys = _looked_for(searched)
    found = unit.peek_any(CONFLICT_INDEX, "claimed", keys) if keys else []
    kept = [
        known
        for known in found
        if known.ref not in subject.own and known.claimed_until and known.claimed_until > unit.now
    ]
    return _matching(searched, kept)


def _matching(searched: Searched, candidates: Iterable[Known]) -> list[tuple[Known, Match]]:
    matches = [
        (known, match)
        for known in candidates
        if (match := match_of(searched.name, searched.identifiers, known)) is not None
    ]
    return sorted(matches, key=lambda each: (-each[1].score, each[0].ref))
