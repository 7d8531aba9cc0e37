"""What does a person see of words of a client, that no event may carry?"""

from collections.abc import Iterable
from typing import Any

from services.reputation.domain.testimonial import Testimonial, agreed_text, named, stands
from services.reputation.domain.testimonial_check import noticed_in
from services.reputation.ports import TESTIMONIALS
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Actor, Task

MOST_HINTS = 30
ANONYMOUS = "They do not want to be named."


def needs_of_words_shown(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """The words."""
    yield TESTIMONIALS.one(task.ref)


def show_proposal(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """What stands published now; the form begins with it."""
    there = _known(task, unit)
    if there is None:
        return {}
    standing = there.text if stands(there) else ""
    return {"standing": standing, "text": there.text}


def show_publication(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """Exactly what the client agreed to, and how they want to be named."""
    there = _known(task, unit)
    if there is None:
        return {}
    text = agreed_text(there)
    return {
        "agreed": text,
        "named": named(there) or ANONYMOUS,
        "hints": [_hint(each.message, text[each.start : each.end]) for each in _noticed(text)],
        "proposer": there.proposer_id or "",
        "text": text,
    }


def show_removal(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """Where it was put by hand."""
    there = _known(task, unit)
    return {"elsewhere": there.elsewhere} if there is not None else {}


def _known(task: Task, unit: UnitOfWork) -> Testimonial | None:
    there = unit.get(TESTIMONIALS, task.ref)
    return None if there is None or there.erased else there


def _noticed(text: str) -> Iterable[Any]:
    return noticed_in(text)[:MOST_HINTS]


def _hint(message: str, phrase: str) -> dict[str, str]:
    return {"message": message, "phrase": phrase}
