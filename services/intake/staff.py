"""What may staff decide about conflict checks, inquiries and talks, and what are they shown?"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from services.intake.ports import CHECKS, FirmConfig
from services.intake.workflow import (
    answering,
    attending,
    declining,
    engaging,
    merging,
    records_requests,
    reviewing,
    taking,
    understanding,
)
from services.intake.workflow.concluding import KIND
from services.intake.workflow.deciding import decide, needs_of_deciding
from services.intake.workflow.registering import REVIEW
from services.intake.workflow.showing import needs_of_showing, shown
from shared.requests.decisions import Actor, Decider
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task


def deciders(config: FirmConfig) -> list[Decider]:
    """One line per kind of task."""
    return [
        Decider(KIND, step=partial(decide, config), needs=needs_of_deciding),
        Decider(answering.KIND, step=partial(taking.answer, config), needs=taking.needs_of_answer),
        Decider(
            engaging.KIND,
            step=partial(engaging.decide_outcome, config),
            needs=engaging.needs_of_outcome,
        ),
        Decider(
            declining.KIND,
            step=partial(declining.settle_letter, config),
            needs=declining.needs_of_letter,
        ),
        Decider(
            attending.KIND,
            step=partial(attending.note_outcome, config),
            needs=attending.needs_of_deciding,
        ),
        Decider(
            understanding.KIND,
            step=understanding.put_right,
            needs=understanding.needs_of_deciding,
        ),
        Decider(
            REVIEW,
            step=partial(reviewing.decide_review, config),
            needs=reviewing.needs_of_deciding,
        ),
        Decider(
            records_requests.KIND,
            step=partial(records_requests.decide, config),
            needs=records_requests.needs_of_deciding,
        ),
        Decider(
            merging.KIND, step=partial(merging.decide, config), needs=merging.needs_of_deciding
        ),
    ]


def views(config: FirmConfig) -> list[View]:
    """One line per kind of task."""
    return [
        View(KIND, needs=_needs_of_showing, show=_show),
        View(declining.KIND, declining.needs_of_showing, partial(declining.show, config)),
        View(engaging.KIND, engaging.needs_of_showing, engaging.show),
        View(REVIEW, reviewing.needs_of_showing, reviewing.show),
        View(
            records_requests.KIND,
            records_requests.needs_of_showing,
            partial(records_requests.show, config),
        ),
        View(merging.KIND, merging.needs_of_showing, partial(merging.show, config)),
        View(answering.KIND, answering.needs_of_showing, partial(answering.show, config)),
        View(attending.KIND, attending.needs_of_showing, partial(attending.show, config)),
        View(understanding.KIND, attending.needs_of_showing, partial(understanding.show, config)),
    ]


def _needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return needs_of_showing(task.ref, unit)


def _show(task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
    check = unit.get(CHECKS, task.ref)
    return shown(check, unit, actor.screened) if check is not None else {}
