"""What falls due at the desk, and which step follows? Decisions whose seconds have passed."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.desk.domain.held_decisions import HeldDecision
from services.desk.ports.held_decisions import HELD
from services.desk.workflow.held_decisions import no_more, pass_on
from shared.engine.due_work import Due

Tell = Callable[[Any, list[HeldDecision]], Awaitable[None]]


def held_due(tell: Tell) -> Due[Any]:
    """The queue of decisions that may be taken back: each is told to its owner once they may not.

    ``tell`` asks their owners, outside of the transaction that ended the waiting.
    """
    return Due(HELD, pass_on, no_more, after=tell)
