"""A person proposes, publishes or drops words of a client: what follows?

Whatever is proposed is read for facts first; the client is asked about exactly that text, and a
change is another text. Published is what the client agreed to, word for word, and nothing while
something stands in its way.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.reputation.domain import testimonial as words_of
from services.reputation.domain.finding import Finding
from services.reputation.domain.response import LAWYERS
from services.reputation.domain.testimonial import LONGEST, LONGEST_LINE, WITHDRAWABLE, Testimonial
from services.reputation.domain.testimonial_check import noticed_in
from services.reputation.ports import TESTIMONIALS, FirmConfig
from services.reputation.workflow.seeking_words import needs_of_bars, refuse_if_barred
from services.reputation.workflow.withdrawing_words import say_withdrawn, told_of, withdraw
from shared.contracts.testimonials import TestimonialPublished, TestimonialRequested
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Actor, Decision, Task, complete_task

MOST_SAID = 5


def needs_of_words(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The words, everybody who is asked about them, and what stands in their way."""
    yield TESTIMONIALS.one(task.ref)
    yield TASKS.by("ref", task.ref)
    there = unit.peek(TESTIMONIALS, task.ref)
    if there is not None:
        yield from needs_of_bars(there.client_id)


def decide_proposal(_: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """A text, or none."""
    there = the_words(task.ref, unit)
    if decision.decision == "propose":
        ask_the_client(there, _text(decision, "text"), decision.actor, unit)
    elif there.state not in WITHDRAWABLE:
        unit.put(TESTIMONIALS, words_of.dropped(there, _text(decision, "reason")))
    complete_task(unit, task, decision.decision, decision.actor.id)


def decide_publication(
    config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork
) -> None:
    """Published as agreed, asked anew in other words, or dropped."""
    there, actor = the_words(task.ref, unit), decision.actor
    complete_task(unit, task, decision.decision, actor.id)
    match decision.decision:
        case "publish":
            _publish(config, there, _text(decision, "elsewhere", LONGEST_LINE), actor, unit)
        case "edit":
            ask_the_client(there, _text(decision, "text"), actor, unit)
        case "drop":
            after = withdraw(there, "firm", unit)
            unit.put(TESTIMONIALS, words_of.dropped(after, _text(decision, "reason")))


def decide_removal(_: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """It stands nowhere by hand any more."""
    there = the_words(task.ref, unit)
    if there.state != "published":
        unit.put(TESTIMONIALS, replace(there, elsewhere=""))
    complete_task(unit, task, decision.decision, decision.actor.id)


def ask_the_client(there: Testimonial, text: str, actor: Actor, unit: UnitOfWork) -> None:
    """The client is to read exactly this text; what stood before comes down."""
    refuse_if_barred(there.client_id, unit)
    _refuse_facts(text, actor)
    after = words_of.proposed(there, text, actor.id, unit.now)
    if there.state in WITHDRAWABLE:
        say_withdrawn(there, "edited", unit)
    unit.put(TESTIMONIALS, after)
    unit.announce(TestimonialRequested(**told_of(after, unit)))


def _publish(
    config: FirmConfig, there: Testimonial, elsewhere: str, actor: Actor, unit: UnitOfWork
) -> None:
    refuse_if_barred(there.client_id, unit)
    after = words_of.published(there, elsewhere, actor.id, unit.now, config.sole_practice)
    unit.put(TESTIMONIALS, after)
    if after.consent is None:
        return
    unit.announce(
        TestimonialPublished(
            **told_of(after, unit),
            attribution=after.consent.attribution,
            by=actor.id,
        )
    )


def the_words(testimonial_id: str, unit: UnitOfWork) -> Testimonial:
    """What a task is about; refused for an erased client's."""
    there = unit.get(TESTIMONIALS, testimonial_id)
    if there is None or there.erased:
        raise RuleError("There are no such words.", code="unknown-testimonial")
    return there


def _refuse_facts(text: str, actor: Actor) -> None:
    """Refuse what never goes, and what only a lawyer may propose from anybody else."""
    found = noticed_in(text)
    refused = [each for each in found if each.refuses]
    if refused:
        raise RuleError(_said(refused), code="guard", field="text")
    if found and not LAWYERS & set(actor.roles):
        raise RuleError(
            f"A lawyer or a partner has to propose these words: {_said(found)}.",
            code="needs-lawyer",
            field="text",
        )


def _said(found: Iterable[Finding]) -> str:
    """Rules and places, never the words."""
    listed = list(found)
    said = [f"characters {each.start + 1} to {each.end}: {each.message}" for each in listed]
    more = len(said) - MOST_SAID
    return "; ".join(said[:MOST_SAID]) + (f"; and {more} more" if more > 0 else "")


def _text(decision: Decision, field: str, most: int = LONGEST) -> str:
    said = str(decision.fields.get(field) or "").replace("\r\n", "\n").strip()
    if len(said) > most:
        raise RuleError(f"Use at most {most} characters.", code="too-long", field=field)
    return said
