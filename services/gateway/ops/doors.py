"""What do ops see of the doors? Each source with its last word, each subscription, and imports."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from typing import Any, Protocol

from services.gateway.domain.calendars.kept import KeptCalendar
from services.gateway.domain.hooks import ends_in
from services.gateway.domain.last_words import silent_for
from services.gateway.domain.sources import Source
from services.gateway.ops.subscriptions_told import listed
from services.gateway.ports import BOOK, CALENDARS, HOOKS, LAST_WORDS, DispatchLog, FirmConfig
from services.gateway.workflow.importing import FIRM
from services.gateway.workflow.listening import needs_of_listening
from shared.contracts.answers import OwnFigures, SourceHeard
from shared.engine.runtime import Runtime
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

Unread = Callable[[Any], Awaitable[Mapping[str, Mapping[str, int]]]]  # asked of the database


class KnownSecrets(Protocol):
    """Which secrets there are."""

    def of(self, name: str) -> tuple[str, ...]:
        """Every secret of this name; none where there is no file."""


async def figures(
    config: FirmConfig,
    secrets: KnownSecrets,
    unread: Unread,
    log_of: Callable[[Runtime], DispatchLog],
    runtime: Runtime,
) -> OwnFigures:
    """The figures only the gateway has; TemporaryError when the database is away."""
    unit = await runtime.look(partial(_needs, tuple(config.sources)))
    dead = await unread(runtime.db)
    heard = [_heard(each, unit, secrets) for each in config.sources.values()]
    book = unit.get(BOOK, FIRM)
    return OwnFigures(
        sources=[each.model_copy(update={"dead": dead.get(each.source, {})}) for each in heard],
        subscriptions=await listed(log_of(runtime), runtime),
        imported=dict(book.counts) if book is not None else {},
    )


def _needs(sources: tuple[str, ...], unit: ReadSoFar) -> Iterable[Need]:
    yield BOOK.one(FIRM)
    yield from needs_of_listening(sources, unit)
    yield from (HOOKS.one(each) for each in sources)
    yield from (CALENDARS.one(each) for each in sources)


def _heard(source: Source, unit: UnitOfWork, secrets: KnownSecrets) -> SourceHeard:
    word, hook = unit.get(LAST_WORDS, source.name), unit.get(HOOKS, source.name)
    given = hook.secrets if hook else ()
    is_open = source.proof.is_google or bool(
        given if source.gives_its_secret else secrets.of(source.secret_name)
    )
    ends = ends_in(hook, unit.now) if hook else None
    longest = source.longest_silence.total_seconds() if source.longest_silence else None
    read = unit.get(CALENDARS, source.name) or KeptCalendar(name=source.name)
    stands = SourceHeard(
        source=source.name,
        is_open=is_open,
        count=0,
        fetched=source.calendar is not None,
        away=read.problem or None,
        left_out=read.left_out,
        unmatched=read.unmatched,
        said=list(read.said),
    )
    if word is None:
        return stands.model_copy(update={"ends_seconds": ends, "longest_seconds": longest})
    heard = SourceHeard(
        source=source.name,
        is_open=is_open,
        count=word.count,
        last_seconds=(unit.now - word.at).total_seconds() if word.count else None,
        rhythm_seconds=word.gap_seconds or None,
        silent_seconds=silent_for(word, source.longest_silence, unit.now),
        ends_seconds=ends,
        longest_seconds=longest,
    )
    return stands.model_copy(update=heard.model_dump(exclude_unset=True))
