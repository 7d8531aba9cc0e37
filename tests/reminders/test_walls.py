"""Does whoever a wall keeps from a client or matter neither see nor change what goes out?"""

import pytest

from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.reminders.outgoing import decide, first, listed, told, with_reminders


def behind(subject: str) -> Actor:
    return Actor(id="leo", roles=("lawyer",), screened=(subject,))


def test_of_a_client_behind_a_wall_nothing_is_told() -> None:
    with pytest.raises(RuleError) as no:
        told(with_reminders(), behind("client:c-1"))
    assert no.value.code == "screened"


def test_messages_and_holds_of_a_matter_behind_a_wall_are_left_out() -> None:
    reminders = with_reminders()
    decide(reminders, "hold", scope="matter", matter_id="m-1")
    assert told(reminders)
    seen = listed(reminders, behind("matter:m-1"))
    assert (seen.messages, seen.holds, seen.decisions) == ([], [], [])


@pytest.mark.parametrize("scope", ["message", "matter", "client"])
def test_nobody_decides_about_messages_of_a_matter_behind_a_wall(scope: str) -> None:
    reminders = with_reminders()
    ids = {"message": {"occurrence_id": first(reminders)}, "matter": {"matter_id": "m-1"},
           "client": {}}  # fmt: skip
    with pytest.raises(RuleError) as no:
        decide(reminders, "hold", scope=scope, actor=behind("matter:m-1"), **ids[scope])
    assert no.value.code == "screened"
