"""How are reports, and the things behind them, told to the desk?"""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from services.feedback.domain.fact import Fact
from services.feedback.domain.pattern import Cause, Learning
from services.feedback.domain.report import Compared, Report
from services.feedback.domain.retention_risk import Risk, RiskRules, active
from shared.contracts.reports import (
    CauseTold,
    DecidedTold,
    FigureTold,
    LearningTold,
    MonthTold,
    ReasonTold,
    ReportTold,
    RiskTold,
    RowTold,
    ScopeTold,
)

IDS = ("client_id", "inquiry_id", "task_id")
DIGITS = 4


def report_told(report: Report, fewest: int) -> ReportTold:
    """A report with its months and scopes."""
    return ReportTold(
        report=report.measure,
        scope=report.scope,
        since=report.months[0],
        until=report.months[-1],
        figures=_told(report.figures),
        months=[
            MonthTold(month=month, figures=_told(figures))
            for month, figures in report.by_month.items()
        ],
        scopes=[
            ScopeTold(scope=scope, figures=_told(figures))
            for scope, figures in report.by_scope.items()
        ],
        fewest=fewest,
        alike=report.alike,
    )


def figure_told(compared: Compared) -> FigureTold:
    """A figure beside the one before; rounded for the wire, never before."""
    figure, before = compared.figure, compared.before
    return FigureTold(
        name=figure.name,
        group=figure.group,
        unit=figure.unit,
        value=_number(figure.value),
        n=figure.n,
        low=round(figure.interval.low, DIGITS) if figure.interval else None,
        high=round(figure.interval.high, DIGITS) if figure.interval else None,
        labels=list(figure.labels),
        before=_number(before.value) if before else None,
        n_before=before.n if before else None,
        too_few=compared.too_few,
    )


def row_told(fact: Fact) -> RowTold:
    """One thing that was counted: what was told of it, and where it leads."""
    said = {name: _text(value) for name, value in fact.said.items() if name not in (*IDS, "at")}
    ids = {name: str(fact.said[name]) for name in IDS if fact.said.get(name)}
    if fact.matter_id is not None:
        ids["matter_id"] = fact.matter_id
    return RowTold(
        thing=fact.thing,
        at=fact.at.isoformat() if fact.at else "",
        said=said,
        labels=list(fact.counted.labels if fact.counted else ()),
        msg_id=fact.msg_id,
        told_at=max(fact.stamps.values(), default="").partition(" ")[0],
        **ids,
    )


def risk_told(risk: Risk, rules: RiskRules, now: datetime) -> RiskTold:
    """A client who may leave, with every reason that counts now."""
    reasons = [
        ReasonTold(
            reason=reason,
            since=signal.began_at.isoformat() if signal.began_at else "",
            matter_id=signal.matter_id,
            msg_id=signal.msg_id,
        )
        for reason, signal in active(risk, rules, now)
    ]
    since = risk.raised_at.isoformat() if risk.raised_at else ""
    return RiskTold(client_id=risk.client_id, since=since, reasons=reasons)


def cause_told(cause: Cause) -> CauseTold:
    """A cause with what partners decided about it."""
    decided = [
        DecidedTold(
            decision=each.decision,
            by=each.by,
            at=each.at.isoformat(),
            reason=cause.reasons.get(each.pattern_id, ""),
        )
        for each in cause.decided
    ]
    return CauseTold(
        cause_code=cause.cause_code,
        concerns=len(cause.closings),
        waits=cause.open_pattern is not None,
        decided=decided,
    )


def learning_told(learning: Learning, *, in_words: bool = False) -> LearningTold:
    """What is to be learned; its words stay in the task, but for the record of all of it."""
    done = learning.completed_at
    return LearningTold(
        cause_code=learning.cause_code,
        due_at=learning.due_at.isoformat(),
        staff_id=learning.staff_id,
        team=learning.team,
        completed_at=done.isoformat() if done else None,
        assigned_at=learning.assigned_at.isoformat(),
        assigned_by=learning.assigned_by,
        what=(learning.what or "") if in_words else "",
        note=(learning.note or "") if in_words else "",
    )


def _told(figures: Iterable[Compared]) -> list[FigureTold]:
    return [figure_told(each) for each in figures]


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
