"""A person was in touch with somebody who asked for help, or the firm does not take them: and then?

Once a person takes an inquiry, its names are no longer only claimed: they are checked anew with
everybody who became known meanwhile, and whoever took it cannot clear that check.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.intake.domain.assessment import searched_for
from services.intake.domain.checks import Searched
from services.intake.domain.claimed_names import known_from
from services.intake.domain.identifiers import identifiers_of
from services.intake.domain.inquiries import Inquiry
from services.intake.ports import INQUIRIES, FirmConfig
from services.intake.workflow.checking import check, needs_of_checking
from services.intake.workflow.corresponding import check_confirmed, write_to
from services.intake.workflow.declining import decline_inquiry, needs_of_declining, say_not_taken
from services.intake.workflow.engaging import ask_what_came
from services.intake.workflow.filing import file_known
from services.intake.workflow.inquiries import subject_of
from services.intake.workflow.losing import lose
from services.intake.workflow.moving import keep_inquiry
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task, Why, complete_task, update_task

LONGEST_REASON = 2_000
INVITED = "They are sent the link where they can tell what it is about."


def needs_of_answer(decision: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The inquiry, its names, and whoever is called alike."""
    yield from needs_of_declining(task.ref)
    inquiry = unit.peek(INQUIRIES, task.ref)
    if inquiry is not None and decision.decision == "contacted":
        yield from needs_of_checking(subject_of(task.ref), _all_names(inquiry), unit)


def answer(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Somebody was in touch with the inquirer, or the firm does not take it."""
    inquiry = unit.get(INQUIRIES, task.ref)
    if inquiry is None:
        raise RuleError("There is no such inquiry.", code="unknown-inquiry")
    if not inquiry.may_go_on:
        raise RuleError("Its conflict check waits for a decision again.", code="not-clear")
    reason = decision.fields.get("reason") or ""
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
        raise RuleError(f"This must be a text of at most {LONGEST_REASON} letters.", field="reason")
    if decision.decision == "invite":
        _invite(config, inquiry, task, decision.actor.id, unit)
        return
    complete_task(unit, task, decision.decision, decision.actor.id)
    if decision.decision == "contacted":
        _take_on(config, inquiry, decision.actor.id, unit)
    elif decision.decision == "lost":
        lose(inquiry, decision.fields, decision.actor.id, unit)
    else:
        refused = replace(inquiry, outcome="not-taken")
        decline_inquiry(config, refused, unit, by=decision.actor.id)
        say_not_taken(refused, decision.actor.id, unit)


def _invite(config: FirmConfig, inquiry: Inquiry, task: Task, by: str, unit: UnitOfWork) -> None:
    """The link goes to the address they confirmed; whoever sent it still answers."""
    check_confirmed(inquiry)
    if inquiry.form is None or inquiry.story is not None:
        raise RuleError("They have no page to tell it on, or told it already.", code="no-link")
    keep_inquiry(write_to(config, inquiry, "invitation", unit, by=by), unit)
    update_task(unit, task, why=Why(event_id=task.why["event_id"], text=INVITED))


def _take_on(config: FirmConfig, inquiry: Inquiry, by: str, unit: UnitOfWork) -> None:
    taken = keep_inquiry(replace(inquiry, outcome="contacted", taken_by=by), unit, by)
    for known in known_from(taken, config.claims_kept_for, unit.now):
        file_known(known, unit)
    check(config, subject_of(taken.inquiry_id), _all_names(taken), taken.bringing, unit)
    after = unit.get(INQUIRIES, taken.inquiry_id)
    if after is not None and after.may_go_on:
        ask_what_came(config, after, unit)


def _all_names(inquiry: Inquiry) -> list[Searched]:
    known_by = identifiers_of(inquiry)
    asking = [searched_for(name, "prospect", known_by) for name in inquiry.names]
    return asking + [searched_for(name, "adverse") for name in inquiry.adverse_names]
