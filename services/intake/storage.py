"""How are intake's documents kept?

What somebody told the firm is sealed under that person's key. The conflict index is sealed under
the firm's retained key, and found by keyed hashes of its keys.
"""

from collections.abc import Sequence
from typing import Any

from services.intake.domain.checks import Check
from services.intake.ports import (
    CHECKS,
    CLIENTS,
    CONFLICT_INDEX,
    CONSENTS,
    CORPUS,
    INQUIRIES,
    MATTERS,
    PARTIES,
    SETTLED,
)
from shared.mongo import Database, answering
from shared.state.keys import RETAINED
from shared.state.mappings import DocumentMapping


def _person_of(check: Check) -> str:
    if check.trigger == "party":
        return f"party:{check.party_id}"
    if check.trigger == "inquiry":
        return f"inquiry:{check.inquiry_id}"
    return f"client:{check.client_id}"


MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        CLIENTS,
        sealed={"name", "former_names", "email", "phone"},
        person=lambda client: f"client:{client.client_id}",
    ),
    DocumentMapping(MATTERS),
    DocumentMapping(
        PARTIES,
        sealed={"name", "former_names"},
        person=lambda party: f"party:{party.party_id}",
    ),
    DocumentMapping(
        INQUIRIES,
        sealed={"name", "former_names", "email", "phone", "adverse_names", "story"},
        person=lambda inquiry: f"inquiry:{inquiry.inquiry_id}",
    ),
    DocumentMapping(CONSENTS),
    DocumentMapping(
        CHECKS,
        sealed={"searched", "document_ref", "reason", "affected", "verdicts", "rounds"},
        person=_person_of,
    ),
    DocumentMapping(SETTLED),
    DocumentMapping(
        CONFLICT_INDEX,
        sealed={"names"},
        person=lambda _: RETAINED,
        blind={"filed"},
        expire=lambda known: known.claimed_until,
    ),
    DocumentMapping(CORPUS),
)


class MongoFiled:
    """The conflict index of one database."""

    def __init__(self, database: Database) -> None:
        self._index = database.collection(CONFLICT_INDEX.collection)

    async def after(self, ref: str, limit: int) -> Sequence[str]:
        """The refs that follow this one, in order."""
        rows = self._index.find({"_id": {"$gt": ref}}, {"_id": 1}).sort("_id", 1).limit(limit)
        with answering():
            return [row["_id"] for row in await rows.to_list(limit)]
