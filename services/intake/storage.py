"""How are intake's documents kept?

What somebody told the firm is sealed under that person's key. The conflict index is sealed under
the firm's retained key, and found by keyed hashes of its keys.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.intake.domain.checks import Check
from services.intake.domain.clients import MANNERS
from services.intake.domain.identifiers import NAMES as IDENTIFIERS
from services.intake.domain.known import CORPUS_KEY, Corpus
from services.intake.domain.matching import VERSION
from services.intake.domain.matters import Matter
from services.intake.domain.records_requests import RecordsRequest
from services.intake.ports import (
    APPOINTMENT_CHANGES,
    ASKED_ADDRESSES,
    ATTENDANCE_NOTES,
    CHECKS,
    CLIENTS,
    CONFLICT_INDEX,
    CONSENTS,
    CORPUS,
    DUPLICATES,
    INQUIRIES,
    MATTERS,
    PARTIES,
    RECORDS_REQUESTS,
    RESTRICTIONS,
    SCREENINGS,
    SETTLED,
)
from shared.contracts.checks import Show
from shared.engine.runtime import Runtime
from shared.mongo import Database, Document, answering
from shared.state.filed_values import Counted, Standing
from shared.state.keys import RETAINED
from shared.state.mappings import DocumentMapping

QUERY_MILLISECONDS = 5_000
NAMING = ("party-added", "client-onboarded", "client-updated", "inquiry-received")
"""Events that make names known: while one of them waits, a search may overlook somebody."""


def _client_of(matter: Matter) -> str:
    """Whose trouble it is; until that is known, the firm's."""
    return f"client:{matter.client_id}" if matter.client_id is not None else RETAINED


def _person_of(check: Check) -> str:
    if check.trigger == "party":
        return f"party:{check.party_id}"
    if check.trigger == "inquiry":
        return f"inquiry:{check.inquiry_id}"
    if check.trigger == "search":
        return f"search:{check.check_id}"
    return f"client:{check.client_id}"


def _never(_: object) -> datetime | None:
    """Not by itself; of an erased client it is kept until the day their plan says."""
    return None


def _standing(corpus: Corpus) -> Standing | None:
    """Who files by other rules, or says no number, as earlier releases do, begins another epoch."""
    if corpus.filed_by != VERSION or corpus.filing_by:
        return None
    return Standing((VERSION, corpus.revision - corpus.numbered), corpus.revision)


MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        CLIENTS,
        sealed={"name", "former_names", "practice_area", *IDENTIFIERS, *MANNERS},
        person=lambda client: f"client:{client.client_id}",
        blind={"reach"},
    ),
    DocumentMapping(
        MATTERS,
        sealed={"practice_area"},
        person=_client_of,
        due=lambda matter: matter.records_look_at,
        indexes=([("d.state", 1), ("d.client_id", 1)],),
        filed=2,  # what was closed before anybody looked is written anew, with when to look
    ),
    DocumentMapping(
        PARTIES,
        sealed={"name", "former_names", *IDENTIFIERS},
        person=lambda party: f"party:{party.party_id}",
        blind={"reach"},
    ),
    DocumentMapping(
        INQUIRIES,
        sealed={
            "name",
            "former_names",
            "email",
            "confirmed_email",
            "unusable_email",
            "phone",
            "adverse_names",
            "story",
            "practice_area",
        },
        person=lambda inquiry: f"inquiry:{inquiry.inquiry_id}",
        blind={"reach"},
    ),
    DocumentMapping(
        ATTENDANCE_NOTES,
        sealed={
            "present",
            "said",
            "understood",
            "authority_limit",
            "next_step",
            "objection",
            "earlier",
            "agreed",
        },
        person=lambda note: f"client:{note.client_id}",
    ),
    DocumentMapping(APPOINTMENT_CHANGES, expire=lambda changed: changed.until),
    DocumentMapping(CONSENTS, expire=_never),
    DocumentMapping(DUPLICATES, sealed={"reason"}, person=lambda pair: f"client:{pair.first_id}"),
    DocumentMapping(
        RECORDS_REQUESTS,
        sealed={"reason"},
        person=lambda request: f"request:{request.request_id}",
    ),
    DocumentMapping(ASKED_ADDRESSES, expire=lambda address: address.until),
    DocumentMapping(
        CHECKS,
        sealed={"searched", "document_ref", "reason", "affected", "verdicts", "rounds", "purpose"},
        person=_person_of,
        indexes=(
            [("d.made_at", -1), ("_id", -1)],
            [("d.state", 1), ("d.made_at", -1), ("_id", -1)],
        ),
    ),
    DocumentMapping(SETTLED),
    DocumentMapping(RESTRICTIONS, sealed={"reason"}, person=lambda _: RETAINED),
    DocumentMapping(
        CONFLICT_INDEX,
        sealed={"names", "identifiers"},
        person=lambda _: RETAINED,
        blind={"filed", "claimed"},
        hashed_as={"claimed": "filed"},
        expire=lambda known: known.claimed_until,
        indexes=([("d.revision", 1)],),
        counted=Counted(CORPUS, CORPUS_KEY, _standing, "revision", ("filed", "claimed")),
    ),
    DocumentMapping(CORPUS),
    DocumentMapping(SCREENINGS),
)


QUERIES: Mapping[Show, Document] = {
    "all": {},
    "reopened": {"d.reopened": {"$gt": 0}},
    "incomplete": {"d.incomplete.0": {"$exists": True}},
    "searches": {"d.trigger": "search"},
}


class MongoChecks:
    """The register of conflict checks of one database, the newest first."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def page(
        self, show: Show, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[Check]:
        """The checks that fit, after the given place."""
        query = dict(QUERIES.get(show, {"d.state": show}))
        if after is not None:
            at, check_id = after
            query |= {"d.made_at": {"$lte": at}}
            query["$or"] = [{"d.made_at": {"$lt": at}}, {"d.made_at": at, "_id": {"$lt": check_id}}]
        found = self._runtime.db.collection(CHECKS.collection).find(query)
        ordered = found.sort([("d.made_at", -1), ("_id", -1)]).limit(limit)
        with answering():
            rows = await ordered.max_time_ms(QUERY_MILLISECONDS).to_list(limit)
        return await self._runtime.store.opened(CHECKS, rows)

    async def standing_after(self, check_id: str, limit: int) -> Sequence[str]:
        """Ids of checks that are clear, in order, after this one."""
        query = {
            "_id": {"$gt": check_id},
            "d.state": {"$in": ["no-hits", "cleared", "waived"]},
            "d.trigger": {"$ne": "search"},
        }
        found = self._runtime.db.collection(CHECKS.collection).find(query, {"_id": 1})
        with answering():
            rows = await found.sort("_id", 1).limit(limit).to_list(limit)
        return [row["_id"] for row in rows]

    async def has_unapplied(self) -> bool:
        """Whether an event that makes a name known waits, as a dead letter or parked."""
        naming = {"event_type": {"$in": list(NAMING)}}
        with answering():
            for collection, query in (
                ("dead_letters", {**naming, "status": "open"}),
                ("parked", naming),
            ):
                rows = self._runtime.db.collection(collection)
                if await rows.find_one(query, {"_id": 1}) is not None:
                    return True
        return False


class MongoOpenMatters:
    """The open matters of one database."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def clients_after(self, client_id: str, limit: int) -> Sequence[str]:
        """Ids of the clients they are of, in order, after this one, each once."""
        steps = [
            {"$match": {"d.state": "open", "d.client_id": {"$gt": client_id}}},
            {"$sort": {"d.client_id": 1}},
            {"$group": {"_id": "$d.client_id"}},
            {"$sort": {"_id": 1}},
            {"$limit": limit},
        ]
        matters = self._runtime.db.collection(MATTERS.collection)
        with answering():
            found = matters.aggregate(steps, maxTimeMS=QUERY_MILLISECONDS)
            return [row["_id"] for row in await found.to_list(limit)]


class MongoRequests:
    """The requests about records of one database."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def waiting_for_stream(self, limit: int) -> Sequence[RecordsRequest]:
        """Erasures every service has receipted, whose events may still be in the stream."""
        return await self._found({"x.state": "stream"}, limit)

    async def _found(self, query: Document, limit: int) -> Sequence[RecordsRequest]:
        found = self._runtime.db.collection(RECORDS_REQUESTS.collection).find(query).limit(limit)
        with answering():
            rows = await found.to_list(limit)
        return await self._runtime.store.opened(RECORDS_REQUESTS, rows)


class MongoFiled:
    """The conflict index of one database."""

    def __init__(self, database: Database) -> None:
        self._index = database.collection(CONFLICT_INDEX.collection)

    async def after(self, ref: str, limit: int) -> Sequence[str]:
        """The refs that follow this one, in order."""
        rows = self._index.find({"_id": {"$gt": ref}}, {"_id": 1}).sort("_id", 1).limit(limit)
        with answering():
            return [row["_id"] for row in await rows.to_list(limit)]
