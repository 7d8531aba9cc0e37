"""Which events does reminders hear? Every one: playbooks change, listeners do not."""

from typing import Any

from services.reminders.workflow.digesting import Digesting
from services.reminders.workflow.hearing import Hearing
from services.reminders.workflow.house import House
from shared.contracts.desk import StaffDigestSet
from shared.engine.listening import Listener, hear_all, listen


def listeners(house: House) -> list[Listener[Any]]:
    """What follows from each event is said in the playbooks; from a person's choice, by itself."""
    hearing, digesting = Hearing(house), Digesting(house)
    return [
        *hear_all(hearing.step, hearing.needs),
        listen(StaffDigestSet, digesting.hear, digesting.needs_of_hearing),
    ]
