"""A person met somebody who asked for help: what came of it?

One task, with whoever was in touch. Either they are a client from now on, made of what the inquiry
knows: the firm's other systems and the other services hear of the client, the matter and whoever is
on the other side as if practice management had said it. Or the firm does not take it, or they ask
no more.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.intake.domain.engagement import (
    Engagement,
    engagement_of,
    filled_in,
    settled_before,
)
from services.intake.domain.inquiries import Inquiry
from services.intake.domain.urgency import urgency
from services.intake.ports import CHECKS, CLIENTS, INQUIRIES, RESTRICTIONS, SETTLED, FirmConfig
from services.intake.workflow.declining import decline_inquiry, needs_of_declining, say_not_taken
from services.intake.workflow.losing import lose
from services.intake.workflow.moving import keep_inquiry
from services.intake.workflow.registering import say_again
from shared.contracts.firm import ClientOnboarded, MatterOpened, PartyAdded
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import About, Decision, Task, Why, complete_task, open_task

KIND = "inquiry-outcome"
TITLE = "Say what came of an inquiry"
WHY = "Somebody of the firm was in touch with them. Are they a client now?"


def ask_what_came(config: FirmConfig, inquiry: Inquiry, unit: UnitOfWork) -> None:
    """Whoever met them is asked, once, as soon as the firm may go on."""
    open_task(
        unit,
        kind=KIND,
        ref=inquiry.inquiry_id,
        about=About(inquiry_id=inquiry.inquiry_id),
        title=TITLE,
        why=Why(event_id=unit.cause.id, text=WHY),
        due_at=config.times.outcome_due(unit.now),
        priority=urgency(inquiry.deadline, config.times.calendar.day_of(unit.now), config.times),
        owner_id=inquiry.taken_by,
    )


def needs_of_outcome(decision: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The inquiry and its names; the client it may become, and what was settled before."""
    yield from needs_of_declining(task.ref)
    yield RESTRICTIONS.by("subject", f"inquiry:{task.ref}")
    client_id = decision.fields.get("client_id")
    if decision.decision == "engaged" and isinstance(client_id, str):
        yield CLIENTS.one(client_id)
        yield CHECKS.by("inquiry", task.ref)
        inquiry = unit.peek(INQUIRIES, task.ref)
        engaged = _tried(inquiry, decision) if inquiry is not None else None
        if engaged is not None:
            checks = unit.peek_all(CHECKS, "inquiry", task.ref)
            yield from (SETTLED.one(each.pair) for each in settled_before(checks, engaged))


def decide_outcome(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """They are a client, the firm does not take it, or they ask no more."""
    inquiry = unit.get(INQUIRIES, task.ref)
    if inquiry is None or inquiry.erased:
        raise RuleError("There is no such inquiry.", code="unknown-inquiry")
    by = decision.actor.id
    if decision.decision == "engaged":
        _engage(inquiry, engagement_of(inquiry, decision.fields), by, unit)
    elif decision.decision == "lost":
        lose(inquiry, decision.fields, by, unit)
    else:
        refused = replace(inquiry, outcome="not-taken")
        decline_inquiry(config, refused, unit, by=by)
        say_not_taken(refused, by, unit)
    complete_task(unit, task, decision.decision, by)


def _engage(inquiry: Inquiry, engaged: Engagement, by: str, unit: UnitOfWork) -> None:
    if not inquiry.may_go_on:
        raise RuleError("Its conflict check waits for a decision again.", code="not-clear")
    for each in settled_before(unit.find(CHECKS, "inquiry", inquiry.inquiry_id), engaged):
        unit.put(SETTLED, each)
    after = replace(
        inquiry,
        outcome="engaged",
        client_id=engaged.client_id,
        matter_id=engaged.matter_id,
        owner_id=engaged.lawyer,
    )
    keep_inquiry(after, unit, by)
    for wall in unit.find(RESTRICTIONS, "subject", f"inquiry:{inquiry.inquiry_id}"):
        if wall.effect == "bar":  # whom it kept from the inquiry, it keeps from the client
            say_again(replace(wall, scope="client", client_id=engaged.client_id), by, unit)
    known = unit.get(CLIENTS, engaged.client_id)
    if known is None or not known.onboarded:
        unit.announce(_onboarded(inquiry, engaged))
    unit.announce(
        MatterOpened(
            matter_id=engaged.matter_id,
            client_id=engaged.client_id,
            practice_area=engaged.area,
            owner_id=engaged.lawyer,
        )
    )
    for at, name in enumerate(engaged.opponents):
        party_id = engaged.party_id(at)
        unit.announce(
            PartyAdded(matter_id=engaged.matter_id, party_id=party_id, name=name, role="adverse")
        )


def _onboarded(inquiry: Inquiry, engaged: Engagement) -> ClientOnboarded:
    return ClientOnboarded(
        client_id=engaged.client_id,
        name=engaged.name,
        email=engaged.email,
        phone=engaged.phone,
        timezone=inquiry.timezone or "UTC",
        locale=inquiry.locale or "en",
        matter_id=engaged.matter_id,
        practice_area=engaged.area,
        owner_id=engaged.lawyer,
    )


def needs_of_showing(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """The inquiry."""
    yield INQUIRIES.one(task.ref)


def show(task: Task, unit: UnitOfWork, _: object) -> dict[str, Any]:
    """Who it is, and what a client would be made of."""
    inquiry = unit.get(INQUIRIES, task.ref)
    if inquiry is None:
        return {}
    return {
        "name": inquiry.name or "",
        "contact": ", ".join(each for each in (inquiry.phone, inquiry.email) if each),
        "others": ", ".join(inquiry.adverse_names),
        "deadline": inquiry.deadline or "",
        "story": (inquiry.story or "") if inquiry.may_go_on else "",
        **filled_in(inquiry),
    }


def _tried(inquiry: Inquiry, decision: Decision) -> Engagement | None:
    """What was decided, as far as it can be read: what is wrong is refused by the step."""
    try:
        return engagement_of(inquiry, decision.fields)
    except RuleError:
        return None
