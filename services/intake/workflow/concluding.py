"""A conflict check is made: what does it say or ask, and what follows from it?

Without a hit the subject is cleared at once; with one, a person decides, and not the one who brings
the matter.
"""

from collections.abc import Iterable
from typing import Literal

from services.intake.domain import clients
from services.intake.domain.assessment import Subject
from services.intake.domain.checks import Check
from services.intake.domain.gaps import gaps_in_words
from services.intake.domain.roles import Adversity
from services.intake.domain.urgency import urgency
from services.intake.ports import CHECKS, INQUIRIES, FirmConfig
from services.intake.workflow.blocking import block_or_unblock
from services.intake.workflow.restricting import restrict
from shared.contracts.intake import ConflictCleared, ConflictDetected
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import About, Why, open_task

KIND = "conflict-check"


def needs_of_concluding(subject: Subject | Check) -> Iterable[Need]:
    """The other checks of the same client or inquiry."""
    yield CHECKS.by("subject", acted_for(subject))


def conclude(
    config: FirmConfig, made: Check, barred: Iterable[str | None], unit: UnitOfWork
) -> None:
    """Keep the check, and say or ask what follows."""
    unit.add(CHECKS, made)
    block_or_unblock(config, made, unit)
    if made.state == "pending":
        _ask(config, made, {each for each in barred if each}, unit)
        restrict(made, unit)
    else:
        say_cleared(made, unit)


def say_cleared(made: Check, unit: UnitOfWork) -> None:
    """Announce that the firm may act, unless another check of the same subject forbids it yet.

    A party's check clears the matter; it speaks of the client only when they are clear themselves.
    """
    own = unit.find(CHECKS, "subject", acted_for(made))
    for each in own:  # two decided at once: the second sees the first, or nobody would say it
        unit.guard(CHECKS, each.check_id)
    clear = bool(own) and all(each.is_clear for each in own)
    if not clear and made.trigger != "party":
        return
    unit.announce(
        ConflictCleared(
            check_id=made.check_id,
            client_id=made.client_id if clear else None,
            inquiry_id=made.inquiry_id,
            matter_id=made.matter_id,
            hit_count=len(made.hits),
            trigger=event_trigger(made),
            basis=_basis(made),
        )
    )


def event_trigger(made: Check) -> Literal["inquiry", "client", "party"] | None:
    """What set the check off, as events name it; a search by hand is announced by none."""
    return None if made.trigger == "search" else made.trigger


def about(made: Check) -> About:
    """What a check is about, by id."""
    return About(client_id=made.client_id, inquiry_id=made.inquiry_id, matter_id=made.matter_id)


def _ask(config: FirmConfig, made: Check, barred: set[str], unit: UnitOfWork) -> None:
    unit.announce(
        ConflictDetected(
            check_id=made.check_id,
            client_id=made.client_id,
            inquiry_id=made.inquiry_id,
            matter_id=made.matter_id,
            hit_count=len(made.hits),
            trigger=event_trigger(made),
        )
    )
    ask_to_decide(config, made, barred, _in_words(made), "", unit)


def ask_to_decide(
    config: FirmConfig, made: Check, barred: set[str], why: str, occasion: str, unit: UnitOfWork
) -> None:
    """Ask somebody to decide the check, for the first time or on another occasion."""
    adverse = any(hit.adversity is Adversity.ADVERSE for hit in made.open_hits)
    inquiry = unit.peek(INQUIRIES, made.inquiry_id) if made.inquiry_id is not None else None
    deadline = inquiry.deadline if inquiry is not None else None
    pressing = urgency(deadline, config.times.calendar.day_of(unit.now), config.times)
    open_task(
        unit,
        kind=KIND,
        ref=made.check_id,
        about=about(made),
        title="Decide a possible conflict of interest",
        why=Why(event_id=unit.cause.id, text=why),
        due_at=config.times.check_due(unit.now),
        role="conflicts-officer",
        priority="high" if adverse and pressing == "normal" else pressing,
        barred=sorted(barred) if config.sole_practice is None else (),
        occasion=occasion,
    )


def _in_words(made: Check) -> str:
    count = len(made.hits)
    known = "1 known party" if count == 1 else f"{count} known parties"
    names = {
        "inquiry": "an inquiry", "client": "a client", "party": "a party to a matter",
        "search": "a search",
    }  # fmt: skip
    found = f"The conflict check of {names[made.trigger]} found {known} to look at."
    if not made.incomplete:
        return found
    return f"{found} It is not complete: {'; '.join(gaps_in_words(made.incomplete))}."


def _basis(made: Check) -> str:
    return {"no-hits": "no-hits", "waived": "waiver"}.get(made.state, "false-positive")


def acted_for(subject: Subject | Check) -> str:
    """Whose checks must all be clear: the client's or inquiry's own."""
    if subject.inquiry_id is not None or subject.client_id is None:
        return subject.subject if isinstance(subject, Check) else subject.ref
    return clients.ref_of(subject.client_id)
