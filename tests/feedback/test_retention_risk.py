"""When is a client said to be at risk, with which reasons, and when not any more?"""

from datetime import timedelta
from functools import partial
from itertools import permutations
from typing import cast

from services.feedback.domain.concern import recovery_id_for
from services.feedback.listeners import worries
from services.feedback.ops import end_risks
from services.feedback.ports import RISKS
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow.worrying import needs_of_risk
from shared.contracts.base import EventData
from shared.contracts.commitments import CommitmentMissed
from shared.contracts.feedback import FeedbackSubmitted, ServiceRecoveryResolved
from shared.contracts.firm import ClientContactLogged, MatterClosed
from shared.contracts.reminders import ContactGapDetected
from shared.contracts.reports import OverviewTold, ReportAsked, RisksTold
from shared.contracts.scorecards import RetentionRiskCleared, RetentionRiskRaised
from shared.contracts.tasks import About
from shared.engine.runtime import Runtime
from tests.desk.facts import PAT
from tests.desk.reports_over_memory import MemoryReportBook, MemoryReports
from tests.fakes.memory import START, MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.feedback.office import new_office

GAP = ContactGapDetected(client_id="c-1", matter_id="m-1", days=30)


def answered(score: int, revision: int = 1, survey_id: str = "s-1") -> FeedbackSubmitted:
    return FeedbackSubmitted(
        survey_id=survey_id, client_id="c-1", matter_id="m-1", score=score, has_comment=False,
        revision=revision,
    )  # fmt: skip


def spoken(minutes: int, matter_id: str | None = None, direction: str = "out") -> EventData:
    return ClientContactLogged.model_validate(
        {"client_id": "c-1", "matter_id": matter_id, "direction": direction, "channel": "phone",
         "at": START + timedelta(minutes=minutes)}
    )  # fmt: skip


def missed() -> CommitmentMissed:
    return CommitmentMissed(
        commitment_id="k-1", standard="return-call", source="The firm", edition="1",
        about=About(client_id="c-1"), made_at=START, due_at=START, at=START, rule_id="return-call",
        rule_version=1,
    )  # fmt: skip


def hear(office: MemoryService, *told: EventData) -> None:
    for minutes, data in enumerate(told, start=1):
        office.now = START + timedelta(minutes=minutes)
        office.hear(data, time=office.now)


def raised(office: MemoryService) -> list[tuple[str, ...]]:
    return [each.reasons for each in office.announced_of(RetentionRiskRaised)]


def cleared(office: MemoryService) -> list[tuple[str, ...]]:
    return [each.reasons for each in office.announced_of(RetentionRiskCleared)]


def test_a_silence_and_an_unhappy_answer_are_one_risk_with_both_reasons() -> None:
    office = new_office()
    hear(office, GAP, answered(5))
    assert raised(office) == [("low-score", "no-contact")]


def test_a_further_silence_says_nothing_more() -> None:
    office = new_office()
    hear(office, GAP, answered(5), GAP)
    assert len(raised(office)) == 1


def test_one_reason_alone_is_no_risk() -> None:
    office = new_office()
    hear(office, GAP, GAP)
    assert raised(office) == []


def test_another_reason_that_joins_is_said_with_all_of_them() -> None:
    office = new_office()
    hear(office, GAP, answered(5), missed())
    assert raised(office)[-1] == ("commitment-missed", "low-score", "no-contact")


def test_whoever_speaks_with_the_client_clears_the_silence() -> None:
    office = new_office()
    hear(office, GAP, answered(5), spoken(3))
    assert cleared(office) == [("low-score",)]


def test_what_the_client_sends_and_nobody_answers_clears_nothing() -> None:
    office = new_office()
    hear(office, GAP, answered(5), spoken(3, direction="in"))
    assert cleared(office) == []


def test_a_talk_about_another_matter_leaves_the_silence_of_this_one() -> None:
    office = new_office()
    hear(office, GAP, answered(5), spoken(3, matter_id="m-2"))
    assert cleared(office) == []


def test_a_recovery_of_which_the_client_was_told_clears_the_unhappy_answer() -> None:
    office = new_office()
    told = ServiceRecoveryResolved(
        recovery_id=recovery_id_for("s-1"), client_id="c-1", outcome="apologised", client_told=True
    )
    hear(office, GAP, answered(5), told)
    assert cleared(office) == [("no-contact",)]


def test_a_recovery_of_which_nobody_told_the_client_clears_nothing() -> None:
    office = new_office()
    told = ServiceRecoveryResolved(
        recovery_id=recovery_id_for("s-1"), client_id="c-1", outcome="client-unreachable",
        client_told=False,
    )  # fmt: skip
    hear(office, GAP, answered(5), told)
    assert cleared(office) == []


def test_what_was_missed_counts_for_three_months() -> None:
    office = new_office()
    hear(office, GAP, missed())
    office.now = START + timedelta(days=91)
    office.hear(ContactGapDetected(client_id="c-1", matter_id="m-2", days=30))
    assert cleared(office) == [("no-contact",)]


def test_what_became_old_ends_the_risk_though_nothing_more_is_heard() -> None:
    office = new_office()
    hear(office, GAP, missed())
    worry = worries(FeedbackSettings())
    for days, news in ((89, False), (91, True), (92, False)):
        office.now = START + timedelta(days=days)
        assert office.ask(partial(worry.look_again, "c-1"), partial(needs_of_risk, "c-1")) is news
    assert cleared(office) == [("no-contact",)]
    risk = office.get(RISKS, "c-1")
    assert risk is not None
    assert (risk.raised, risk.raised_at) == ((), None)


async def test_a_client_of_whom_all_became_old_is_neither_listed_nor_counted() -> None:
    reports = MemoryReports()
    hear(reports.office, GAP, missed())
    for days, n in ((89, 1), (91, 0)):
        reports.office.now = START + timedelta(days=days)
        listed = await reports.risks(PAT)
        counted = await reports.overview(ReportAsked(ask="overview", months=1), PAT)
        assert isinstance(listed, RisksTold)
        assert isinstance(counted, OverviewTold)
        assert (len(listed.risks), counted.at_risk) == (n, n)


async def test_now_and_then_everybody_who_was_at_risk_is_looked_at_again() -> None:
    office = new_office()
    hear(office, GAP, missed())
    office.now = START + timedelta(days=91)
    runtime, book = cast("Runtime", MemoryRuntime(office)), MemoryReportBook(office)
    found = [await end_risks(runtime, book, worries(FeedbackSettings())) for _ in range(2)]
    assert (found, cleared(office)) == ([1, 0], [("no-contact",)])


def test_of_a_matter_that_is_closed_nobody_is_kept_waiting_for_a_word() -> None:
    told = [GAP, answered(5), MatterClosed(matter_id="m-1", client_id="c-1", closed_at=START)]
    for order in permutations(range(len(told))):
        office = new_office()
        office.now = START + timedelta(hours=1)
        for number in order:
            office.hear(told[number], time=START + timedelta(minutes=number + 1))
        risk = office.get(RISKS, "c-1")
        assert risk is not None
        assert risk.raised == ()


def test_any_order_ends_in_the_same_risk() -> None:
    told = [GAP, answered(5), answered(9, revision=2), spoken(4), missed()]
    ends = set()
    for order in permutations(range(len(told))):
        office = new_office()
        office.now = START + timedelta(hours=1)
        for number in order:
            office.hear(told[number], id=f"e-{number}", time=START + timedelta(minutes=number + 1))
        risk = office.get(RISKS, "c-1")
        assert risk is not None
        ends.add((tuple(sorted(risk.signals.items())), risk.raised).__repr__())
    assert len(ends) == 1


def test_an_imported_past_raises_no_risk() -> None:
    office = new_office()
    office.hear(GAP, history=True)
    office.hear(answered(5), history=True)
    assert raised(office) == []
