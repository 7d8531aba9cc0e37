"""What do all the causes of one batch need read, without asking any of them in vain?

Needs may depend on documents read for earlier needs, so each cause is asked again after reading,
but only if something it looked for and did not have was found: otherwise it would say the same.
Looks that were never recorded cannot happen: ``ReadSoFar`` offers none.
"""

from collections.abc import Callable, Iterable, Iterator

from shared.state.document_types import Need
from shared.state.unit_of_work import Place, ReadSoFar, UnitOfWork

Question = Callable[[ReadSoFar], Iterable[Need]]


class NeedResolver:
    """Asks each question until its answer cannot change any more; for ``Store.fill``."""

    def __init__(self, known: Iterable[Need], questions: Iterable[Question]) -> None:
        self._known = list(known)
        self._open: list[tuple[Question, list[Place]]] = [(each, []) for each in questions]
        self._first = True

    def __call__(self, unit: UnitOfWork) -> Iterator[Need]:
        """What is needed beyond what has been read."""
        yield from self._known
        unit.take_missed()
        still_open = []
        for question, missed in self._open:
            if not self._first and not unit.has_any(missed):
                continue
            new = [need for need in question(unit) if not unit.knows(need)]
            missed = unit.take_missed()
            if missed:
                still_open.append((question, missed))
            yield from new
        self._open, self._first = still_open, False
