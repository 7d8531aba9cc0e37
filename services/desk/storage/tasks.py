"""How are listed tasks, and what became of them, kept and read?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from services.desk.domain.due import DueWindow
from services.desk.domain.holding import kinds_for
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import Page, Sought, TaskFilter
from services.desk.domain.staff import StaffMember
from services.desk.domain.workload import Load
from services.desk.ports.clients import CARDS
from services.desk.ports.tasks import ATTEMPTS, LISTED, OUTCOMES
from services.desk.storage.lists import (
    ASCENDING,
    DESCENDING,
    MOST_COUNTED,
    QUERY_MILLISECONDS,
    bounds,
    by_due,
    called,
    read_page,
)
from services.desk.storage.walls import unscreened
from shared.contracts.task_kinds import TASK_KINDS
from shared.engine.runtime import Runtime
from shared.mongo import Document, answering
from shared.state.mappings import DocumentMapping

ATTEMPTS_KEPT = timedelta(days=100)  # as long as owners keep their answers
OUTCOMES_KEPT = timedelta(days=1)
SEEN = {"$in": ["open", "done", "cancelled"]}
MOST_DUES = 2_000

TASK_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        LISTED,
        indexes=(
            by_due("d.state"),
            by_due("d.state", "d.owner_id"),
            by_due("d.state", "d.escalated_to"),
            by_due("d.state", "d.kind"),
            by_due("d.about.client_id"),
            by_due("d.about.matter_id"),
            by_due("d.about.inquiry_id"),
            by_due("d.about.review_id"),
            by_due("d.state", "d.title"),
            [("d.state", ASCENDING), ("d.snoozed_until", ASCENDING)],
            [("d.state", ASCENDING), ("d.ended_at", DESCENDING), ("_id", DESCENDING)],
        ),
    ),
    DocumentMapping(ATTEMPTS, expire=lambda each: each.at + ATTEMPTS_KEPT),
    DocumentMapping(OUTCOMES, expire=lambda outcome: outcome.at + OUTCOMES_KEPT),
)


class MongoTaskList:
    """The task list on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def page(self, wanted: TaskFilter, page: Page) -> Sequence[ListedTask]:
        """The tasks that fit, by due instant and id, after the given place."""
        field = "d.ended_at" if wanted.ended else "d.due_at"
        return await read_page(self._runtime, LISTED, self._query(wanted), field, page)

    async def count(self, wanted: TaskFilter) -> int:
        """How many fit; beyond a thousand nobody needs to know."""
        with answering():
            found: int = await self._tasks.count_documents(
                self._query(wanted), limit=MOST_COUNTED, maxTimeMS=QUERY_MILLISECONDS
            )
        return found

    async def dues(self, wanted: TaskFilter) -> Sequence[datetime | None]:
        """The due instants of all that fit, two thousand at most."""
        with answering():
            found = self._tasks.find(self._query(wanted), {"d.due_at": 1})
            limited = found.limit(MOST_DUES).max_time_ms(QUERY_MILLISECONDS)
            rows = await limited.to_list(MOST_DUES)
        return [row["d"].get("due_at") for row in rows]

    async def loads(self, wanted: TaskFilter, windows: Mapping[str, DueWindow]) -> Sequence[Load]:
        """How many that fit each person has, and how many fall due ``overdue``, ``week``."""
        late = _falls(windows["overdue"])
        steps: list[Any] = [
            {"$match": self._query(wanted)},
            {
                "$group": {
                    "_id": "$d.owner_id",
                    "open": {"$sum": 1},
                    "week": {"$sum": {"$cond": [_falls(windows["week"]), 1, 0]}},
                    "overdue": {"$sum": {"$cond": [late, 1, 0]}},
                    "oldest": {"$min": {"$cond": [late, "$d.due_at", None]}},
                }
            },
        ]
        with answering():
            found = self._tasks.aggregate(steps, maxTimeMS=QUERY_MILLISECONDS)
            rows = await found.to_list(None)
        return [
            Load(
                staff_id=row["_id"],
                open=row["open"],
                week=row["week"],
                overdue=row["overdue"],
                oldest=row["oldest"],
            )
            for row in rows
        ]

    async def titles(self) -> Sequence[str]:
        """What open tasks are called, each title once: as many steps on an index as there are."""
        with answering():
            found: list[str] = await self._tasks.distinct(
                "d.title", {"d.state": "open"}, maxTimeMS=QUERY_MILLISECONDS
            )
        return found

    async def clients_called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of clients whose name has words that begin like these, a hundred at most."""
        return await called(self._runtime, CARDS, words)

    @property
    def _tasks(self) -> Any:
        return self._runtime.db.collection(LISTED.collection)

    def _query(self, wanted: TaskFilter) -> Document:
        return task_query(wanted, self._runtime.clock.now())


def task_query(wanted: TaskFilter, now: datetime) -> Document:
    """The query for a filter; every part of it is covered by an index above."""
    query: Document = {"d.state": wanted.state or SEEN}
    if wanted.state in ("open", "snoozed"):
        query["d.state"] = "open"
        query["d.held_back"] = None  # just decided by somebody, as good as done
        asleep = {"$gt": now}
        query["d.snoozed_until"] = asleep if wanted.state == "snoozed" else {"$not": asleep}
    if wanted.ended:
        query["d.state"] = {"$in": ["done", "cancelled"]}
    if wanted.unowned or wanted.owner_id is not None:
        query["d.owner_id"] = wanted.owner_id
    for name in ("kind", "priority"):
        if getattr(wanted, name) is not None:
            query[f"d.{name}"] = getattr(wanted, name)
    if wanted.waiting is not None:
        query["d.waiting"] = True if wanted.waiting else {"$ne": True}
    for name in ("client_id", "matter_id"):
        if getattr(wanted, name) is not None:
            query[f"d.about.{name}"] = getattr(wanted, name)
    due = bounds(wanted.due)
    if due:
        query["d.due_at"] = due
    further = [
        *([_with(wanted.lies_with, now)] if wanted.lies_with is not None else []),
        *([_decidable(wanted.may)] if wanted.may is not None else []),
        *([unscreened(wanted.seen_by)] if wanted.seen_by else []),
        *([_found(wanted.sought)] if wanted.sought is not None else []),
    ]
    return {"$and": [query, *further]} if further else query


def _falls(within: DueWindow) -> Document:
    """The same as ``due_at in within``, for a count; what has no date falls nowhere."""
    bounds: list[Document] = [{"$gt": ["$d.due_at", None]}]
    if within.since is not None:
        bounds.append({"$gte": ["$d.due_at", within.since]})
    if within.before is not None:
        bounds.append({"$lt": ["$d.due_at", within.before]})
    return {"$and": bounds}


def _with(staff_id: str, now: datetime) -> Document:
    """The same as ``ListedTask.lies_with``, of open tasks, for the database."""
    escalated = {"d.escalated_to": staff_id, "d.due_at": {"$lt": now}}
    return {"$or": [{"d.owner_id": staff_id}, escalated]}


def _decidable(person: StaffMember) -> Document:
    """The same as ``holding.may_decide``, for the database."""
    roles, kinds = list(person.roles), list(kinds_for(person.roles))
    return {
        "d.barred": {"$ne": person.staff_id},
        **unscreened(person.screened),
        "$or": [
            {"d.roles": {"$in": roles}},
            {"d.roles": {"$in": [[], None]}, "d.kind": {"$in": kinds}},
            {
                "d.roles": {"$in": [[], None]},
                "d.kind": {"$nin": list(TASK_KINDS)},
                "d.role": {"$in": roles},
            },
        ],
    }


def _found(sought: Sought) -> Document:
    """By id, kind, title, client or inquirer: each is looked up on an index of its own."""
    words = sought.words
    about = ("client_id", "matter_id", "review_id", "inquiry_id")
    places = ("_id", *(f"d.about.{each}" for each in about))
    among = {
        "d.kind": sought.kinds,
        "d.title": sought.titles,
        "d.about.client_id": sought.client_ids,
        "d.about.inquiry_id": sought.inquiry_ids,
    }
    known = ({place: {"$in": list(values)}} for place, values in among.items() if values)
    return {"$or": [*({place: words} for place in places), *known]}
