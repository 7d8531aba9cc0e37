"""A conflict check is to be decided anew: what follows?

It waits again, and so does whatever waits for it: the restriction holds, an inquiry is blocked, a
letter nobody has sent yet is not sent. What was remembered about its pairs is forgotten.
"""

from collections.abc import Iterable

from services.intake.domain.checks import Check, ids_of
from services.intake.domain.dispositions import pair_of
from services.intake.domain.reopening import FOUND_LATER, check_may_reopen, reopened
from services.intake.ports import CHECKS, SETTLED, FirmConfig
from services.intake.workflow import declining
from services.intake.workflow.blocking import block_or_unblock, needs_of_blocking
from services.intake.workflow.bringing import bringing, needs_of_bringing
from services.intake.workflow.concluding import ask_to_decide, event_trigger
from services.intake.workflow.restricting import restrict
from shared.contracts.firm_roles import roles_of
from shared.contracts.intake import ConflictCheckReopened
from shared.contracts.intake_task_kinds import CONFLICT_CHECK
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Actor, cancel_task, check_unscreened

AGAIN = "A conflict check that was decided is to be decided anew: {why}"
BY_A_PERSON = "somebody asks for it."


def needs_of_reopening(check_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The check, what was asked about it, who brings it, and what was decided about its pairs."""
    yield CHECKS.one(check_id)
    made = unit.peek(CHECKS, check_id)
    if made is not None:
        yield from needs_of_putting_back(made)


def needs_of_putting_back(made: Check) -> Iterable[Need]:
    """Whatever followed from its decision."""
    yield TASKS.by("ref", made.check_id)
    yield from needs_of_bringing(made)
    yield from needs_of_blocking(made.inquiry_ids)
    yield from (SETTLED.one(pair_of(made.subject, hit.ref)) for hit in made.hits)
    yield from (TASKS.by("ref", ref) for ref in _written_to(made))


def reopen(
    config: FirmConfig, check_id: str, actor: Actor, why: str, request_id: str, unit: UnitOfWork
) -> Check:
    """A second person wants a decided check looked at again; asked twice, it is done once."""
    made = unit.get(CHECKS, check_id)
    if made is None or made.trigger == "search":
        raise RuleError("There is no such conflict check.", code="unknown-check", field="check_id")
    check_may_see(made, actor, unit)
    if made.rounds and made.rounds[-1].request_id == request_id and made.state == "pending":
        return made
    why = check_may_reopen(made, actor.id, why, alone=config.sole_practice is not None)
    after = reopened(made, unit.now, why, by=actor.id, request_id=request_id)
    put_back(config, after, unit)
    return after


def put_back(config: FirmConfig, after: Check, unit: UnitOfWork) -> None:
    """Keep the reopened check, undo what hung on its decision, and ask for another."""
    unit.put(CHECKS, after)
    for hit in after.open_hits:
        pair = pair_of(after.subject, hit.ref)
        settled = unit.peek(SETTLED, pair)
        if settled is not None and settled.check_id == after.check_id:
            unit.remove(SETTLED, pair)
    _keep_letters_back(after, unit)
    block_or_unblock(config, after, unit)
    last = after.rounds[-1]
    _announce(after, unit)
    said = BY_A_PERSON if last.reopened_by else FOUND_LATER[:1].lower() + FOUND_LATER[1:]
    occasion = f"reopened-{after.reopened}"
    ask_to_decide(config, after, bringing(after, unit), AGAIN.format(why=said), occasion, unit)
    restrict(after, unit, by=last.reopened_by)


def check_may_see(made: Check, actor: Actor, unit: UnitOfWork) -> None:
    """Refuse whoever decides no conflict checks, or brings what this one is about."""
    allowed = roles_of(CONFLICT_CHECK.kind, unit.firm_roles)
    if not set(actor.roles) & set(allowed):
        known = ", ".join(allowed)
        raise RuleError(f"Conflict checks are seen by: {known}.", code="wrong-role")
    check_unscreened(ids_of(made), actor)
    if any(actor.id in task.barred for task in unit.find(TASKS, "ref", made.check_id)):
        raise RuleError("You are not to deal with this yourself.", code="barred")


def _announce(after: Check, unit: UnitOfWork) -> None:
    by = after.rounds[-1].reopened_by
    unit.announce(
        ConflictCheckReopened(
            check_id=after.check_id,
            client_id=after.client_id,
            inquiry_id=after.inquiry_id,
            matter_id=after.matter_id,
            hit_count=len(after.hits),
            trigger=event_trigger(after),
            occasion="person" if by else "re-screening",
            by=by,
            at=unit.now,
        )
    )


def _written_to(made: Check) -> list[str]:
    """Whom a letter that the firm does not act may be about to go to."""
    return [each for each in (made.inquiry_id, made.client_id) if each is not None]


def _keep_letters_back(after: Check, unit: UnitOfWork) -> None:
    if after.rounds[-1].state != "declined":
        return
    for ref in _written_to(after):
        for task in unit.find(TASKS, "ref", ref):
            if task.kind == declining.KIND and task.state == "open":
                cancel_task(unit, task, "reopened")
