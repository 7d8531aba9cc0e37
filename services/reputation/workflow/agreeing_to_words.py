"""A client read the words the firm would publish: what follows from yes, from no, from a change of
mind?
"""

from collections.abc import Iterable

from services.reputation.domain import testimonial as words_of
from services.reputation.ports import TESTIMONIALS, FirmConfig
from services.reputation.workflow.proposing_words import the_words
from services.reputation.workflow.withdrawing_words import about, told_of, withdraw
from shared.contracts.testimonial_task_kinds import TESTIMONIAL_PUBLICATION
from shared.contracts.testimonials import (
    Attribution,
    TestimonialConsented,
    TestimonialDeclined,
)
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Why, open_task

AGREED = "The client read these words and agreed that they are published."


def needs_of_answer(testimonial_id: str, _: ReadSoFar) -> Iterable[Need]:
    """The words, and whoever is asked about them."""
    yield TESTIMONIALS.one(testimonial_id)
    yield TASKS.by("ref", testimonial_id)


def say_yes(
    config: FirmConfig,
    testimonial_id: str,
    revision: int,
    attribution: Attribution,
    name: str,
    unit: UnitOfWork,
) -> None:
    """They agree to exactly these words; somebody who did not propose them publishes them."""
    before = the_words(testimonial_id, unit)
    after = words_of.agreed(before, revision, attribution, name, unit.now)
    if after == before:
        return
    unit.put(TESTIMONIALS, after)
    said = unit.announce(TestimonialConsented(**told_of(after, unit), attribution=attribution))
    open_task(
        unit,
        kind=TESTIMONIAL_PUBLICATION.kind,
        ref=testimonial_id,
        about=about(after),
        title=TESTIMONIAL_PUBLICATION.label,
        why=Why(event_id=said.id, text=AGREED),
        due_at=config.times.words_due(unit.now),
        barred=() if config.sole_practice or not after.proposer_id else (after.proposer_id,),
        occasion=str(after.revision),
    )


def say_no(testimonial_id: str, revision: int, unit: UnitOfWork) -> None:
    """They do not want it."""
    before = the_words(testimonial_id, unit)
    after = words_of.declined(before, revision)
    if after != before:
        unit.put(TESTIMONIALS, after)
        unit.announce(TestimonialDeclined(**told_of(after, unit)))


def say_no_more(testimonial_id: str, unit: UnitOfWork) -> None:
    """They withdraw their consent: it ends with this step."""
    withdraw(the_words(testimonial_id, unit), "client", unit)
