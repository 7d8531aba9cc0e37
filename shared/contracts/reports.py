"""What may the desk ask feedback of what all of it adds up to, and what is it told?

``report`` tells the figures of one measure over some months and the same months before;
``overview`` those of every measure; ``rows`` the things behind a figure; ``risks`` which clients
may leave and why; ``causes`` what concerns came from and what was learned. Ids, codes and numbers;
the one exception are the reasons partners gave for what they decided.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked

MOST_MONTHS, MOST_LABELS = 36, 400


class ReportAsked(Asked):
    """One question; what it does not need is left out."""

    ask: Literal["report", "overview", "rows", "risks", "causes", "learning"]
    report: str = ""  # the measure: inquiries, commitments, satisfaction …
    until: str | None = None  # the last month, as 2026-11; else this one
    months: int = Field(default=3, ge=1, le=MOST_MONTHS)
    scope: str = "firm"  # or area:<area>, owner:<staff id>, stage:<stage>
    labels: tuple[str, ...] = Field(default=(), max_length=MOST_LABELS)  # rows: only these
    after: str | None = None  # rows: where the page before ended


class FigureTold(Answer):
    """A figure over ``n`` things; None where there is nothing to reckon it from, or too few."""

    name: str
    group: str
    unit: Literal["percent", "score", "hours", "count"]
    value: float | None
    n: int
    low: float | None = None  # of its 95-percent interval
    high: float | None = None
    labels: list[str] = Field(default_factory=list)  # of the things behind it
    before: float | None = None  # in as many months before
    n_before: int | None = None
    too_few: bool = False  # there are some, but fewer than the firm shows of one person or area


class MonthTold(Answer):
    """The figures of one month."""

    month: str
    figures: list[FigureTold]


class ScopeTold(Answer):
    """The figures of an area, a lawyer or a stage over the whole time."""

    scope: str
    figures: list[FigureTold]


class ReportTold(Answer):
    """One report."""

    report: str
    scope: str
    since: str  # the first month
    until: str
    figures: list[FigureTold]
    months: list[MonthTold]
    scopes: list[ScopeTold]
    fewest: int  # of how many answers a lawyer, area or stage is shown
    alike: bool | None = None  # asks: whether every band is asked alike; None: too few to say


class OverviewTold(Answer):
    """Every report of the firm, without months and scopes."""

    since: str
    until: str
    reports: list[ReportTold]
    at_risk: int


class RowTold(Answer):
    """One thing that was counted, and where it leads."""

    thing: str
    at: str  # ISO 8601
    said: dict[str, str]
    labels: list[str]
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    task_id: str | None = None
    msg_id: str = ""  # of the event it goes back to, by which a timeline leads there
    told_at: str = ""  # when that was said (ISO 8601): where on a long timeline it stands


class RowsTold(Answer):
    """Things behind a figure, the latest first; ``next``: where more begin."""

    rows: list[RowTold]
    next: str | None = None


class ReasonTold(Answer):
    """One thing that worries about a client, and since when (ISO 8601)."""

    reason: str
    since: str
    matter_id: str | None = None
    msg_id: str = ""  # of the event it goes back to, by which a timeline leads there


class RiskTold(Answer):
    """A client who may leave."""

    client_id: str
    since: str
    reasons: list[ReasonTold]


class RisksTold(Answer):
    """Every client who may leave, the latest first; ``cut``: there are more."""

    risks: list[RiskTold]
    cut: bool = False


class DecidedTold(Answer):
    """What a partner decided about a cause, and why."""

    decision: str
    by: str
    at: str
    reason: str


class CauseTold(Answer):
    """A cause of concerns, and whether a decision about it is waited for."""

    cause_code: str
    concerns: int
    waits: bool
    decided: list[DecidedTold]


class LearningTold(Answer):
    """What somebody, or a team, is to learn, or has."""

    cause_code: str
    due_at: str
    staff_id: str | None = None
    team: str | None = None
    completed_at: str | None = None
    assigned_at: str = ""
    assigned_by: str = ""
    what: str = ""  # in the partner's words; this and the next where the whole record is asked for
    note: str = ""  # what they do otherwise since, in their own


class LearningsTold(Answer):
    """What was given to learn, or learned, in these months, the latest first."""

    since: str
    until: str
    learnings: list[LearningTold]
    cut: bool = False  # there are more


class CausesTold(Answer):
    """What concerns came from, and what was learned."""

    causes: list[CauseTold]
    learnings: list[LearningTold]
