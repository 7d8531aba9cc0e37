"""What may staff decide about calls, silent matters and messages of unknown fate?"""

from collections.abc import Callable, Iterable
from typing import Any

from services.reminders.workflow.asking import CALL_CLIENT, CONTACT_GAP, UNKNOWN_MESSAGE
from services.reminders.workflow.deciding import Deciding
from services.reminders.workflow.house import House
from shared.requests.decisions import Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import Task

Decide = Callable[[Task, str, str, UnitOfWork], None]
Needs = Callable[[Task, UnitOfWork], Iterable[Need]]


def deciders(house: House) -> list[Decider]:
    """One line per kind of task."""
    deciding = Deciding(house)
    return [
        _decider(CALL_CLIENT, deciding.called, deciding.needs_of_call),
        _decider(CONTACT_GAP, deciding.closed_gap, deciding.needs_of_gap),
        _decider(UNKNOWN_MESSAGE, deciding.settled, deciding.needs_of_unknown),
    ]


def views(house: House) -> list[View]:
    """One line per kind of task."""
    deciding = Deciding(house)
    return [
        _view(CALL_CLIENT, deciding.show_client, deciding.needs_of_showing),
        _view(CONTACT_GAP, deciding.show_client, deciding.needs_of_showing),
        _view(UNKNOWN_MESSAGE, deciding.show_message, deciding.needs_of_unknown),
    ]


def _decider(kind: str, decide: Decide, needs: Needs) -> Decider:
    def step(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        decide(task, decision.decision, decision.actor.id, unit)

    return Decider(kind, step=step, needs=lambda _, task, unit: needs(task, unit))


def _view(kind: str, show: Callable[[Task, UnitOfWork], dict[str, Any]], needs: Needs) -> View:
    return View(kind, needs=needs, show=lambda task, unit, _: show(task, unit))
