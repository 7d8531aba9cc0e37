"""Does an event's ``source`` fit whoever may have said it?

The broker lets each user publish its own types only, and never looks into an event; so what a
publisher writes of itself is compared here with what the broker has proved.
"""

from typing import Any

from shared.contracts.event import Event, own_source
from shared.contracts.refusals import refuse
from shared.contracts.tasks import TaskCancelled, TaskCompleted, TaskCreated, TaskUpdated

OF_THE_OWNER = (TaskCreated, TaskUpdated, TaskCompleted, TaskCancelled)


def check_owner(event: Event[Any]) -> None:
    """Refuse what somebody says of a task that is not theirs: only its owner changes or ends it."""
    if isinstance(event.data, OF_THE_OWNER) and event.source != own_source(event.data.service):
        raise refuse("service", "must be the service that says it: only its owner changes a task")
