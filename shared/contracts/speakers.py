"""Does an event's ``source`` fit whoever may have said it?

The broker lets each user publish its own types on its own subjects, and never looks into an event;
so what a publisher writes of itself is compared here with what is proved.

| published on | proved by the broker | its source |
|---|---|---|
| ``events.<type>.<key>.<system>`` | this system | ``urn:system:<system>[:…]`` |
| ``events.<type>.<key>`` | a service, or the user ``firm`` | no ``urn:system:…`` |
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.contracts.catalogue import FOREIGN_TYPES
from shared.contracts.event import Event, own_source
from shared.contracts.origin import OriginKey
from shared.contracts.refusals import refuse
from shared.contracts.tasks import TaskCancelled, TaskCompleted, TaskCreated, TaskUpdated

OF_THE_OWNER = (TaskCreated, TaskUpdated, TaskCompleted, TaskCancelled)
OWN, SYSTEM = own_source(""), "urn:system:"


def source_of_system(name: str) -> str:
    """The source of what a system with a log-in of its own says, or the beginning of it."""
    return f"{SYSTEM}{name}"


def check_system(event: Event[Any], subject: str) -> None:
    """Refuse a source that is not the publisher's: the system is named in the subject, or none."""
    system = ".".join(subject.split(".")[3:])
    own = source_of_system(system)
    if system and event.source != own and not event.source.startswith(f"{own}:"):
        raise refuse("source", "must be that of the system whose log-in published it")
    if not system and event.source.startswith(SYSTEM):
        raise refuse("source", "is that of a system that publishes with a log-in of its own")


def check_owner(event: Event[Any]) -> None:
    """Refuse what somebody says of a task that is not theirs: only its owner changes or ends it."""
    if isinstance(event.data, OF_THE_OWNER) and event.source != own_source(event.data.service):
        raise refuse("service", "must be the service that says it: only its owner changes a task")


def check_origin(
    event: Event[Any], subject: str, headers: Mapping[str, str] | None, body: bytes,
    *, taken_at: datetime | None, key: OriginKey | None,
) -> None:  # fmt: skip
    """Refuse what says it is ours and is not, where others may publish its type.

    ``taken_at``: when the stream took it; what it took before every service proved itself passes.
    """
    if key is None or taken_at is None or taken_at < key.since:
        return
    claimed = event.source.startswith(OWN) and event.type in FOREIGN_TYPES
    if claimed and not key.proves(subject, headers, body):
        raise refuse("source", "is one of our own services, and none of them published this")
