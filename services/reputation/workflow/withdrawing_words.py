"""A client's words may not be published any more: what ends, at once and everywhere?

They leave the list with this very step, whoever is asked about them is not asked any more, and
where somebody had put them elsewhere by hand, a person takes them down there.
"""

from collections.abc import Iterable
from typing import Any

from services.reputation.domain.response import hash_of
from services.reputation.domain.testimonial import (
    WITHDRAWABLE,
    Because,
    Testimonial,
    withdrawn,
    wording_id_of,
)
from services.reputation.ports import TESTIMONIALS
from shared.contracts.envelope import Event
from shared.contracts.intake import ConsentWithdrawn
from shared.contracts.testimonial_task_kinds import TESTIMONIAL_REMOVAL
from shared.contracts.testimonials import PublicationWithdrawn, TestimonialWithdrawn
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, About, Why, cancel_task, open_task

EVERYTHING = "all"
BY_HAND = "The client's words may not stand there any more, and somebody put them there by hand."


def needs_of_withdrawing(
    event: Event[PublicationWithdrawn] | Event[ConsentWithdrawn], unit: ReadSoFar
) -> Iterable[Need]:
    """Everything of this client, and whoever is asked about it."""
    yield from needs_of_ending(event.data.client_id, unit)


def needs_of_ending(client_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The same, of a client by their id."""
    yield TESTIMONIALS.by("client", client_id)
    for each in unit.peek_all(TESTIMONIALS, "client", client_id):
        yield TASKS.by("ref", each.testimonial_id)


def hear_withdrawal(event: Event[PublicationWithdrawn], unit: UnitOfWork) -> None:
    """Of one testimonial, or of all; what was agreed to later stands."""
    said = event.data
    for each in unit.find(TESTIMONIALS, "client", said.client_id):
        named = said.testimonial_id in (None, each.testimonial_id)
        later = each.consent is not None and each.consent.at > said.at
        if named and not later:
            withdraw(each, "client", unit)


def hear_no_consent(event: Event[ConsentWithdrawn], unit: UnitOfWork) -> None:
    """Who wants nothing any more does not want this either."""
    said = event.data
    if said.purpose != EVERYTHING or said.channel is not None:
        return
    for each in unit.find(TESTIMONIALS, "client", said.client_id):
        if each.consent is None or each.consent.at <= said.at:
            withdraw(each, "client", unit)


def withdraw_all(client_id: str, because: Because, unit: UnitOfWork) -> None:
    """Everything of one client."""
    for each in unit.find(TESTIMONIALS, "client", client_id):
        withdraw(each, because, unit)


def withdraw(testimonial: Testimonial, because: Because, unit: UnitOfWork) -> Testimonial:
    """It stands nowhere any more; withdrawn before, nothing more is said."""
    if testimonial.state not in WITHDRAWABLE:
        return testimonial
    after = say_withdrawn(testimonial, because, unit)
    for task in unit.find(TASKS, "ref", testimonial.testimonial_id):
        if task.state == "open" and task.kind != TESTIMONIAL_REMOVAL.kind:
            cancel_task(unit, task, "withdrawn")
    unit.put(TESTIMONIALS, after)
    return after


def say_withdrawn(testimonial: Testimonial, because: Because, unit: UnitOfWork) -> Testimonial:
    """Announce it, and have it taken down where it stands by hand; it, as it is kept now."""
    was_published = testimonial.state == "published"
    said = unit.announce(
        TestimonialWithdrawn(
            **told_of(testimonial, unit),
            because=because,
            was_published=was_published,
        )
    )
    if was_published and testimonial.elsewhere:
        open_task(
            unit,
            kind=TESTIMONIAL_REMOVAL.kind,
            ref=testimonial.testimonial_id,
            about=about(testimonial),
            title=TESTIMONIAL_REMOVAL.label,
            why=Why(event_id=said.id, text=BY_HAND),
            due_at=unit.now,
            priority="urgent",
            occasion=str(testimonial.revision),
        )
    return withdrawn(testimonial)


def about(testimonial: Testimonial) -> About:
    """Whom and which matter a task about it concerns."""
    return About(client_id=testimonial.client_id, matter_id=testimonial.matter_id)


def told_of(testimonial: Testimonial, unit: UnitOfWork) -> dict[str, Any]:
    """What every event about it says: never a word of it."""
    return {
        "testimonial_id": testimonial.testimonial_id,
        "client_id": testimonial.client_id,
        "matter_id": testimonial.matter_id,
        "revision": testimonial.revision,
        "wording_id": wording_id_of(testimonial),
        "text_hash": hash_of(testimonial.text),
        "at": unit.now,
    }
