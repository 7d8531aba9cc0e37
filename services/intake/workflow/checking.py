"""New names have reached the firm: may it act?

Every new name is compared with everybody the firm has ever had to do with. The search itself is
recorded; what follows from what was found, ``concluding`` says.
"""

from collections.abc import Iterable, Sequence

from services.intake.domain.assessment import Subject, state_of
from services.intake.domain.checks import Check, Searched
from services.intake.domain.known import CORPUS_KEY, Corpus
from services.intake.domain.matching import VERSION
from services.intake.domain.roles import Adversity
from services.intake.ports import CORPUS, FirmConfig
from services.intake.workflow.blocking import needs_of_blocking
from services.intake.workflow.concluding import conclude, needs_of_concluding
from services.intake.workflow.counter_checking import counter_checks
from services.intake.workflow.merging import offer
from services.intake.workflow.searching import gaps_of, needs_of_search, search, search_claimed
from shared.contracts.envelope import Cause
from shared.contracts.keys import id_made_of
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_checking(
    subject: Subject, searched: Sequence[Searched], unit: ReadSoFar
) -> Iterable[Need]:
    """What the search needs, and the checks on whose outcome this one's consequence depends."""
    yield from needs_of_search(subject, searched, unit)
    yield from needs_of_concluding(subject)
    if subject.inquiry_id is not None:
        yield from needs_of_blocking([subject.inquiry_id])


def check(
    config: FirmConfig,
    subject: Subject,
    searched: Sequence[Searched],
    barred: Iterable[str | None],
    unit: UnitOfWork,
) -> Check:
    """Search for these names, record the search, and say or ask what follows."""
    found, more = search(subject, searched, unit)
    hits = tuple(hit for hit in found if hit.adversity is not Adversity.SAME_SIDE)
    gaps = gaps_of(searched, unit, more=more)
    corpus = unit.get(CORPUS, CORPUS_KEY) or Corpus()
    made = Check(
        check_id=check_id_for(unit.cause),
        trigger=subject.trigger,
        subject=subject.ref,
        client_id=subject.client_id,
        inquiry_id=subject.inquiry_id,
        matter_id=subject.matter_id,
        party_id=subject.party_id,
        searched=tuple(searched),
        rules=VERSION,
        known_entries=corpus.entries,
        known_revision=corpus.revision,
        hits=hits,
        same_side=tuple(hit for hit in found if hit.adversity is Adversity.SAME_SIDE),
        claimed=search_claimed(subject, searched, unit),
        more=more,
        incomplete=gaps,
        state=state_of(hits, incomplete=bool(gaps)),
        made_at=unit.now,
        event_id=unit.cause.id,
    )
    conclude(config, made, barred, unit)
    offer(config, made, unit)
    for counter in counter_checks(made, unit):
        conclude(config, counter, (), unit)
    return made


def check_id_for(cause: Cause) -> str:
    """One event makes one check, however often it is worked on."""
    return id_made_of("chk", cause.source, cause.id)
