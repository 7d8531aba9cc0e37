"""Once a client's working records are cleared: do the figures stay, and does nothing come back?"""

from datetime import UTC, datetime, timedelta
from functools import partial

from services.feedback.domain.tally import tallied
from services.feedback.ports import FACTS, TALLIES
from services.feedback.records import RECORDS
from shared.contracts.base import EventData
from shared.contracts.envelope import Cause
from shared.contracts.feedback import FeedbackRequested, FeedbackSubmitted
from shared.contracts.firm import DocumentReceived, MatterOpened
from shared.contracts.handovers import HandoverCompleted
from shared.contracts.promises import DocumentAcknowledged
from shared.people import End
from tests.fakes.memory import MemoryService
from tests.feedback.office import new_office

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOLD: list[EventData] = [
    MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s-1"),
    DocumentReceived(request_id="r-1", client_id="c-1"),
    DocumentAcknowledged(request_id="r-1", client_id="c-1", at=MONDAY + timedelta(hours=3)),
    FeedbackRequested(survey_id="s-1", client_id="c-1", matter_id="m-1", stage="closing"),
    FeedbackSubmitted(survey_id="s-1", client_id="c-1", matter_id="m-1", score=9,
                      has_comment=False),
]  # fmt: skip
LATER = MONDAY + timedelta(days=400)


def hear(office: MemoryService) -> None:
    for number, data in enumerate(TOLD):
        office.hear(data, id=f"e-{number}", time=MONDAY + timedelta(minutes=number))


def clear(office: MemoryService, until: datetime) -> int:
    """What the engine does once it has heard that the records ended."""
    end = End(client_id="c-1", until=until, at=LATER, correlation_id="k-1")
    cause = Cause("urn:test", f"clear-{until}", "records", "k-1", None, LATER)
    return sum(
        office.act(partial(cleared.clear, key, end), partial(cleared.needs, key), cause)
        for cleared in RECORDS.cleared
        for key in [cleared.kind.key(each) for each in office.all(cleared.kind)]
    )


def counts(office: MemoryService) -> dict[str, dict[str, int]]:
    return {each.tally_id: dict(each.counts) for each in office.all(TALLIES)}


def told() -> MemoryService:
    office = new_office()
    hear(office)
    return office


def test_a_cleared_fact_names_nobody_and_counts_as_it_did() -> None:
    office, before = told(), counts(told())
    assert clear(office, LATER) == len(office.all(FACTS)) > 3
    assert counts(office) == before
    kept = repr(office.all(FACTS))
    assert "c-1" not in kept
    assert "matter_id='m-1'" not in kept


def test_what_is_told_again_after_that_counts_once() -> None:
    office, before = told(), counts(told())
    clear(office, LATER)
    for number, data in enumerate(TOLD):
        office.hear(data, id=f"again-{number}", time=LATER + timedelta(minutes=number))
    assert counts(office) == before


def test_a_matter_that_changes_hands_takes_no_cleared_count_along() -> None:
    office, before = told(), counts(told())
    clear(office, LATER)
    office.hear(
        HandoverCompleted(matter_id="m-1", client_id="c-1", to="s-2", at=MONDAY),
        id="e-late", time=MONDAY + timedelta(minutes=1),
    )  # fmt: skip
    assert counts(office) == before


def test_what_is_younger_stays_whole() -> None:
    office = told()
    facts = office.all(FACTS)
    assert clear(office, MONDAY - timedelta(days=1)) == 0
    assert office.all(FACTS) == facts


def test_figures_made_anew_from_what_is_kept_are_the_same() -> None:
    office, before = told(), counts(told())
    clear(office, LATER)
    assert {key: dict(each.counts) for key, each in tallied(office.all(FACTS)).items()} == before
