"""Is a location at which reviews stand called as the firm calls it?"""

from datetime import UTC, datetime

import pytest

from services.desk.domain.locations import by_name, location_name
from services.desk.domain.proposals import of_spike
from shared.contracts.incidents import ReviewSpikeDetected

NAMES = {"accounts/1/locations/2": "Berlin", "3": "Aachen"}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(("location_id", "called"), [
    ("accounts/1/locations/2", "Berlin"),
    ("accounts/1/locations/3", "Aachen"),  # by its last part
    ("3", "Aachen"),
    ("accounts/1/locations/9", "accounts/1/locations/9"),
    ("berlin-mitte", "berlin-mitte"),
    ("", ""),
])  # fmt: skip
def test_a_location_has_the_firms_name_or_that_of_its_site(location_id: str, called: str) -> None:
    assert location_name(location_id, NAMES) == called


def test_locations_are_in_the_order_of_their_names() -> None:
    assert by_name(["accounts/1/locations/2", "3", "3"], NAMES) == ["3", "accounts/1/locations/2"]


def test_what_is_noticed_of_a_location_names_it_and_stays_about_its_id() -> None:
    spike = ReviewSpikeDetected(
        location_id="accounts/1/locations/2", count=4, window_hours=24, baseline=0.5
    )
    proposal = of_spike(spike, "e-1", NOON, NAMES)
    assert "4 reviews of the location Berlin with at most 2 stars" in proposal.noticed
    assert proposal.scope == "accounts/1/locations/2"
