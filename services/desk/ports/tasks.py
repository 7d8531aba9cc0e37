"""Which tasks are listed, by what are they found, and who is asked to decide them?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from services.desk.domain.attempts import Attempt
from services.desk.domain.due import DueWindow
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import Page, TaskFilter
from services.desk.domain.outcomes import Outcome
from services.desk.domain.staff import StaffMember
from services.desk.domain.workload import Load
from services.desk.ports.answers import Answer, Refused
from shared.contracts.restrictions import subjects_in
from shared.state.document_types import DocumentType

LISTED: DocumentType[ListedTask] = DocumentType(
    "listed_tasks",
    ListedTask,
    key=lambda task: task.task_id,
    lookups={"about": lambda task: subjects_in(task.about) if task.state == "open" else ()},
)

OUTCOMES: DocumentType[Outcome] = DocumentType(
    "outcomes", Outcome, key=lambda outcome: outcome.outcome_id
)

ATTEMPTS: DocumentType[Attempt] = DocumentType(
    "attempts", Attempt, key=lambda each: each.decision_id
)


class TaskList(Protocol):
    """The task list, read a page at a time."""

    async def page(self, wanted: TaskFilter, page: Page) -> Sequence[ListedTask]:
        """The tasks that fit, by due instant and id, after the given place.

        Tasks that ended come by the instant at which they did.
        """

    async def count(self, wanted: TaskFilter) -> int:
        """How many fit; beyond a thousand nobody needs to know."""

    async def dues(self, wanted: TaskFilter) -> Sequence[datetime | None]:
        """The due instants of all that fit, two thousand at most."""

    async def loads(self, wanted: TaskFilter, windows: Mapping[str, DueWindow]) -> Sequence[Load]:
        """How many that fit each person has, and how many fall due ``overdue``, ``week``."""

    async def titles(self) -> Sequence[str]:
        """What open tasks are called, each title once."""

    async def clients_called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of clients whose name has words that begin like these, a hundred at most."""


class Owners(Protocol):
    """The services that own tasks, asked directly."""

    async def decide(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """Put a person's decision to the owner; raises TemporaryError when it is away."""

    async def preview(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """What the owner would answer now; raises TemporaryError when it is away."""

    async def values(
        self, service: str, task_id: str, actor: StaffMember
    ) -> Mapping[str, Any] | Refused:
        """The values of a task's fields for this person; TemporaryError when it is away."""
