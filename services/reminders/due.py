"""What falls due, and which step follows?"""

from collections.abc import Awaitable, Callable
from typing import Any

from services.reminders.ports import CONTACTS, DIGESTS, TIMERS
from services.reminders.workflow.digesting import Digesting
from services.reminders.workflow.firing import Firing
from services.reminders.workflow.house import House
from services.reminders.workflow.trying import Trying
from shared.engine.due_work import Due

After = Callable[[Any, list[Any]], Awaitable[None]]


def due(house: House, fired: After, hand_over: After, hand_digests: After) -> list[Due[Any]]:
    """One line per queue. None runs ahead of an event that was received before its instant."""
    firing, trying, digesting = Firing(house), Trying(house), Digesting(house)
    return [
        Due(TIMERS, firing.step, firing.needs, after=fired, waits_for_stream=True, lanes=2),
        Due(CONTACTS, trying.step, trying.needs, after=hand_over, waits_for_stream=True),
        Due(DIGESTS, digesting.step, digesting.needs, after=hand_digests, waits_for_stream=True),
    ]
