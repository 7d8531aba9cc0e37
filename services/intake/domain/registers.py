"""Which of two statements about the same thing holds, in whatever order they arrive?

Each field keeps the stamp (time, source, id) of the event it came from; a later stamp wins. So
shuffled and repeated events end in one state.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar, cast


class Stamped(Protocol):
    """A document that knows from which event each of its fields came."""

    @property
    def stamps(self) -> Mapping[str, str]:
        """The stamp of each field that was ever stated."""


class Named(Stamped, Protocol):
    """A document about somebody with a name now, and perhaps others before."""

    @property
    def name(self) -> str | None:
        """What they are called now; None once erased."""

    @property
    def former_names(self) -> tuple[str, ...]:
        """What else they were ever called."""


S = TypeVar("S", bound=Stamped)
N = TypeVar("N", bound=Named)


def stated(before: S, changes: Mapping[str, Any], stamp: str) -> S:
    """The document after a statement; what was stated later already is left alone."""
    newer = {name: to for name, to in changes.items() if stamp > before.stamps.get(name, "")}
    if not newer:
        return before
    stamps = {**before.stamps, **dict.fromkeys(newer, stamp)}
    return cast("S", replace(cast("Any", before), **newer, stamps=stamps))


def told_of(before: N, changes: Mapping[str, Any], name: str, stamp: str) -> N:
    """The same, where the subject was called this name; every other name stays known."""
    now = stated(before, {**changes, "name": name}, stamp)
    if before.name is None and now.name == name:
        return now
    others = {name, before.name, *before.former_names} - {now.name, None}
    former = tuple(sorted(str(other) for other in others))
    if former == now.former_names:
        return now
    return cast("N", replace(cast("Any", now), former_names=former))
