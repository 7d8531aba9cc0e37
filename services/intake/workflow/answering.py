"""Somebody who asked for help may be heard: who answers them?

One task per inquiry, from whatever channel. It is there as soon as the conflict check is clear, so
that nobody who gives up half-way is forgotten, and becomes due sooner once the story is told; a
deadline makes it urgent. Whoever answers sends the link where the story is told. A declined inquiry
takes it back.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.intake.domain.correspondence import not_arrived
from services.intake.domain.inquiries import Inquiry, WrittenLetter
from services.intake.domain.letter_texts import in_language
from services.intake.domain.urgency import urgency
from services.intake.ports import INQUIRIES, FirmConfig
from services.intake.workflow.corresponding import is_confirmed
from services.intake.workflow.engaging import ask_what_came
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import (
    TASKS,
    About,
    Task,
    Why,
    cancel_task,
    open_task,
    update_task,
)

KIND = "inquiry-ready"
TITLE = "Answer an inquiry"
WAITING = "The conflict check of an inquiry is clear. They may now be asked what it is about."
NOT_GONE = "The link did not reach them: {why} Send it yourself, or call them."
TOLD = "The conflict check of an inquiry is clear, and they have written what it is about."


def needs_of_answering(inquiry_id: str) -> Iterable[Need]:
    """What was asked of people about the inquiry so far."""
    yield TASKS.by("ref", inquiry_id)


def ask_to_answer(config: FirmConfig, inquiry: Inquiry, unit: UnitOfWork) -> None:
    """Its checks have been considered anew: ask somebody to answer, or take that back."""
    if inquiry.state == "declined":
        for task in _open(inquiry, unit):
            cancel_task(unit, task, "declined")
    elif inquiry.may_go_on and inquiry.outcome == "contacted":
        ask_what_came(config, inquiry, unit)
    elif inquiry.may_go_on and inquiry.outcome is None:
        open_task(
            unit,
            kind=KIND,
            ref=inquiry.inquiry_id,
            about=About(inquiry_id=inquiry.inquiry_id),
            title=TITLE,
            why=Why(event_id=unit.cause.id, text=TOLD if inquiry.story else WAITING),
            due_at=_due(config, inquiry, unit),
            priority=urgency(
                inquiry.deadline, config.times.calendar.day_of(unit.now), config.times
            ),
            owner_id=inquiry.owner_id,
        )


def tell_answerer(config: FirmConfig, inquiry: Inquiry, unit: UnitOfWork) -> None:
    """The story has been told: whoever answers has to look again, and sooner."""
    for task in _open(inquiry, unit):
        why = Why(event_id=task.why["event_id"], text=TOLD)
        update_task(unit, task, why=why, due_at=min(task.due_at, _due(config, inquiry, unit)))


def ask_to_write_yourself(
    config: FirmConfig, inquiry: Inquiry, written: WrittenLetter, why: str, unit: UnitOfWork
) -> None:
    """The link did not go by e-mail: whoever sent it, and still answers, has to do it."""
    if inquiry.story is not None:  # they found it all the same
        return
    for task in _open(inquiry, unit):
        update_task(
            unit,
            task,
            why=Why(event_id=task.why["event_id"], text=NOT_GONE.format(why=why)),
            due_at=min(task.due_at, config.times.letter_due(unit.now)),
            owner_id=task.owner_id or written.by,
        )


def needs_of_showing(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """The inquiry."""
    yield INQUIRIES.one(task.ref)


def show(config: FirmConfig, task: Task, unit: UnitOfWork, _: object) -> dict[str, Any]:
    """Who asked, how to reach them and, while the firm may hear it, what they wrote."""
    inquiry = unit.get(INQUIRIES, task.ref)
    if inquiry is None:
        return {}
    return {
        "name": inquiry.name or "",
        "contact": ", ".join(each for each in (inquiry.phone, inquiry.email) if each),
        "practice_area": (inquiry.practice_area or "").replace("-", " "),
        "confirmed": is_confirmed(inquiry),
        "not_arrived": not_arrived(inquiry),
        "others": ", ".join(inquiry.adverse_names),
        "deadline": inquiry.deadline or "",
        "story": (inquiry.story or "") if inquiry.may_go_on else "",
        **_invitation(config, inquiry),
    }


def _invitation(config: FirmConfig, inquiry: Inquiry) -> dict[str, Any]:
    """The link where they tell what it is about, and the letter that carries it."""
    link = config.story_link(inquiry) if inquiry.may_go_on and inquiry.story is None else None
    if link is None:
        return {}
    texts = in_language(config.letters, inquiry.locale)
    letter = texts.invitation.filled(
        greeting=texts.greetings.of(inquiry.name), name=inquiry.name or "", firm=config.name,
        link=link, caution=config.caution.get(texts.language, ""),
    )  # fmt: skip
    return {"link": link, "letter": {"subject": letter.subject, "body": letter.body}}


def _due(config: FirmConfig, inquiry: Inquiry, unit: UnitOfWork) -> datetime:
    """By when they were told that the firm answers, and soon after they wrote."""
    told = inquiry.story is not None
    since = unit.now if told else inquiry.received_at or unit.now
    return config.times.answer_due(since, has_story=told)


def _open(inquiry: Inquiry, unit: UnitOfWork) -> list[Task]:
    found = unit.find(TASKS, "ref", inquiry.inquiry_id)
    return [task for task in found if task.kind == KIND and task.state == "open"]
