"""Does a check that stands still find nobody new?

Its names are searched again, as they were. A known party it has not seen, and about whom nobody was
asked from the other side, reopens it: a person decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.intake.domain import clients, inquiries
from services.intake.domain.assessment import Subject
from services.intake.domain.checks import Check, Hit
from services.intake.domain.known import CORPUS_KEY
from services.intake.domain.matters import status_of, status_of_all
from services.intake.domain.reopening import FOUND_LATER, reopened
from services.intake.domain.roles import Adversity
from services.intake.domain.screening import NIGHTLY, Screening, went_on
from services.intake.ports import CHECKS, CORPUS, INQUIRIES, MATTERS, SCREENINGS, FirmConfig
from services.intake.workflow.reopening import needs_of_putting_back, put_back
from services.intake.workflow.searching import candidates_of, needs_of_search, search
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_rescreening(check_ids: Sequence[str], unit: ReadSoFar) -> Iterable[Need]:
    """The checks, who is called alike, and what was asked about them from the other side."""
    yield SCREENINGS.one(NIGHTLY)
    for check_id in check_ids:
        yield CHECKS.one(check_id)
        made = unit.peek(CHECKS, check_id)
        if made is None:
            continue
        yield from needs_of_putting_back(made)
        subject = _subject(made)
        yield from needs_of_search(subject, made.searched, unit)
        for known in candidates_of(subject, made.searched, unit):
            yield CHECKS.by("subject", _subject_of(known.ref, known.inquiry_id))


def rescreen(
    config: FirmConfig, tonight: Screening, check_ids: Sequence[str], unit: UnitOfWork
) -> Screening:
    """Search again for some checks; how far the night has come is kept in the same step."""
    found = [_rescreened(config, check_id, unit) for check_id in check_ids]
    after = went_on(tonight, check_ids[-1], len(check_ids), sum(found))
    unit.put(SCREENINGS, after)
    return after


def end_screening(tonight: Screening, unit: UnitOfWork) -> None:
    """All have been looked at."""
    unit.put(SCREENINGS, replace(tonight, done=True, ended_at=unit.now))


def _rescreened(config: FirmConfig, check_id: str, unit: UnitOfWork) -> bool:
    made = unit.get(CHECKS, check_id)
    if made is None or not made.is_clear or not made.searched or _is_over(made, unit):
        return False
    subject = _subject(made)
    found, _ = search(subject, made.searched, unit)
    new = [hit for hit in found if _is_new(made, hit, unit)]
    if not new:
        return False
    corpus = unit.get(CORPUS, CORPUS_KEY)
    after = reopened(made, unit.now, FOUND_LATER, found=new)
    if corpus is not None:
        after = replace(after, known_entries=corpus.entries, known_revision=corpus.revision)
    put_back(config, after, unit)
    return True


def _is_new(made: Check, hit: Hit, unit: UnitOfWork) -> bool:
    """Whether nobody was ever asked about this pair, in these roles, from either side."""
    if hit.adversity is Adversity.SAME_SIDE or hit.disposition != "open":
        return False
    if any(old.ref == hit.ref and old.known_role == hit.known_role for old in made.hits):
        return False
    theirs = unit.find(CHECKS, "subject", _subject_of(hit.ref, hit.inquiry_id))
    return not any(
        other.ref == made.subject and other.role == hit.known_role
        for each in theirs
        for other in each.hits
    )


def _is_over(made: Check, unit: UnitOfWork) -> bool:
    """Whether the firm does nothing any more for which the check was made."""
    if made.trigger == "party" and made.matter_id is not None:
        return status_of(unit.get(MATTERS, made.matter_id)) == "closed"
    if made.client_id is not None:
        return status_of_all(unit.find(MATTERS, "client", made.client_id)) == "closed"
    inquiry = unit.get(INQUIRIES, made.inquiry_id) if made.inquiry_id is not None else None
    return inquiry is None or inquiry.refused


def _subject(made: Check) -> Subject:
    own = {made.subject}
    if made.inquiry_id is not None:
        own.add(inquiries.opponents_ref_of(made.inquiry_id))
    if made.trigger == "party" and made.client_id is not None and _is_the_client(made):
        own.add(clients.ref_of(made.client_id))
    return Subject(
        trigger=made.trigger,
        ref=made.subject,
        own=frozenset(own),
        client_id=made.client_id,
        inquiry_id=made.inquiry_id,
        matter_id=made.matter_id,
        party_id=made.party_id,
    )


def _is_the_client(made: Check) -> bool:
    return any(each.role == "client" for each in made.searched)


def _subject_of(ref: str, inquiry_id: str | None) -> str:
    """The subject of checks about whoever the conflict index calls by this ref."""
    return inquiries.ref_of(inquiry_id) if inquiry_id is not None else ref
