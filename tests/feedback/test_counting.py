"""Do the figures follow what is told, late, twice and in any order; the same when made anew?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.feedback.domain.figures import Figure, figures_of
from services.feedback.domain.tally import tallied, tally_id_of
from services.feedback.ports import FACTS, MATTERS, TALLIES
from shared.contracts.base import EventData
from shared.contracts.commitments import CommitmentMade, CommitmentMet, CommitmentMissed
from shared.contracts.feedback import FeedbackRequested, FeedbackSubmitted
from shared.contracts.firm import (
    DocumentReceived,
    InquiryReceived,
    MatterOpened,
    ReviewReceived,
    ReviewRemoved,
)
from shared.contracts.intake import InquiryMoved
from shared.contracts.promises import DocumentAcknowledged, InquiryAnswered
from shared.contracts.reminders import ContactSuppressed, Gate, ReviewAskDue, Why
from shared.contracts.reputation import ReviewRequested, ReviewResponsePublished
from shared.contracts.tasks import About, TaskEscalated
from tests.fakes.memory import MemoryService
from tests.feedback.office import new_office

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # ten in the morning at the firm
APRIL = datetime(2026, 4, 1, 9, tzinfo=UTC)

Owed = CommitmentMade | CommitmentMet | CommitmentMissed


def owed(kind: type[Owed], number: int, at: datetime = MONDAY) -> EventData:
    return kind(
        commitment_id=f"k-{number}", standard="return-call", source="The firm", edition="1",
        about=About(client_id="c-1", matter_id="m-1"), made_at=MONDAY, due_at=at, at=at,
        rule_id="return-call", rule_version=1,
    )  # fmt: skip


def survey(score: int, number: int = 1, revision: int = 1) -> FeedbackSubmitted:
    return FeedbackSubmitted(
        survey_id=f"s-{number}", client_id="c-1", matter_id="m-1", score=score, satisfaction=4,
        has_comment=False, revision=revision,
    )  # fmt: skip


def opened(owner_id: str, area: str = "tenancy") -> MatterOpened:
    return MatterOpened(matter_id="m-1", client_id="c-1", practice_area=area, owner_id=owner_id)


def figures(
    office: MemoryService, measure: str, scope: str = "firm", month: str = "2026-03"
) -> dict[str, Figure]:
    tally = office.get(TALLIES, tally_id_of(measure, month, scope))
    found = figures_of(measure, tally.counts if tally else {})
    return {f"{each.name}/{each.group}": each for each in found}


def value(office: MemoryService, measure: str, figure: str, scope: str = "firm") -> float | None:
    found = figures(office, measure, scope).get(figure)
    return None if found is None or found.value is None else round(float(found.value), 2)


def test_a_late_acknowledgement_moves_the_months_figure_by_one() -> None:
    office = new_office()
    office.hear(DocumentReceived(request_id="d-1", client_id="c-1"), time=MONDAY)
    office.hear(DocumentReceived(request_id="d-2", client_id="c-1"), time=MONDAY)
    assert value(office, "responses", "waiting/document") == 2
    office.now = APRIL
    late = DocumentAcknowledged(request_id="d-1", client_id="c-1", at=MONDAY + timedelta(hours=3))
    office.hear(late, time=APRIL)
    assert value(office, "responses", "waiting/document") == 1
    assert value(office, "responses", "took/document") == 3.0


def test_what_is_kept_and_missed_counts_by_its_standard() -> None:
    office = new_office()
    for number, kind in ((1, CommitmentMet), (2, CommitmentMet), (3, CommitmentMissed)):
        office.hear(owed(CommitmentMade, number))
        office.hear(owed(kind, number))
    assert value(office, "commitments", "kept/return-call") == 66.67
    assert value(office, "commitments", "missed/all") == 1


def test_an_answer_that_is_changed_stays_in_its_month_and_counts_once() -> None:
    office = new_office()
    office.hear(survey(3), time=MONDAY)
    office.hear(survey(10, revision=2), time=APRIL)
    assert figures(office, "satisfaction")["nps/all"].n == 1
    assert value(office, "satisfaction", "nps/all") == 100
    assert figures(office, "satisfaction", month="2026-04")["nps/all"].n == 0


def test_an_answer_counts_for_the_stage_the_area_and_whoever_had_the_matter_then() -> None:
    office = new_office()
    office.hear(survey(9), time=MONDAY + timedelta(days=3))
    office.hear(FeedbackRequested(survey_id="s-1", client_id="c-1", matter_id="m-1",
                                  stage="closing"), time=MONDAY)  # fmt: skip
    office.hear(opened("s-then"), time=MONDAY)
    office.hear(opened("s-later"), time=APRIL)
    for scope in ("area:tenancy", "owner:s-then", "stage:closing"):
        assert figures(office, "satisfaction", scope)["nps/all"].n == 1, scope
    assert figures(office, "satisfaction", "owner:s-later")["nps/all"].n == 0


def test_an_inquiry_counts_where_it_stands_now() -> None:
    office = new_office()
    office.hear(
        InquiryReceived(inquiry_id="i-1", name="A", channel="web", timezone="Europe/Berlin",
                        locale="de-DE", referral="search"),
        time=MONDAY,
    )  # fmt: skip
    office.hear(InquiryAnswered(inquiry_id="i-1", at=MONDAY + timedelta(hours=2)))
    office.hear(InquiryMoved(inquiry_id="i-1", phase="engaged", version=4, at=APRIL), time=APRIL)
    assert value(office, "inquiries", "engaged/search") == 100
    assert value(office, "inquiries", "first-answer/took") == 2.0


def test_the_hours_in_which_nobody_is_at_work_are_no_waiting() -> None:
    office = new_office()
    friday, monday = datetime(2026, 3, 6, 16, tzinfo=UTC), datetime(2026, 3, 9, 9, tzinfo=UTC)
    office.hear(DocumentReceived(request_id="d-1", client_id="c-1"), time=friday)
    office.hear(DocumentAcknowledged(request_id="d-1", client_id="c-1", at=monday))
    assert value(office, "responses", "took/document") == 2.0  # to six on Friday, from nine


def test_a_review_that_was_removed_counts_no_more() -> None:
    office = new_office()
    for number, stars in ((1, 5), (2, 2)):
        office.hear(ReviewReceived(review_id=f"r-{number}", site="maps", stars=stars,
                                   posted_at=MONDAY))  # fmt: skip
    office.hear(ReviewResponsePublished(response_id="x", review_id="r-1", text_hash="a" * 64,
                                        site="maps"))  # fmt: skip
    assert value(office, "reviews", "stars/maps") == 3.5
    assert value(office, "reviews", "replied/all") == 50
    office.hear(ReviewRemoved(review_id="r-2", site="maps"))
    assert value(office, "reviews", "stars/maps") == 5


def test_what_was_held_back_counts_by_its_gate() -> None:
    office = new_office()
    office.hear(
        ContactSuppressed(
            contact_id="k", occurrence_id="o", client_id="c-1", rule_id="r", rule_version=1,
            purpose="closing", due_at=MONDAY, at=MONDAY, reason="no-consent",
            gates=(Gate(gate="window", verdict="pass"), Gate(gate="consent", verdict="stop")),
            why=Why(event_id="e", text="Why."),
        )
    )  # fmt: skip
    assert value(office, "automation", "held-back/consent") == 1


def test_who_was_asked_for_a_review_is_told_by_what_they_had_answered() -> None:
    office = new_office()
    office.hear(ReviewAskDue(client_id="c-1", matter_id="m-1"), time=MONDAY)
    office.hear(survey(2))
    assert value(office, "asks", "asked/detractor") == 0
    office.hear(ReviewRequested(request_id="q", client_id="c-1", matter_id="m-1", site="maps"))
    assert value(office, "asks", "asked/detractor") == 100


def test_a_task_nobody_did_in_time_counts_for_whose_matter_it_is() -> None:
    office = new_office()
    office.hear(opened("s-1"), time=MONDAY)
    about = About(client_id="c-1", matter_id="m-1")
    late = TaskEscalated(
        task_id="t-1", kind="call-client", service="reminders", version=1, about=about, at=MONDAY
    )  # fmt: skip
    office.hear(late)
    assert value(office, "overdue", "late/call-client", "owner:s-1") == 1


STORY: list[tuple[EventData, datetime]] = [
    (opened("s-1"), MONDAY),
    (owed(CommitmentMade, 1), MONDAY),
    (owed(CommitmentMade, 1, APRIL), MONDAY + timedelta(hours=1)),
    (owed(CommitmentMissed, 1, APRIL), APRIL),
    (FeedbackRequested(survey_id="s-1", client_id="c-1", matter_id="m-1", stage="closing"),
     MONDAY),
    (survey(3), MONDAY + timedelta(days=1)),
    (survey(9, revision=2), MONDAY + timedelta(days=1, hours=1)),
    (ReviewAskDue(client_id="c-1", matter_id="m-1"), MONDAY),
    (ReviewRequested(request_id="q", client_id="c-1", matter_id="m-1", site="maps"), MONDAY),
    (DocumentReceived(request_id="d-1", client_id="c-1"), MONDAY),
    (DocumentAcknowledged(request_id="d-1", client_id="c-1", at=APRIL), APRIL),
    (opened("s-2", "labour"), APRIL),
]  # fmt: skip
numbered = list(enumerate(STORY))


def counted(order: list[tuple[int, tuple[EventData, datetime]]]) -> MemoryService:
    office = new_office()
    office.now = APRIL
    for number, (data, time) in order:
        office.hear(data, id=f"e-{number}", time=time)
    return office


def counts(office: MemoryService) -> dict[str, dict[str, int]]:
    """The counts of every tally that has any."""
    return {each.tally_id: dict(each.counts) for each in office.all(TALLIES) if each.counts}


@settings(max_examples=60)
@given(st.permutations(numbered))
def test_any_order_ends_in_the_same_figures(
    order: list[tuple[int, tuple[EventData, datetime]]],
) -> None:
    assert counts(counted(order)) == counts(counted(numbered))


@settings(max_examples=30)
@given(st.permutations(numbered))
def test_figures_made_anew_from_the_facts_are_the_same(
    order: list[tuple[int, tuple[EventData, datetime]]],
) -> None:
    office = counted(order)
    anew = tallied(office.all(FACTS))
    assert {key: dict(each.counts) for key, each in anew.items()} == counts(office)


def test_each_location_of_googles_is_counted_for_itself() -> None:
    office = new_office()
    for number in (2, 3):
        where = f"accounts/1/locations/{number}"
        office.hear(ReviewReceived(review_id=f"{where}/reviews/r", site="google", stars=number,
                                   posted_at=MONDAY, location_id=where))  # fmt: skip
    kept = repr([office.all(each) for each in (FACTS, TALLIES)])
    assert "google/accounts/1/locations/2|2" in kept
    assert "google/accounts/1/locations/3|3" in kept


NAMING = "Quackenbos, who told a friend"


@pytest.mark.parametrize(
    "told",
    [
        ReviewReceived(review_id="r-1", site=NAMING, stars=1, posted_at=MONDAY, location_id=NAMING),
        InquiryReceived(inquiry_id="i-1", name="N", email="n@example.com", channel=NAMING,
                        referral=NAMING, practice_area=NAMING, timezone="Europe/Berlin",
                        locale="de-DE"),
        opened("s-1", area=NAMING),
    ],
    ids=lambda told: told.TYPE,
)  # fmt: skip
def test_words_that_could_name_somebody_are_counted_as_another(told: Any) -> None:
    office = new_office()
    office.hear(told)
    kept = repr([office.all(each) for each in (FACTS, TALLIES, MATTERS)])
    assert "Quackenbos" not in kept
    assert "other" in kept
