"""What falls due at reputation? Each approved reply that goes onto its site by itself, and the look
at what became of it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from services.reputation.ports import PUBLICATIONS
from services.reputation.workflow.publishing import PublicationSteps
from shared.engine.due_work import Due


def publications_due(
    steps: PublicationSteps, claimed: Callable[[Any, list[Any]], Awaitable[None]]
) -> Due[Any]:
    """The queue of replies; ``claimed`` hands over what a batch took in hand."""
    return Due(PUBLICATIONS, step=steps.step, needs=steps.needs, after=claimed)
