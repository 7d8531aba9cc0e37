"""Does what is found about others keep a client from being welcomed?"""

from itertools import permutations

import pytest

from shared.contracts.base import EventData
from shared.contracts.intake import ConflictCleared
from tests.reminders.over_memory import Reminders, client

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
PARTY = ConflictCleared(
    check_id="k-2", client_id="c-1", matter_id="m-1", hit_count=0, trigger="party"
)


@pytest.mark.parametrize("story", list(permutations([client(), CLEARED, PARTY])))
def test_a_party_that_is_clear_does_not_stop_the_clients_welcome(
    story: tuple[EventData, ...],
) -> None:
    reminders = Reminders()
    reminders.tell(*story)
    assert [message.rule_id for message in reminders.after(minutes=1)] == ["welcome"]
    assert reminders.suppressed() == []


def test_a_party_that_is_clear_is_no_reason_to_welcome_anybody() -> None:
    reminders = Reminders()
    reminders.tell(client(), PARTY)
    assert reminders.after(days=1) == []
