"""Do filters and pages of the task list mean what they say?"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.domain.lists import Place, read_place, write_place
from shared.clock import to_millisecond
from shared.errors import RuleError


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True),
)
def test_a_place_is_read_as_it_was_written(at: datetime, id: str) -> None:
    place = Place(to_millisecond(at), id)
    assert read_place(write_place(place)) == place


@pytest.mark.parametrize(
    "word", ["", "x", "äöü", "AAAA", "9" * 400, "OTk5OTk5OTk5OTk5OTk5OTk5OSB4"]
)
def test_a_place_nobody_wrote_is_refused_by_name(word: str) -> None:
    with pytest.raises(RuleError) as no:
        read_place(word)
    assert no.value.field == "next"
