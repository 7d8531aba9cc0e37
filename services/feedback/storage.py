"""How are feedback's documents kept, and how are answers counted?

What clients write, and what staff write about them, is sealed under the client's own key.
"""

from datetime import datetime
from typing import Any

from services.feedback.domain.score import Counts
from services.feedback.ports import CLIENTS, MATTERS, RECOVERIES, SURVEYS
from shared.mongo import Database, answering
from shared.state.mappings import DocumentMapping

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(MATTERS),
    DocumentMapping(CLIENTS),
    DocumentMapping(
        SURVEYS,
        sealed={"comment"},
        person=lambda survey: f"client:{survey.client_id}",
        indexes=[[("d.answered_at", 1), ("d.score", 1)]],
    ),
    DocumentMapping(
        RECOVERIES,
        sealed={"note"},
        person=lambda recovery: f"client:{recovery.client_id}",
    ),
)


async def count_scores(database: Database, since: datetime, until: datetime) -> Counts:
    """How many answers first given in this time there are of each score."""
    answers = {"d.answered_at": {"$gte": since, "$lt": until}}
    stages = [{"$match": answers}, {"$group": {"_id": "$d.score", "n": {"$sum": 1}}}]
    with answering():
        rows = await database.collection("surveys").aggregate(stages).to_list(None)
    return {int(row["_id"]): int(row["n"]) for row in rows}
