"""Is a name found however it is spelled, by whoever types its beginning?"""

import pytest

from services.desk.domain.cards import beginnings, sought_beginnings

SPELLINGS = [
    ("Rolf Schönbächler", "Schoenbaechler"),
    ("Rolf Schoenbaechler", "Schönbächler"),
    ("Rolf Schönbächler", "schonbach"),
    ("Łucja Wałęsa", "Lucja Walesa"),
    ("Lucja Walesa", "Łucja Wałęsa"),
    ("Bjørn Sørensen", "bjorn"),
    ("Björn Sörensen", "bjorn soren"),
    ("Bjørn Sørensen", "Bjoern Soerensen"),
    ("李 明", "李"),
    ("李明", "李"),
    ("Groß", "gross"),
    ("Æsa Þórsdóttir", "aesa thors"),
    ("김 민수", "김"),
    ("Israel Bauer", "israe baue"),
    ("Anna Müller", "mue"),
    ("Oe Kenzaburo", "oe"),
]


@pytest.mark.parametrize(("name", "typed"), SPELLINGS)
def test_a_name_is_found_by_its_beginning_however_it_is_spelled(name: str, typed: str) -> None:
    sought = sought_beginnings(typed)
    assert sought
    assert set(sought) <= set(beginnings(name))


@pytest.mark.parametrize("typed", ["x", "l", "-", "shon", "李四"])
def test_another_name_or_a_single_letter_finds_nobody(typed: str) -> None:
    sought = sought_beginnings(typed)
    assert not sought or not set(sought) <= set(beginnings("Rolf Schönbächler 李明"))
