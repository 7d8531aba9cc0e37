"""How are feedback's documents kept, and how are answers counted?

What clients write, and what staff write about them, is sealed under the client's own key.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from services.feedback.domain.concern import Concern
from services.feedback.domain.fact import FIRM, Fact
from services.feedback.domain.pattern import Learning
from services.feedback.domain.retention_risk import Risk
from services.feedback.domain.score import (
    Counts,
    Figures,
    ease_of,
    recommendation_of,
    satisfaction_of,
)
from services.feedback.domain.tally import Tally
from services.feedback.ports import (
    CAUSES,
    CLIENTS,
    CONCERNS,
    FACTS,
    LEARNINGS,
    MATTERS,
    MONTHS_MEASURED,
    RISKS,
    SURVEYS,
    TALLIES,
)
from shared.contracts.fields import parse_instant
from shared.engine.runtime import Runtime
from shared.mongo import Database, Document, answering
from shared.state.document_types import DocumentType
from shared.state.mappings import DocumentMapping

T = TypeVar("T")
QUERY_MILLISECONDS = 5000
A_DAY = timedelta(days=1)
FACT_IDS = {"client": "d.said.client_id", "matter": "d.matter_id", "inquiry": "d.said.inquiry_id"}


def _from_recovery(content: Document) -> Document:
    """A recovery of the releases before, as the concern it is: its state in two words, its end."""
    concern = {**content, "concern_id": content["recovery_id"]}
    del concern["recovery_id"]
    concern["kind"] = "complaint" if content.get("opened_by") else "recovery"
    concern["state"] = "open" if content["state"] == "open" else "closed"
    return concern


def _whose(concern: Concern) -> str:
    """Whose key seals it: the client's, or its own where people of the firm are at odds."""
    return f"client:{concern.client_id}" if concern.client_id else f"concern:{concern.concern_id}"


MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(MATTERS),
    DocumentMapping(CLIENTS),
    DocumentMapping(
        SURVEYS,
        sealed={"comment"},
        person=lambda survey: f"client:{survey.client_id}",
        indexes=[[("d.answered_at", 1), ("d.score", 1), ("d.satisfaction", 1)]],
    ),
    DocumentMapping(
        CONCERNS,
        sealed={"note", "comment", "words"},
        person=_whose,
        indexes=[[("d.state", 1), ("d.kind", 1)]],
        version=2,
        upcasters={1: _from_recovery},
    ),
    DocumentMapping(RISKS, indexes=[[("d.raised_at", -1)]]),
    DocumentMapping(CAUSES, sealed={"reasons"}, person=lambda cause: f"cause:{cause.cause_code}"),
    DocumentMapping(
        LEARNINGS,
        sealed={"what", "note"},
        person=lambda learning: f"cause:{learning.cause_code}",
        indexes=[[("d.assigned_at", -1)]],
    ),
    DocumentMapping(
        FACTS,
        indexes=[
            [("d.measure", 1), ("d.said.at", -1), ("_id", -1)],
            [("d.measure", 1), ("d.counted.labels", 1), ("d.said.at", -1), ("_id", -1)],
            [("d.measure", 1), ("d.counted.scopes", 1), ("d.said.at", -1), ("_id", -1)],
        ],
    ),
    DocumentMapping(TALLIES, indexes=[[("d.measure", 1), ("d.month", 1), ("d.scope", 1)]]),
    DocumentMapping(MONTHS_MEASURED),
)


class MongoReports:
    """What reports are made from, in one database."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def tallies(
        self, measures: Sequence[str], months: Sequence[str], scope: str | None
    ) -> list[Tally]:
        """The tallies of these months, of one scope or of all."""
        query: Document = {"d.measure": {"$in": list(measures)}, "d.month": {"$in": list(months)}}
        if scope is not None:
            query["d.scope"] = scope
        return await self._found(TALLIES, query, [("d.month", 1)], 0)

    async def rows(
        self,
        measure: str,
        months: Sequence[str],
        labels: Sequence[str],
        scope: str,
        *,
        after: str | None,
        most: int,
        screened: frozenset[str],
    ) -> list[Fact]:
        """Facts counted in these months and this scope, under any of the labels; latest first."""
        query: Document = {"d.measure": measure, "d.counted.month": {"$in": list(months)}}
        query["d.said.at"] = _within(months)  # so that the index is read from there on, in order
        query |= _but_for(screened, FACT_IDS)
        if labels:
            query["d.counted.labels"] = {"$in": list(labels)}
        if scope != FIRM:
            query["d.counted.scopes"] = scope
        if after is not None:
            text, _, fact_id = after.partition(" ")
            at = parse_instant(text)
            query["d.said.at"]["$lte"] = at  # so that a later page costs no more than the first
            query["$or"] = [{"d.said.at": {"$lt": at}},
                            {"d.said.at": at, "_id": {"$lt": fact_id}}]  # fmt: skip
        return await self._found(FACTS, query, [("d.said.at", -1), ("_id", -1)], most)

    async def risks(self, most: int, screened: frozenset[str]) -> list[Risk]:
        """Clients who may leave, the latest first."""
        return await self._found(RISKS, _raised(screened), [("d.raised_at", -1)], most)

    async def risk_count(self, screened: frozenset[str]) -> int:
        """How many there are of them."""
        risks = self._runtime.db.collection(RISKS.collection)
        with answering():
            found: int = await risks.count_documents(
                _raised(screened), maxTimeMS=QUERY_MILLISECONDS
            )
        return found

    async def cause_codes(self) -> list[str]:
        """The codes of every cause a concern came from."""
        with answering():
            rows = await self._runtime.db.collection("causes").find({}, {"_id": 1}).to_list(None)
        return sorted(row["_id"] for row in rows)

    async def learnings(self, most: int) -> list[Learning]:
        """What is to be learned or was, the latest first."""
        return await self._found(LEARNINGS, {}, [("d.assigned_at", -1)], most)

    async def _found(
        self, kind: DocumentType[T], query: Document, order: list[tuple[str, int]], most: int
    ) -> list[T]:
        found = self._runtime.db.collection(kind.collection).find(query).sort(order).limit(most)
        with answering():
            rows = await found.max_time_ms(QUERY_MILLISECONDS).to_list(None)
        return await self._runtime.store.opened(kind, rows)


def _raised(screened: frozenset[str]) -> Document:
    """Every client who may leave, but those a wall keeps somebody from."""
    query: Document = {"d.raised_at": {"$gt": datetime.min.replace(tzinfo=UTC)}}
    return query | _but_for(screened, {"client": "d.client_id"})


def _within(months: Sequence[str]) -> Document:
    """From the first of these months to the end of the last, in whatever zone months are told."""
    (year, month), (last_year, last) = (
        map(int, each.split("-")) for each in (min(months), max(months))
    )
    after = datetime(last_year + last // 12, last % 12 + 1, 1, tzinfo=UTC)
    return {"$gte": datetime(year, month, 1, tzinfo=UTC) - A_DAY, "$lt": after + A_DAY}


def _but_for(screened: frozenset[str], fields: Mapping[str, str]) -> Document:
    """Nothing that a wall keeps somebody from, by the field that names it."""
    found: Document = {}
    for each in sorted(screened):
        scope, _, id = each.partition(":")
        if scope in fields:
            found.setdefault(fields[scope], {"$nin": []})["$nin"].append(id)
    return found


async def count_answers(database: Database, since: datetime, until: datetime) -> Figures:
    """The figures over the answers first given in this time, each over its own question."""
    return Figures(
        recommendation=recommendation_of(await _counts(database, "score", since, until)),
        satisfaction=satisfaction_of(await _counts(database, "satisfaction", since, until)),
        ease=ease_of(await _counts(database, "ease", since, until)),
    )


async def _counts(database: Database, question: str, since: datetime, until: datetime) -> Counts:
    field = f"d.{question}"
    answers = {"d.answered_at": {"$gte": since, "$lt": until}, field: {"$ne": None}}
    stages = [{"$match": answers}, {"$group": {"_id": f"${field}", "n": {"$sum": 1}}}]
    with answering():
        rows = await database.collection("surveys").aggregate(stages).to_list(None)
    return {int(row["_id"]): int(row["n"]) for row in rows}


async def count_concerns(database: Database) -> list[tuple[str, int]]:
    """How many concerns of each kind are open."""
    stages = [
        {"$match": {"d.state": "open"}},
        {"$group": {"_id": "$d.kind", "n": {"$sum": 1}}},
    ]
    with answering():
        rows = await database.collection(CONCERNS.collection).aggregate(stages).to_list(None)
    return [(row["_id"] or "recovery", int(row["n"])) for row in rows]
