"""Are durations read as people write them, and nothing else?"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.cli.durations import NotADurationError, read_duration, say_duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("7d", timedelta(days=7)),
        ("1h30m", timedelta(hours=1, minutes=30)),
        ("90m", timedelta(minutes=90)),
        ("2w1d", timedelta(days=15)),
        ("45s", timedelta(seconds=45)),
    ],
)
def test_a_duration_is_read(text: str, length: timedelta) -> None:
    assert read_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "7", "d", "-7d", "1.5h", "7 d", "1h1h", "7D", "0d", "9" * 20 + "d", "4000d", "7dx"]
)
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotADurationError) as refused:
        read_duration(text)
    assert text in refused.value.message


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=3000)))
def test_what_is_said_can_be_read_and_is_short_by_less_than_its_smallest_unit(
    length: timedelta,
) -> None:
    said = read_duration(say_duration(length))
    assert said <= length
    assert length - said < max(length / 2, timedelta(seconds=1))
