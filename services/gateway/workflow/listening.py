"""When each source spoke is written down, so that its silence is seen whoever asks."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from services.gateway.domain.last_words import LastWord, awaited, heard
from services.gateway.domain.sources import Source
from services.gateway.ports import LAST_WORDS
from services.gateway.workflow.silence import ask_about_silence, needs_of_silence
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_listening(sources: Iterable[str], _: ReadSoFar) -> Iterable[Need]:
    """What is known of each source."""
    yield from (LAST_WORDS.one(each) for each in sources)


def needs_of_noting(sources: Iterable[str], unit: ReadSoFar) -> Iterable[Need]:
    """The same, and what was asked about their silence."""
    yield from needs_of_listening(sources, unit)
    yield from needs_of_silence(sources)


def note_words(
    sources: Mapping[str, Source], spoken: Mapping[str, tuple[datetime, int]], unit: UnitOfWork
) -> list[LastWord]:
    """Each source as it stands now; one that is silent for too long is asked about."""
    words = []
    for source, said in sources.items():
        before = unit.get(LAST_WORDS, source)
        if source in spoken:
            word = heard(before, source, *spoken[source])
        else:
            word = before or awaited(source, unit.now)
        if word != before:
            unit.put(LAST_WORDS, word)
        ask_about_silence(word, said.longest_silence, unit)
        words.append(word)
    return words
