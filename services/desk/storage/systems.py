"""How is it kept which systems of the firm were heard from?"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from services.desk.domain.sources import Source
from services.desk.ports.systems import SOURCES
from services.desk.storage.lists import ASCENDING
from shared.engine.runtime import Runtime
from shared.mongo import answering
from shared.state.mappings import DocumentMapping

SOURCES_KEPT = timedelta(days=400)
MOST_SOURCES = 200

SYSTEM_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        SOURCES,
        indexes=([("d.source", ASCENDING)],),
        expire=lambda source: source.heard_at + SOURCES_KEPT,
    ),
)


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
        return await self._runtime.store.opened(SOURCES, documents)
