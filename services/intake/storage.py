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
from shared.state.shelves import Shelf


def _person_of(check: Check) -> str:
    if check.trigger == "party":
        return f"party:{check.party_id}"
    if check.trigger == "inquiry":
        return f"inquiry:{check.inquiry_id}"
    return f"client:{check.client_id}"


SHELVES: tuple[Shelf[Any], ...] = (
    Shelf(
        CLIENTS,
        sealed={"name", "former_names", "email", "phone"},
        person=lambda client: f"client:{client.client_id}",
    ),
    Shelf(MATTERS),
    Shelf(
        PARTIES,
        sealed={"name", "former_names"},
        person=lambda party: f"party:{party.party_id}",
    ),
    Shelf(
        INQUIRIES,
        sealed={"name", "former_names", "email", "phone", "adverse_names", "story"},
        person=lambda inquiry: f"inquiry:{inquiry.inquiry_id}",
    ),
    Shelf(CONSENTS),
    Shelf(CHECKS, sealed={"searched", "document_ref", "reason"}, person=_person_of),
    Shelf(SETTLED),
    Shelf(CONFLICT_INDEX, sealed={"names"}, person=lambda _: RETAINED, blind={"keys"}),
    Shelf(CORPUS),
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
