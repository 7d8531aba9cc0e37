"""When each source spoke is written down, so that its silence is seen whoever asks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from services.gateway.domain.last_words import LastWord, awaited, heard
from services.gateway.ports import LAST_WORDS
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_listening(sources: Sequence[str], _: ReadSoFar) -> Iterable[Need]:
    """What is known of each source."""
    yield from (LAST_WORDS.one(each) for each in sources)


def note_words(
    sources: Sequence[str], spoken: Mapping[str, tuple[datetime, int]], unit: UnitOfWork
) -> list[LastWord]:
    """Each source as it stands now."""
    words = []
    for source in sources:
        before = unit.get(LAST_WORDS, source)
        if source in spoken:
            word = heard(before, source, *spoken[source])
        else:
            word = before or awaited(source, unit.now)
        if word != before:
            unit.put(LAST_WORDS, word)
        words.append(word)
    return words
