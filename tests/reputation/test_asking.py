"""Is every client asked for a review once per matter, ungated?"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.reputation.domain.ask import ask_id_for
from services.reputation.links import review_link
from services.reputation.ports import ASKS
from services.reputation.settings import ReputationSettings
from services.reputation.workflow import asking
from shared.contracts.envelope import Event
from shared.contracts.reminders import ReviewAskDue
from shared.contracts.reputation import ReviewRequested
from shared.errors import RuleError, TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from tests.reputation.office import SITE, heard_office, new_office

DUE = ReviewAskDue(client_id="c-1", matter_id="m-1")


def test_a_due_ask_is_announced() -> None:
    office = new_office()
    office.hear(DUE)
    assert office.announced_of(ReviewRequested) == [
        ReviewRequested(
            request_id=ask_id_for("m-1"), client_id="c-1", matter_id="m-1", site="google"
        )
    ]


def test_one_matter_is_asked_about_once() -> None:
    office = new_office()
    office.hear(DUE, id="one")
    office.hear(DUE, id="two")
    assert len(office.announced_of(ReviewRequested)) == 1


def test_an_import_of_the_past_asks_nobody() -> None:
    office = new_office()
    office.hear(DUE, history=True)
    assert office.announced == []


@given(stars=st.integers(1, 5), known=st.booleans())
def test_no_review_changes_who_is_asked_where_or_whether(stars: int, known: bool) -> None:
    office = heard_office(stars=stars) if known else new_office()
    office.hear(DUE)
    (said,) = office.announced_of(ReviewRequested)
    assert (said.client_id, said.site) == ("c-1", "google")


def test_the_step_can_read_nothing_but_earlier_asks() -> None:
    event: Event[ReviewAskDue] = Event(
        id="e", source="s", type=DUE.TYPE, version=1, time=new_office().now, subject="c-1",
        data=DUE, correlation_id="e", causation_id=None, traceparent=None,
    )  # fmt: skip
    needs: Iterable[Need] = asking.needs_of_asking(event, UnitOfWork("reputation", event.time))
    assert [need.kind for need in needs] == [ASKS]


def test_the_asking_code_imports_nothing_about_reviews_or_replies() -> None:
    text = Path(asking.__file__).read_text(encoding="utf-8")
    for word in ("REVIEWS", "RESPONSES", "domain.review ", "domain.response", "score"):
        assert word not in text


def test_the_link_leads_everybody_to_the_same_page() -> None:
    office = new_office()
    office.hear(DUE)
    office.hear(ReviewAskDue(client_id="c-2", matter_id="m-2"))
    links = set()
    for ask in office.all(ASKS):
        unit = UnitOfWork("reputation", office.now)
        unit.load(ASKS, ask.ask_id, ask, 1)
        links.add(review_link(SITE).url(ask.ask_id, unit))
    assert links == {SITE.page_url}


def test_as_long_as_the_page_is_a_sample_no_client_is_led_there() -> None:
    office = new_office()
    office.hear(DUE)
    (ask,) = office.all(ASKS)
    unit = UnitOfWork("reputation", office.now)
    unit.load(ASKS, ask.ask_id, ask, 1)
    with pytest.raises(TemporaryError, match="is a sample"):
        review_link(replace(SITE, is_sample=True)).url(ask.ask_id, unit)


def test_the_shipped_review_page_is_a_sample_except_in_a_trial() -> None:
    assert ReputationSettings().asking_site().is_sample
    assert not ReputationSettings(trial=True).asking_site().is_sample
    assert not ReputationSettings(review_page_url="https://g.page/r/us").asking_site().is_sample


def test_there_is_no_link_for_an_ask_nobody_made() -> None:
    unit = UnitOfWork("reputation", new_office().now)
    unit.load(ASKS, "ask-x", None, 0)
    with pytest.raises(RuleError):
        review_link(SITE).url("ask-x", unit)


@pytest.mark.parametrize("site", ["yelp", "Yelp"])
def test_a_setting_that_would_ask_on_yelp_is_refused_at_start(site: str) -> None:
    with pytest.raises(ValidationError, match="forbids asking"):
        ReputationSettings(review_site=site)
