"""Does every way onto a review site keep the same promises?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.reputation.domain.response import Response
from services.reputation.gateways.sites import ByHand, Sites
from services.reputation.ports import ReviewSite
from services.reputation.settings import ReputationSettings
from shared.state.unit_of_work import UnitOfWork
from tests.fakes.memory import MemoryService
from tests.reputation.office import approve, new_office, review, the_response

TIMES = ReputationSettings().reply_times()


class RecordingSite:
    """A site that takes whatever it is given, and remembers it."""

    def __init__(self) -> None:
        self.published: list[tuple[str, str]] = []

    def publish(self, approved: Response, unit: UnitOfWork) -> Response:
        """Take it."""
        del unit
        self.published.append((approved.review_id, approved.text))
        return replace(approved, task_id="none")


def approved_on(site: ReviewSite) -> MemoryService:
    office = new_office(Sites(TIMES, {"google": site}))
    office.hear(review())
    approve(office)
    return office


@pytest.mark.parametrize("site", [ByHand(TIMES), RecordingSite()], ids=["by hand", "recording"])
def test_the_approved_text_is_kept_as_it_was_approved(site: ReviewSite) -> None:
    response = the_response(approved_on(site))
    assert response.approval is not None
    assert (response.state, response.approval.revision) == ("approved", 1)


@pytest.mark.parametrize("site", [ByHand(TIMES), RecordingSite()], ids=["by hand", "recording"])
def test_beginning_to_publish_does_not_say_that_it_is_published(site: ReviewSite) -> None:
    office = approved_on(site)
    assert not [e for e in office.announced if e.type == "review-response-published"]


def test_by_hand_asks_a_person() -> None:
    assert len(approved_on(ByHand(TIMES)).tasks("review-posting")) == 1


def test_a_site_s_own_adapter_is_used() -> None:
    site = RecordingSite()
    office = approved_on(site)
    assert site.published == [("rv-1", the_response(office).text)]


def test_a_site_without_an_adapter_is_posted_by_hand() -> None:
    assert isinstance(Sites(TIMES).of("anywhere"), ByHand)


def test_the_task_to_post_is_not_born_overdue() -> None:
    office = approved_on(ByHand(TIMES))
    (posting,) = office.tasks("review-posting")
    assert posting.due_at - office.now >= timedelta(days=1)
