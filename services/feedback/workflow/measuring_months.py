"""A month is over: how satisfied were its clients, said once?"""

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from services.feedback.domain.month_measured import MonthMeasured, ScopeMeasured, span_of
from services.feedback.ports import MONTHS_MEASURED
from shared.contracts.feedback import SatisfactionMeasured
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_month(month: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Whether it was said already."""
    return lambda _: [MONTHS_MEASURED.one(month)]


def say_of_month(
    month: str, measured: Sequence[ScopeMeasured], zone: ZoneInfo
) -> Callable[[UnitOfWork], bool]:
    """Announce each figure of the month; whether that was news."""
    since, until = span_of(month, zone)

    def step(unit: UnitOfWork) -> bool:
        if unit.get(MONTHS_MEASURED, month) is not None:
            return False
        unit.put(MONTHS_MEASURED, MonthMeasured(month=month, at=unit.now))
        for each in measured:
            said = SatisfactionMeasured(
                scope=each.scope, of=each.of, month=month, metric=each.metric,
                value=float(each.value), n=each.n, since=since, until=until,
            )  # fmt: skip
            unit.announce(said)
        return True

    return step
