"""The firm does not act for somebody: what follows?

What they wrote is dropped in the same step. Somebody is asked to write to them that the firm does
not act, with the warning that time may be running; once they were told, nothing is kept of how to
reach them, only the names. A letter that was to go by e-mail and did not is asked for again.
"""

from collections.abc import Iterable
from typing import Any

from services.intake.domain.claimed_names import known_from
from services.intake.domain.clients import Client
from services.intake.domain.correspondence import not_arrived
from services.intake.domain.inquiries import (
    Inquiry,
    WrittenLetter,
    opponents_ref_of,
    ref_of,
    without_contact,
    without_story,
)
from services.intake.domain.letter_texts import in_language
from services.intake.ports import CLIENTS, INQUIRIES, FirmConfig
from services.intake.workflow.corresponding import check_confirmed, is_confirmed, write_to
from services.intake.workflow.filing import file_known, needs_of_filing
from services.intake.workflow.moving import keep_inquiry
from shared.contracts.keys import id_made_of
from shared.contracts.restrictions import RestrictionPlaced
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import About, Decision, Task, Why, complete_task, open_task

KIND = "decline-letter"
TITLE = "Send the letter that the firm does not act"
WHY = "The firm declined to act. Whoever asked has to know it while there is time to ask another."
NOT_GONE = "The letter that the firm does not act did not reach them: {why} Write to them yourself."


def needs_of_declining(inquiry_id: str) -> Iterable[Need]:
    """The inquiry and its entries in the conflict index."""
    yield INQUIRIES.one(inquiry_id)
    yield from needs_of_filing(ref_of(inquiry_id))
    yield from needs_of_filing(opponents_ref_of(inquiry_id))


def decline_inquiry(
    config: FirmConfig,
    inquiry: Inquiry,
    unit: UnitOfWork,
    occasion: str = "",
    by: str | None = None,
) -> None:
    """Drop what they wrote, keep their name, and ask somebody to write to them."""
    after = without_story(inquiry)
    keep_inquiry(after, unit, by)
    for known in known_from(after, config.claims_kept_for, unit.now):
        file_known(known, unit)
    about = About(inquiry_id=inquiry.inquiry_id)
    _ask(inquiry.inquiry_id, about, config, unit, occasion=occasion)


def decline_client(config: FirmConfig, client: Client, occasion: str, unit: UnitOfWork) -> None:
    """Ask somebody to write to a client for whom the firm may not act."""
    about = About(client_id=client.client_id)
    _ask(client.client_id, about, config, unit, client.owner_id, occasion)


def say_not_taken(inquiry: Inquiry, by: str, unit: UnitOfWork) -> None:
    """Every service knows that nothing is to be sent about this inquiry any more."""
    unit.announce(
        RestrictionPlaced(
            restriction_id=id_made_of("not-taken", inquiry.inquiry_id),
            kind="declined",
            effect="stop",
            scope="inquiry",
            inquiry_id=inquiry.inquiry_id,
            by=by,
            at=unit.now,
        )
    )


def needs_of_letter(_: Decision, task: Task, __: ReadSoFar) -> Iterable[Need]:
    """Whom it is written to."""
    yield from needs_of_showing(task, __)


def settle_letter(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """They have been told, or need not be: how to reach them is kept no longer.

    A letter that is sent for them ends it only once it went (``hearing_of_letters``).
    """
    inquiry = unit.get(INQUIRIES, task.ref) if "inquiry_id" in task.about else None
    if decision.decision == "send":
        if inquiry is None:
            raise RuleError("Write to a client yourself.", code="not-confirmed")
        check_confirmed(inquiry)
        by = decision.actor.id
        keep_inquiry(write_to(config, inquiry, "declined", unit, by=by), unit)
    elif inquiry is not None:
        told = decision.decision == "sent"
        keep_inquiry(without_contact(inquiry, "sent" if told else "not-needed"), unit)
    complete_task(unit, task, decision.decision, decision.actor.id)


def ask_to_write_yourself(
    config: FirmConfig, inquiry: Inquiry, written: WrittenLetter, why: str, unit: UnitOfWork
) -> None:
    """The letter did not go by e-mail: whoever decided that it goes is asked to write it."""
    about = About(inquiry_id=inquiry.inquiry_id)
    _ask(
        inquiry.inquiry_id, about, config, unit, written.by, f"not-gone-{written.letter_id}",
        NOT_GONE.format(why=why),
    )  # fmt: skip


def needs_of_showing(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """Whom it is written to."""
    yield (INQUIRIES if "inquiry_id" in task.about else CLIENTS).one(task.ref)


def show(config: FirmConfig, task: Task, unit: UnitOfWork, _: object) -> dict[str, Any]:
    """Whom to write to, how to reach them, and the letter in their language."""
    asked = "inquiry_id" in task.about
    whom = unit.get(INQUIRIES, task.ref) if asked else unit.get(CLIENTS, task.ref)
    if whom is None:
        return {}
    texts = in_language(config.letters, whom.locale)
    letter = texts.declined.filled(
        greeting=texts.greetings.of(whom.name), name=whom.name or "", firm=config.name
    )
    return {
        "name": whom.name or "",
        "contact": ", ".join(each for each in (whom.phone, whom.email) if each),
        "confirmed": isinstance(whom, Inquiry) and is_confirmed(whom),
        "not_arrived": not_arrived(whom) if isinstance(whom, Inquiry) else "",
        "letter": {"subject": letter.subject, "body": letter.body},
    }


def _ask(
    ref: str,
    about: About,
    config: FirmConfig,
    unit: UnitOfWork,
    owner_id: str | None = None,
    occasion: str = "",
    why: str = WHY,
) -> None:
    open_task(
        unit,
        kind=KIND,
        ref=ref,
        about=about,
        title=TITLE,
        why=Why(event_id=unit.cause.id, text=why),
        due_at=config.times.letter_due(unit.now),
        priority="high",
        owner_id=owner_id,
        occasion=occasion,
    )
