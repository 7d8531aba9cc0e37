"""A person decided about a conflict check: what follows?

Only somebody who does not bring the matter may decide, on grounds from a closed list and in words,
of the whole and of each hit; a waiver needs its signed document, its day and every client who
signed. What is decided about a pair of parties is remembered, so that nobody is asked twice.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from services.intake.domain.assessment import decided
from services.intake.domain.checks import Check, Hit, Verdict, ids_of
from services.intake.domain.dispositions import Settled, pair_of, roles_of
from services.intake.domain.grounds import grounds_of, waiver_of, words_of
from services.intake.domain.verdicts import verdicts_of
from services.intake.ports import CHECKS, CLIENTS, INQUIRIES, SETTLED, FirmConfig
from services.intake.workflow.blocking import block_or_unblock, needs_of_blocking
from services.intake.workflow.bringing import bringing, needs_of_bringing
from services.intake.workflow.concluding import needs_of_concluding, say_cleared
from services.intake.workflow.declining import (
    decline_client,
    decline_inquiry,
    needs_of_declining,
)
from services.intake.workflow.restricting import lift, restrict
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task, check_unscreened, complete_task

OUTCOMES: dict[str, Verdict] = {
    "clear": "cleared",
    "clear-with-waiver": "waived",
    "decline": "declined",
}


def needs_of_deciding(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The check, who brings the matter, and what was decided about the same pairs before."""
    yield CHECKS.one(task.ref)
    made = unit.peek(CHECKS, task.ref)
    if made is None:
        return
    yield from needs_of_concluding(made)
    yield from (SETTLED.one(pair_of(made.subject, hit.ref)) for hit in made.hits)
    yield from needs_of_bringing(made)
    yield from needs_of_blocking(made.inquiry_ids)
    if made.inquiry_id is not None:
        yield from needs_of_declining(made.inquiry_id)


def decide(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Apply a decision, or refuse it naming the field."""
    made = unit.get(CHECKS, task.ref)
    if made is None or made.state != "pending":
        raise RuleError("This check waits for no decision.", code="not-open")
    for hit in made.hits:
        check_unscreened(ids_of(hit), decision.actor)
    alone = decision.actor.id in bringing(made, unit)
    if alone:
        _allow_alone(config, made, unit)
    after = _decided(config, made, decision, unit)
    unit.put(CHECKS, after)
    _remember_all(made, after, decision, unit)
    block_or_unblock(config, after, unit)
    complete_task(unit, task, decision.decision, decision.actor.id, sole_practice=alone)
    if after.is_clear:
        lift(after, unit)
        say_cleared(after, unit)
    else:
        restrict(after, unit)
        _ask_to_write(config, after, unit)


def _allow_alone(config: FirmConfig, made: Check, unit: UnitOfWork) -> None:
    """Whoever brings a matter decides it only where nobody else can, and after some time."""
    if config.sole_practice is None:
        raise RuleError("The one who brings a matter may not clear it.", code="barred")
    config.sole_practice.check(made.made_at, unit.now)


def _ask_to_write(config: FirmConfig, after: Check, unit: UnitOfWork) -> None:
    """Whoever the firm does not act for is written to: who asked, or the client."""
    inquiry = unit.get(INQUIRIES, after.inquiry_id) if after.inquiry_id is not None else None
    client = unit.get(CLIENTS, after.client_id) if after.client_id is not None else None
    again = f"{after.check_id}-{after.reopened}" if after.reopened else ""
    if inquiry is not None:
        decline_inquiry(config, inquiry, unit, again, by=after.decided_by)
    elif client is not None:
        decline_client(config, client, again or after.check_id, unit)


def _decided(config: FirmConfig, made: Check, decision: Decision, unit: UnitOfWork) -> Check:
    state = OUTCOMES[decision.decision]
    words = words_of(decision.fields)
    grounds = grounds_of(decision.decision, decision.fields)
    verdicts = verdicts_of(made, state, grounds, words, decision.fields)
    hits = decided(made, verdicts)
    reference = signed_on = affected = None
    if state == "waived":
        today = config.times.calendar.day_of(unit.now)
        waived = [hit for hit in hits if hit.disposition == "waived"]
        reference, signed_on, affected = waiver_of(made, waived, decision.fields, today)
    return replace(
        made,
        state=state,
        hits=hits,
        verdicts=verdicts,
        decided_by=decision.actor.id,
        decided_at=unit.now,
        document_ref=reference,
        signed_on=signed_on,
        affected=affected,
        grounds=grounds,
        reason=words,
    )


def _remember_all(made: Check, after: Check, decision: Decision, unit: UnitOfWork) -> None:
    """What holds for a pair from now on; that the firm declined is no word about a pair."""
    now = {hit.ref: hit for hit in after.hits}
    for hit in made.open_hits:
        settled = now[hit.ref].disposition
        if settled == "cleared" or (settled == "waived" and after.is_clear):
            _remember(hit, settled, after, decision, unit)


def _remember(
    hit: Hit,
    settled: Literal["cleared", "waived"],
    after: Check,
    decision: Decision,
    unit: UnitOfWork,
) -> None:
    unit.put(
        SETTLED,
        Settled(
            pair=pair_of(after.subject, hit.ref),
            roles=roles_of(hit),
            score=hit.score,
            decision=settled,
            check_id=after.check_id,
            decided_by=decision.actor.id,
            decided_at=unit.now,
        ),
    )
