"""How are feedback's documents kept, and how are answers counted?

What clients write, and what staff write about them, is sealed under the client's own key.
"""

from datetime import datetime
from typing import Any

from services.feedback.domain.concern import Concern
from services.feedback.domain.score import Counts, Figures, recommendation_of, satisfaction_of
from services.feedback.ports import CLIENTS, CONCERNS, MATTERS, SURVEYS
from shared.mongo import Database, Document, answering
from shared.state.mappings import DocumentMapping


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
        version=2,
        upcasters={1: _from_recovery},
    ),
)


async def count_answers(database: Database, since: datetime, until: datetime) -> Figures:
    """The figures over the answers first given in this time, each over its own question."""
    return Figures(
        recommendation=recommendation_of(await _counts(database, "score", since, until)),
        satisfaction=satisfaction_of(await _counts(database, "satisfaction", since, until)),
    )


async def _counts(database: Database, question: str, since: datetime, until: datetime) -> Counts:
    field = f"d.{question}"
    answers = {"d.answered_at": {"$gte": since, "$lt": until}, field: {"$ne": None}}
    stages = [{"$match": answers}, {"$group": {"_id": f"${field}", "n": {"$sum": 1}}}]
    with answering():
        rows = await database.collection("surveys").aggregate(stages).to_list(None)
    return {int(row["_id"]): int(row["n"]) for row in rows}
