"""What does the desk keep, what does it look up, and whom does it ask?

Kinds are the documents its steps read and change; the Protocols are lists and requests, which only
the pages use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from services.desk.domain.attempts import Attempt
from services.desk.domain.cards import Card
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import Page, TaskFilter
from services.desk.domain.notes import FollowUp, Note
from services.desk.domain.staff import ApiKey, StaffMember
from services.desk.domain.timeline import Entry
from shared.state.kinds import Kind

LISTED: Kind[ListedTask] = Kind("listed_tasks", ListedTask, key=lambda task: task.task_id)
ENTRIES: Kind[Entry] = Kind("timeline", Entry, key=lambda entry: entry.entry_id)
CARDS: Kind[Card] = Kind("cards", Card, key=lambda card: card.client_id)
STAFF: Kind[StaffMember] = Kind("staff", StaffMember, key=lambda person: person.staff_id)
API_KEYS: Kind[ApiKey] = Kind("api_keys", ApiKey, key=lambda key: key.key_hash)
NOTES: Kind[Note] = Kind(
    "notes", Note, key=lambda note: note.note_id, lookups={"task": lambda note: [note.task_id]}
)
FOLLOW_UPS: Kind[FollowUp] = Kind("follow_ups", FollowUp, key=lambda each: each.follow_up_id)
ATTEMPTS: Kind[Attempt] = Kind("attempts", Attempt, key=lambda each: each.decision_id)


@dataclass(frozen=True, slots=True)
class Refused:
    """An owner's no: a code for machines, a sentence for people, the field it is about."""

    code: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an owner says to a decision: accepted, or refused and why; its state and version now."""

    state: str | None
    version: int | None
    refused: Refused | None = None


class TaskList(Protocol):
    """The task list, read a page at a time."""

    async def page(self, wanted: TaskFilter, page: Page) -> Sequence[ListedTask]:
        """The tasks that fit, by due instant and id, after the given place."""


class Timeline(Protocol):
    """The clients' timelines, read a page at a time."""

    async def page(self, client_id: str, page: Page) -> Sequence[Entry]:
        """The entries of one client, by instant and id, after the given place."""


class StaffBook(Protocol):
    """Everybody who works here."""

    async def everybody(self) -> Sequence[StaffMember]:
        """All staff, by id."""

    async def keys(self) -> Sequence[ApiKey]:
        """All API keys, as hashes."""


class Owners(Protocol):
    """The services that own tasks, asked directly."""

    async def decide(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """Put a person's decision to the owner; raises TemporaryError when it is away."""

    async def values(
        self, service: str, task_id: str, actor: StaffMember
    ) -> Mapping[str, Any] | Refused:
        """The values of a task's fields for this person; TemporaryError when it is away."""
