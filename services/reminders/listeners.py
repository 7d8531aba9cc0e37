"""Which events does reminders hear? Every one: playbooks change, listeners do not."""

from typing import Any

from services.reminders.workflow.hearing import Hearing
from services.reminders.workflow.house import House
from shared.events.listening import Listener, hear_all


def listeners(house: House) -> list[Listener[Any]]:
    """One line for all events: what follows from each is said in the playbooks."""
    hearing = Hearing(house)
    return hear_all(hearing.step, hearing.needs)
