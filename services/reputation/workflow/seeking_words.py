"""Somebody would like to publish words of a client: who proposes them, and what is kept of it?

Nothing here knows a score, a complaint or a review: whose words are sought is said by a person or
another system, what keeps them from being published is said by restrictions alone.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.reputation.domain.publication_bars import (
    FIRM,
    Bar,
    PublicationBars,
    concerns_publishing,
)
from services.reputation.domain.testimonial import Testimonial, testimonial_id_of
from services.reputation.ports import BARS, TESTIMONIALS, FirmConfig
from services.reputation.workflow.withdrawing_words import needs_of_ending, withdraw_all
from shared.contracts.envelope import Event
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.testimonial_task_kinds import TESTIMONIAL_PROPOSAL
from shared.contracts.testimonials import TestimonialSought
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, About, Task, Why, open_task

WHY = "Words of this client may be published once they have read and agreed to them."
Placed = Event[RestrictionPlaced] | Event[RestrictionLifted]


def needs_of_seeking(event: Event[TestimonialSought], _: ReadSoFar) -> Iterable[Need]:
    """What there is of this client about this matter, and whoever was asked already."""
    testimonial_id = testimonial_id_of(event.data.client_id, event.data.matter_id)
    yield TESTIMONIALS.one(testimonial_id)
    yield TASKS.by("ref", testimonial_id)


def seek(config: FirmConfig, event: Event[TestimonialSought], unit: UnitOfWork) -> None:
    """Ask somebody to propose a text; while one is asked, nobody else is."""
    said = event.data
    testimonial_id = testimonial_id_of(said.client_id, said.matter_id)
    there = unit.get(TESTIMONIALS, testimonial_id) or Testimonial(
        testimonial_id=testimonial_id, client_id=said.client_id, matter_id=said.matter_id
    )
    if event.history or any(each.state == "open" for each in _asked(testimonial_id, unit)):
        return
    again = replace(there, rounds=there.rounds + 1)
    task = open_task(
        unit,
        kind=TESTIMONIAL_PROPOSAL.kind,
        ref=testimonial_id,
        about=About(client_id=said.client_id, matter_id=said.matter_id),
        title=TESTIMONIAL_PROPOSAL.label,
        why=Why(event_id=event.id, text=WHY),
        due_at=config.times.words_due(unit.now),
        priority="low",
        owner_id=said.by,
        occasion=str(again.rounds),
    )
    unit.put(TESTIMONIALS, replace(again, task_id=task.task_id))


def _asked(testimonial_id: str, unit: UnitOfWork) -> Iterable[Task]:
    return unit.find(TASKS, "ref", testimonial_id)


def needs_of_barring(event: Placed, unit: ReadSoFar) -> Iterable[Need]:
    """The register of the client, or of the firm, and what may have to come down."""
    subject = event.data.client_id or FIRM
    yield BARS.one(subject)
    if event.data.client_id is not None:
        yield from needs_of_ending(event.data.client_id, unit)


def bar(event: Event[RestrictionPlaced], unit: UnitOfWork) -> None:
    """From now on nothing new is published; of a client who died, nothing stands any more."""
    said = event.data
    if not concerns_publishing(said.kind, said.scope, said.classes or ()):
        return
    subject = said.client_id or FIRM
    placed = Bar(stamp=event.stamp, kind=said.kind, until=said.until)
    if _keep(subject, said.restriction_id, placed, unit) and said.kind == "deceased":
        withdraw_all(subject, "deceased", unit)


def unbar(event: Event[RestrictionLifted], unit: UnitOfWork) -> None:
    """It may be published again; heard before it was placed, it still ends it."""
    said = event.data
    _keep(said.client_id or FIRM, said.restriction_id, Bar(stamp=event.stamp), unit)


def _keep(subject: str, restriction_id: str, said: Bar, unit: UnitOfWork) -> bool:
    before = unit.get(BARS, subject) or PublicationBars(client_id=subject)
    after = before.with_bar(restriction_id, said)
    if after == before:
        return False
    unit.put(BARS, after)
    return True


def needs_of_bars(client_id: str) -> Iterable[Need]:
    """What may keep this client's words from being published."""
    yield BARS.one(client_id)
    yield BARS.one(FIRM)


def refuse_if_barred(client_id: str, unit: UnitOfWork) -> None:
    """A RuleError that says why nothing of this client's is published now."""
    for subject in (client_id, FIRM):
        register = unit.get(BARS, subject)
        why = register.why(unit.now) if register is not None else None
        if why is not None:
            raise RuleError(why, code="restricted")
