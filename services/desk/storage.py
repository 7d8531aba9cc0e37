# reason: every list the desk reads stands beside the index it is read by
"""How are the desk's documents kept, and its lists read, on MongoDB?

Every list is one query on one index and cut by value, so that a page costs the same among a
hundred tasks and among a hundred thousand. A filter is built from typed values only.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from services.desk.domain.accesses import KEPT as ACCESSES_KEPT
from services.desk.domain.diary import DiaryLine, ListedDeadline
from services.desk.domain.due import DueWindow
from services.desk.domain.holding import kinds_for
from services.desk.domain.inquiries import ENDS, OPEN, ListedInquiry
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import WHOLE_TIMELINE, EntryFilter, Page, Sought, TaskFilter
from services.desk.domain.owed import Owed
from services.desk.domain.sources import Source
from services.desk.domain.staff import ApiKey, StaffMember
from services.desk.domain.timeline import Entry
from services.desk.domain.walls import ids_behind
from services.desk.ports import (
    ACCESSES,
    ACCOUNTS,
    API_KEYS,
    ATTEMPTS,
    CALENDARS,
    CARDS,
    CONTACT_NOTES,
    DEADLINES,
    DIARY_LINES,
    DIGESTS,
    ENTRIES,
    FOLLOW_UPS,
    INCIDENTS,
    INQUIRIES,
    LISTED,
    NOTES,
    OUTCOMES,
    OWED,
    PREFERENCES,
    PROPOSALS,
    RESTRICTED,
    SAVED_VIEWS,
    SECOND_FACTORS,
    SESSIONS,
    SOURCES,
    STAFF,
    PhaseCount,
)
from shared.contracts.task_kinds import TASK_KINDS
from shared.engine.runtime import Runtime
from shared.mongo import Document, answering
from shared.state.document_types import DocumentType
from shared.state.mappings import DocumentMapping

T = TypeVar("T")
ASCENDING, DESCENDING = 1, -1
ATTEMPTS_KEPT = timedelta(days=100)  # as long as owners keep their answers
SEEN = {"$in": ["open", "done", "cancelled"]}
MOST_STAFF = 10_000
MOST_COUNTED, MOST_DUES, MOST_CLIENTS, MOST_CAUSES = 1_000, 2_000, 100, 2_000
SOURCES_KEPT, MOST_SOURCES = timedelta(days=400), 200
OUTCOMES_KEPT = timedelta(days=1)
QUERY_MILLISECONDS = 5000


def _by_due(*first: str) -> list[tuple[str, int]]:
    fields = (*first, "d.due_at", "_id")
    return [(field, ASCENDING) for field in fields]


MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        LISTED,
        indexes=(
            _by_due("d.state"),
            _by_due("d.state", "d.owner_id"),
            _by_due("d.state", "d.escalated_to"),
            _by_due("d.state", "d.kind"),
            _by_due("d.about.client_id"),
            _by_due("d.about.matter_id"),
            _by_due("d.about.inquiry_id"),
            [("d.state", ASCENDING), ("d.snoozed_until", ASCENDING)],
            [("d.state", ASCENDING), ("d.ended_at", DESCENDING), ("_id", DESCENDING)],
        ),
    ),
    DocumentMapping(RESTRICTED),
    DocumentMapping(ACCESSES, expire=lambda access: access.at + ACCESSES_KEPT),
    DocumentMapping(
        ENTRIES,
        indexes=(
            [("d.client_id", ASCENDING), ("d.at", ASCENDING), ("_id", ASCENDING)],
            [("d.client_id", ASCENDING), ("d.event_id", ASCENDING)],
        ),
    ),
    DocumentMapping(
        CARDS, sealed={"name"}, person=lambda card: f"client:{card.client_id}", blind={"word"}
    ),
    DocumentMapping(
        INQUIRIES,
        sealed={"name", "practice_area"},
        person=lambda each: f"inquiry:{each.inquiry_id}",
        blind={"word"},
        indexes=(
            [("d.phase", ASCENDING), ("d.order", ASCENDING)],
            [("d.phase", ASCENDING), ("d.moved_at", DESCENDING), ("_id", DESCENDING)],
            [("d.received_at", ASCENDING)],
        ),
    ),
    DocumentMapping(
        OWED,
        indexes=(
            _by_due("d.state"),
            _by_due("d.about.client_id", "d.state"),
            [("d.state", ASCENDING), ("d.ended_at", DESCENDING), ("_id", DESCENDING)],
        ),
    ),
    DocumentMapping(
        DEADLINES,
        indexes=([("d.state", ASCENDING), ("d.day", ASCENDING), ("_id", ASCENDING)],),
    ),
    DocumentMapping(
        DIARY_LINES,
        indexes=([("d.logged_on", ASCENDING), ("d.at", ASCENDING), ("_id", ASCENDING)],),
    ),
    DocumentMapping(
        INCIDENTS,
        sealed={"log", "statement"},
        person=lambda each: f"incident:{each.incident_id}",
    ),
    DocumentMapping(
        PROPOSALS, sealed={"reason"}, person=lambda each: f"incident:{each.proposal_id}"
    ),
    DocumentMapping(
        NOTES,
        sealed={"text"},
        person=lambda note: note.person,
        indexes=[[("d.person", ASCENDING)]],
    ),
    DocumentMapping(
        CONTACT_NOTES,
        sealed={"text"},
        person=lambda note: f"client:{note.client_id}",
        indexes=[[("d.client_id", ASCENDING)]],
    ),
    DocumentMapping(
        FOLLOW_UPS,
        sealed={"words"},
        person=lambda each: each.person,
        indexes=[[("d.person", ASCENDING)]],
    ),
    DocumentMapping(ATTEMPTS, expire=lambda each: each.at + ATTEMPTS_KEPT),
    DocumentMapping(STAFF),
    DocumentMapping(API_KEYS),
    DocumentMapping(
        ACCOUNTS,
        sealed={"user", "name", "email", "phone", "password", "subject"},
        person=lambda account: f"staff:{account.staff_id}",
        blind={"user", "subject"},
    ),
    DocumentMapping(
        SECOND_FACTORS, sealed={"secret"}, person=lambda factor: f"staff:{factor.staff_id}"
    ),
    DocumentMapping(SESSIONS, expire=lambda session: session.until),
    DocumentMapping(
        SAVED_VIEWS, sealed={"name", "query"}, person=lambda view: f"staff:{view.staff_id}"
    ),
    DocumentMapping(PREFERENCES),
    DocumentMapping(CALENDARS),
    DocumentMapping(DIGESTS),
    DocumentMapping(SOURCES, expire=lambda source: source.heard_at + SOURCES_KEPT),
    DocumentMapping(OUTCOMES, expire=lambda outcome: outcome.at + OUTCOMES_KEPT),
)


class MongoTaskList:
    """The task list on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def page(self, wanted: TaskFilter, page: Page) -> Sequence[ListedTask]:
        """The tasks that fit, by due instant and id, after the given place."""
        field = "d.ended_at" if wanted.ended else "d.due_at"
        return await _page(self._runtime, LISTED, self._query(wanted), field, page)

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

    async def clients_called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of clients whose name has words that begin like these, a hundred at most."""
        return await _called(self._runtime, CARDS, words)

    @property
    def _tasks(self) -> Any:
        return self._runtime.db.collection(LISTED.collection)

    def _query(self, wanted: TaskFilter) -> Document:
        return task_query(wanted, self._runtime.clock.now())


class MongoOwedBook:
    """What the firm owes, on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def open(self, limit: int, *, screened: Collection[str]) -> Sequence[Owed]:
        """What has not ended, the first to fall due first."""
        query = {"d.state": "open", **_unscreened(screened)}
        return await _page(self._runtime, OWED, query, "d.due_at", Page(limit=limit))

    async def missed_since(
        self, instant: datetime, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What was missed since then, the last one first."""
        query = {"d.state": "missed", "d.ended_at": {"$gte": instant}, **_unscreened(screened)}
        page = Page(limit=limit, newest_first=True)
        return await _page(self._runtime, OWED, query, "d.ended_at", page)

    async def of_client(
        self, client_id: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What this client is owed still, the first to fall due first."""
        query: Document = {"d.state": "open", "$and": [{"d.about.client_id": client_id}]}
        query |= _unscreened(screened)
        return await _page(self._runtime, OWED, query, "d.due_at", Page(limit=limit))


class MongoDiaryBook:
    """The diary of deadlines on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def running(
        self, until: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[ListedDeadline]:
        """What runs out by this day and is not done, the earliest first."""
        query: Document = {"d.state": "runs", "d.day": {"$gt": "", "$lte": until}}
        query |= _seen_deadlines(screened)
        return await _page(self._runtime, DEADLINES, query, "d.day", Page(limit=limit))

    async def log(self, day: str, limit: int, *, screened: Collection[str]) -> Sequence[DiaryLine]:
        """What was said on this day, the earliest first."""
        query = {"d.logged_on": day, **_seen_deadlines(screened)}
        return await _page(self._runtime, DIARY_LINES, query, "d.at", Page(limit=limit))


class MongoInquiryBook:
    """The pipeline on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def page(
        self, phase: str, limit: int, after: str = "", *, screened: Collection[str]
    ) -> Sequence[ListedInquiry]:
        """Those that stand there, or in any open phase; the most pressing first."""
        query: Document = {"d.phase": phase if phase else {"$in": list(OPEN)}}
        query |= _seen_inquiries(screened)
        order = [("d.order", ASCENDING)]
        if phase in ENDS:
            order = [("d.moved_at", DESCENDING), ("_id", DESCENDING)]
        elif after:
            query["d.order"] = {"$gt": after}
        with answering():
            found = self._inquiries.find(query).sort(order).limit(limit)
            documents = await found.max_time_ms(QUERY_MILLISECONDS).to_list(limit)
        return _values(self._runtime, INQUIRIES, documents)

    async def counts(
        self, received_since: datetime, *, screened: Collection[str]
    ) -> Sequence[PhaseCount]:
        """How many stand where, by how they came: the open ones, and those received since then."""
        recent = {"$gte": ["$d.received_at", received_since]}
        wanted = [{"d.phase": {"$in": list(OPEN)}}, {"d.received_at": {"$gte": received_since}}]
        names = {name: f"$d.{name}" for name in ("channel", "referral", "phase")}
        sums = {"count": {"$sum": 1}, "recent": {"$sum": {"$cond": [recent, 1, 0]}}}
        seen = {"$or": wanted, **_seen_inquiries(screened)}
        steps = [{"$match": seen}, {"$group": {"_id": names, **sums}}]
        with answering():
            rows = await self._inquiries.aggregate(steps, maxTimeMS=QUERY_MILLISECONDS).to_list(
                MOST_COUNTED
            )
        return [
            PhaseCount(
                **{name: row["_id"].get(name) or "" for name in names},
                count=row["count"],
                recent=row["recent"],
            )
            for row in rows
        ]

    async def tasks(self, inquiry_ids: Sequence[str]) -> Sequence[ListedTask]:
        """The open tasks about these inquiries, by due instant, a thousand at most."""
        if not inquiry_ids:
            return []
        query = {"d.about.inquiry_id": {"$in": list(inquiry_ids)}, "d.state": "open"}
        return await _page(self._runtime, LISTED, query, "d.due_at", Page(limit=MOST_COUNTED))

    async def called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of inquiries whose name has words that begin like these, a hundred at most."""
        return await _called(self._runtime, INQUIRIES, words)

    @property
    def _inquiries(self) -> Any:
        return self._runtime.db.collection(INQUIRIES.collection)


class MongoTimeline:
    """The timelines on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def page(
        self, client_id: str, page: Page, wanted: EntryFilter = WHOLE_TIMELINE
    ) -> Sequence[Entry]:
        """The entries of one client that fit, by instant and id, after the given place."""
        query: Document = {"d.client_id": client_id, **_seen_entries(wanted.screened)}
        if wanted.kinds is not None:
            query["d.kind"] = {"$in": list(wanted.kinds)}
        within = _bounds(wanted.within)
        if within:
            query["d.at"] = within
        return await _page(self._runtime, ENTRIES, query, "d.at", page)

    async def told_by(
        self, client_id: str, event_ids: Sequence[str], *, screened: Collection[str]
    ) -> Sequence[Entry]:
        """What these events wrote on this client's timeline, the earliest first."""
        if not event_ids:
            return []
        query = {"d.client_id": client_id, "d.event_id": {"$in": list(event_ids)}}
        query |= _seen_entries(screened)
        return await _page(self._runtime, ENTRIES, query, "d.at", Page(limit=MOST_CAUSES))


class MongoStaffBook:
    """Staff and their keys on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def everybody(self) -> Sequence[StaffMember]:
        """All staff, by id."""
        return await self._all(STAFF)

    async def keys(self) -> Sequence[ApiKey]:
        """All API keys, as hashes."""
        return await self._all(API_KEYS)

    async def _all(self, kind: DocumentType[T]) -> Sequence[T]:
        with answering():
            found = self._runtime.db.collection(kind.collection).find({}).sort("_id", ASCENDING)
            documents = await found.limit(MOST_STAFF).to_list(MOST_STAFF)
        return _values(self._runtime, kind, documents)


class MongoSourceBook:
    """Sources of events on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def everything(self) -> Sequence[Source]:
        """All sources, by name, two hundred at most."""
        with answering():
            found = self._runtime.db.collection(SOURCES.collection).find({})
            ordered = found.sort("d.source", ASCENDING).limit(MOST_SOURCES)
            documents = await ordered.to_list(MOST_SOURCES)
        return _values(self._runtime, SOURCES, documents)


def task_query(wanted: TaskFilter, now: datetime) -> Document:
    """The query for a filter; every part of it is covered by an index above."""
    query: Document = {"d.state": wanted.state or SEEN}
    if wanted.state in ("open", "snoozed"):
        query["d.state"] = "open"
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
    due = _bounds(wanted.due)
    if due:
        query["d.due_at"] = due
    further = [
        *([_with(wanted.lies_with, now)] if wanted.lies_with is not None else []),
        *([_decidable(wanted.may)] if wanted.may is not None else []),
        *([_found(wanted.sought, wanted.ended)] if wanted.sought is not None else []),
    ]
    return {"$and": [query, *further]} if further else query


def _bounds(window: DueWindow) -> Document:
    bounds = {"$gte": window.since, "$lt": window.before}
    return {operator: instant for operator, instant in bounds.items() if instant is not None}


def _with(staff_id: str, now: datetime) -> Document:
    """The same as ``ListedTask.lies_with``, of open tasks, for the database."""
    escalated = {"d.escalated_to": staff_id, "d.due_at": {"$lt": now}}
    return {"$or": [{"d.owner_id": staff_id}, escalated]}


def _decidable(person: StaffMember) -> Document:
    """The same as ``holding.may_decide``, for the database."""
    roles, kinds = list(person.roles), list(kinds_for(person.roles))
    return {
        "d.barred": {"$ne": person.staff_id},
        **_unscreened(person.screened),
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


def _unscreened(screened: Collection[str]) -> Document:
    """The same as ``walls.walled_off`` of what is about somebody, for the database."""
    return {f"d.about.{name}": {"$nin": ids} for name, ids in ids_behind(screened).items()}


def _seen_inquiries(screened: Collection[str]) -> Document:
    """The inquiries no wall keeps these from: nor the client or matter one has become."""
    behind = ids_behind(screened)
    places = {"inquiry_id": "_id", "client_id": "d.client_id", "matter_id": "d.matter_id"}
    return {places[name]: {"$nin": ids} for name, ids in behind.items()}


def _seen_deadlines(screened: Collection[str]) -> Document:
    """The deadlines, or lines of their log, that are of no client or matter behind a wall."""
    behind = ids_behind(screened)
    return {f"d.{name}": {"$nin": ids} for name, ids in behind.items() if name != "inquiry_id"}


def _seen_entries(screened: Collection[str]) -> Document:
    """The lines of a client's timeline that are of no matter behind a wall."""
    matters = ids_behind(screened).get("matter_id")
    return {"d.matter_id": {"$nin": matters}} if matters else {}


def _found(sought: Sought, ended: bool) -> Document:
    """By id, by kind, by client or inquirer; of open tasks, which are few, by their title too."""
    words = sought.words
    about = ("client_id", "matter_id", "review_id", "inquiry_id")
    places = ("_id", *(f"d.about.{each}" for each in about))
    found: list[Document] = [
        *({place: words} for place in places),
        {"d.kind": {"$in": list(sought.kinds)}},
        {"d.about.client_id": {"$in": list(sought.client_ids)}},
        {"d.about.inquiry_id": {"$in": list(sought.inquiry_ids)}},
    ]
    if not ended:
        found.append({"d.title": {"$regex": re.escape(words), "$options": "i"}})
    return {"$or": found}


async def _called(runtime: Runtime, kind: DocumentType[Any], words: Sequence[str]) -> Sequence[str]:
    """Ids of those whose name has words that begin like these."""
    if not words:
        return []
    mapping: DocumentMapping[Any] = runtime.store.mappings[kind.collection]
    every = [mapping.find_by("word", [word], runtime.keys) for word in words]
    with answering():
        found = runtime.db.collection(kind.collection).find({"$and": every}, {"_id": 1})
        limited = found.limit(MOST_CLIENTS).max_time_ms(QUERY_MILLISECONDS)
        rows = await limited.to_list(MOST_CLIENTS)
    return [row["_id"] for row in rows]


async def _page(
    runtime: Runtime, kind: DocumentType[T], query: Document, field: str, page: Page
) -> Sequence[T]:
    direction = DESCENDING if page.newest_first else ASCENDING
    wanted = {"$and": [query, _beyond(field, page)]} if page.after else query
    with answering():
        found = runtime.db.collection(kind.collection).find(wanted)
        ordered = found.sort([(field, direction), ("_id", direction)])
        limited = ordered.limit(page.limit).max_time_ms(QUERY_MILLISECONDS)
        documents = await limited.to_list(page.limit)
    return _values(runtime, kind, documents)


def _beyond(field: str, page: Page) -> Document:
    """What comes after the place; the outer bound lets the index start there."""
    if page.after is None:
        return {}
    bound, past = ("$lte", "$lt") if page.newest_first else ("$gte", "$gt")
    at, id = page.after.at, page.after.id
    return {field: {bound: at}, "$or": [{field: {past: at}}, {field: at, "_id": {past: id}}]}


def _values(runtime: Runtime, kind: DocumentType[T], documents: Sequence[Document]) -> Sequence[T]:
    mapping: DocumentMapping[T] = runtime.store.mappings[kind.collection]
    return [mapping.to_value(document, runtime.keys) for document in documents]
