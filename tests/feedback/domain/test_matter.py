"""Is it known whose matter it is, in whatever order it was told?"""

from itertools import permutations

import pytest

from services.feedback.domain.matter import (
    Client,
    Matter,
    owner_of,
    responsible_for,
    with_facts,
    with_owner,
)

TELLINGS: list[dict[str, str | None]] = [
    {"stamp": "1", "locale": "en-GB", "matter_id": "m-1", "owner_id": "s-1"},
    {"stamp": "2", "locale": "de-AT"},
    {"stamp": "3", "owner_id": None},
    {"stamp": "4", "owner_id": "s-2"},
]


def told(order: tuple[dict[str, str | None], ...]) -> Client:
    client = Client(client_id="c-1")
    for each in order:
        facts = {name: value for name, value in each.items() if name != "stamp"}
        client = with_facts(client, facts, str(each["stamp"]))
    return client


@pytest.mark.parametrize("order", list(permutations(TELLINGS)))
def test_every_order_ends_in_one_state(order: tuple[dict[str, str | None], ...]) -> None:
    assert told(order) == told(tuple(TELLINGS))


def test_the_newest_telling_of_the_owner_holds() -> None:
    matter = with_owner(with_owner(Matter(matter_id="m-1"), "s-2", "2"), "s-1", "1")
    assert matter.owner_id == "s-2"


def test_the_client_s_record_speaks_for_the_matter_it_names() -> None:
    client = told(tuple(TELLINGS))
    matter = with_owner(Matter(matter_id="m-1"), "s-9", "2")
    assert owner_of(matter, client) == "s-2"


def test_a_later_word_about_the_matter_itself_holds() -> None:
    client = told(tuple(TELLINGS))
    matter = with_owner(Matter(matter_id="m-1"), "s-9", "5")
    assert owner_of(matter, client) == "s-9"


def test_the_client_s_record_says_nothing_about_another_matter() -> None:
    assert owner_of(Matter(matter_id="m-2"), told(tuple(TELLINGS))) is None


def test_the_owner_is_barred() -> None:
    who = responsible_for(Matter(matter_id="m-1", owner_id="s-1"), Client(client_id="c-1"))
    assert (who.barred, who.roles) == (("s-1",), ())


def test_while_the_owner_is_unknown_partners_only() -> None:
    who = responsible_for(Matter(matter_id="m-1"), Client(client_id="c-1"))
    assert (who.barred, who.roles) == ((), ("partner",))


def test_who_looks_after_the_client_is_barred_while_the_owner_is_unknown() -> None:
    client = Client(client_id="c-1", owner_id="s-3", owner_stamp="1")
    who = responsible_for(Matter(matter_id="m-1"), client)
    assert (who.barred, who.roles) == (("s-3",), ("partner",))
