"""Three months of a firm, heard by feedback and by the desk: from January on it keeps less."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.contracts.base import EventData
from shared.contracts.commitments import CommitmentMade, CommitmentMet, CommitmentMissed
from shared.contracts.concerns import ConcernClosed
from shared.contracts.feedback import FeedbackSubmitted
from shared.contracts.firm import InquiryReceived, MatterOpened, ReviewReceived
from shared.contracts.intake import InquiryMoved
from shared.contracts.promises import CallRequested, CallReturned
from shared.contracts.reminders import ContactGapDetected, ReviewAskDue
from shared.contracts.reputation import ReviewRequested
from shared.contracts.tasks import About
from tests.browser.desk_day import DeskSite
from tests.desk.facts import NOON
from tests.desk.reports_over_memory import MemoryReports

MONTHS = (NOON - timedelta(days=60), NOON - timedelta(days=30), NOON)
MISSED = (0, 1, 3)  # calls nobody returned, of four a month
NOT_CALLED = "c-1003"
PLACES = (
    "/reports", "/reports?months=1", "/reports/risks", "/reports/commitments",
    "/reports/commitments?months=12", "/reports/commitments/rows?figure=missed%7Creturn-call",
    "/reports/commitments?scope=owner%3Aleo", "/reports/satisfaction", "/reports/inquiries",
    "/reports/responses", "/reports/reviews", "/reports/concerns", "/reports/automation",
    "/reports/asks", "/reports/overdue", "/reports/invited", "/reports/learning",
    "/reports/workload",
)  # fmt: skip


def bring_months(site: DeskSite) -> MemoryReports:
    """Everything that is counted happens, and the desk asks feedback itself."""
    reports = MemoryReports()
    reports.office.now = NOON
    memory = site.behind.memory
    context = site.behind.web.state.context
    site.behind.web.state.context = replace(context, desk=replace(context.desk, reports=reports))
    for number, (data, at) in enumerate(_all()):
        for office in (reports.office, memory.office):
            office.hear(data, id=f"months-{number}", time=at)
    return reports


def _all() -> list[tuple[EventData, datetime]]:
    told: list[tuple[EventData, datetime]] = [
        (MatterOpened(matter_id="m-1", client_id="c-1001", practice_area="tenancy",
                      owner_id="leo"), MONTHS[0]),
        (ContactGapDetected(client_id=NOT_CALLED, matter_id="m-2", days=30), NOON),
    ]  # fmt: skip
    for month, (at, missed) in enumerate(zip(MONTHS, MISSED, strict=True)):
        for call in range(4):
            told += _call(f"call-{month}-{call}", at, kept=call >= missed)
        for survey, score in enumerate((9, 10, 9, 8 - 3 * month, 4)):
            told.append((_answer(f"s-{month}-{survey}", score), at))
        told += [(_asked(f"q-{month}"), at), (_review(f"r-{month}", 5 - month), at)]
        told += _inquiry(f"i-m{month}", at)
        told.append((_concern(month, at), at))
    return told


def _call(id: str, at: datetime, *, kept: bool) -> list[tuple[EventData, datetime]]:
    client = "c-1001" if kept else NOT_CALLED
    said: dict[str, Any] = {
        "commitment_id": f"k-{id}", "standard": "return-call", "source": "The firm",
        "edition": "2026-11", "about": About(client_id=client, call_id=id, matter_id="m-1"),
        "made_at": at - timedelta(days=1), "due_at": at - timedelta(minutes=5),
        "rule_id": "return-call", "rule_version": 1, "owner_id": "leo",
    }  # fmt: skip
    end = CommitmentMet if kept else CommitmentMissed
    told: list[tuple[EventData, datetime]] = [
        (CallRequested(call_id=id, client_id=client, purpose="their matter",
                       at=at - timedelta(days=1)), at - timedelta(days=1)),
        (CommitmentMade(at=at - timedelta(days=1), **said), at - timedelta(days=1)),
        (end(at=at - timedelta(minutes=5), **said), at - timedelta(minutes=5)),
    ]  # fmt: skip
    if kept:
        told.append((CallReturned(call_id=id, client_id=client, reached=True, at=at), at))
    return told


def _answer(id: str, score: int) -> FeedbackSubmitted:
    return FeedbackSubmitted(
        survey_id=id, client_id="c-1001", matter_id="m-1", score=score, satisfaction=4,
        has_comment=False,
    )  # fmt: skip


def _asked(id: str) -> EventData:
    if id.endswith("0"):
        return ReviewAskDue(client_id="c-1001", matter_id="m-1")
    return ReviewRequested(request_id=id, client_id="c-1001", matter_id="m-1", site="maps")


def _review(id: str, stars: int) -> ReviewReceived:
    return ReviewReceived(review_id=id, site="maps", stars=stars, posted_at=NOON)


def _inquiry(id: str, at: datetime) -> list[tuple[EventData, datetime]]:
    asked = InquiryReceived(
        inquiry_id=id, name="Nora Beck", channel="web", timezone="Europe/London", locale="en"
    )
    moved = InquiryMoved(inquiry_id=id, phase="engaged", version=3, at=at)
    return [(asked, at), (moved, at + timedelta(minutes=1))]


def _concern(number: int, at: datetime) -> ConcernClosed:
    return ConcernClosed(
        concern_id=f"n-{number}", kind="complaint", client_id=NOT_CALLED, outcome="explained",
        cause_code="not-called-back", confirmed=True, at=at,
    )  # fmt: skip
