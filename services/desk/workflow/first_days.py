"""A person says that something of the firm's beginning is done: what follows?"""

from collections.abc import Callable, Iterable

from services.desk.domain.first_days import FIRM, FirstDays, with_word
from services.desk.ports.first_days import FIRST_DAYS
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def first_days_needs(_: ReadSoFar) -> Iterable[Need]:
    """What was said before."""
    return [FIRST_DAYS.one(FIRM)]


def said_so_far(unit: UnitOfWork) -> FirstDays:
    """What was said; nothing yet is nothing said."""
    return unit.get(FIRST_DAYS, FIRM) or FirstDays()


def say_done(line: str, staff_id: str) -> Callable[[UnitOfWork], None]:
    """Keep who said it first, and when."""

    def step(unit: UnitOfWork) -> None:
        unit.put(FIRST_DAYS, with_word(said_so_far(unit), line, staff_id, unit.now))

    return step
