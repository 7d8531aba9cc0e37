"""Does what is found about others keep a client from being welcomed?"""

from datetime import timedelta
from itertools import permutations

import pytest

from shared.contracts.base import EventData
from shared.contracts.intake import ConflictCleared
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
PARTY = ConflictCleared(
    check_id="k-2", client_id="c-1", matter_id="m-1", hit_count=0, trigger="party"
)


@pytest.mark.parametrize("story", list(permutations([client(), OPENED, CLEARED, PARTY])))
def test_a_party_that_is_clear_does_not_stop_the_clients_welcome(
    story: tuple[EventData, ...],
) -> None:
    reminders = Reminders()
    reminders.tell(*story)
    assert [message.rule_id for message in reminders.after(minutes=1)] == ["welcome"]


def test_a_party_that_is_clear_is_no_reason_to_welcome_anybody() -> None:
    reminders = Reminders()
    reminders.tell(client(), OPENED, PARTY)
    assert reminders.after(days=1) == []


def pending(**scope: str) -> RestrictionPlaced:
    return RestrictionPlaced.model_validate(
        {"restriction_id": "k-9", "kind": "conflict", "effect": "wait", "client_id": "c-1",
         "at": MONDAY, **scope}
    )  # fmt: skip


SCOPES = ({"scope": "client"}, {"scope": "matter", "matter_id": "m-1"})


@pytest.mark.parametrize("scope", SCOPES)
def test_while_a_check_of_the_client_or_their_matter_waits_nobody_is_welcomed(
    scope: dict[str, str],
) -> None:
    reminders = Reminders()
    reminders.tell(client(), pending(**scope), OPENED, CLEARED)
    assert reminders.after(days=2) == []
    reminders.tell(RestrictionLifted(restriction_id="k-9", client_id="c-1", at=reminders.now))
    assert [message.rule_id for message in reminders.after(minutes=1)] == ["welcome"]


def test_a_conflict_found_in_the_evening_stops_the_welcome_of_the_morning() -> None:
    reminders = Reminders()
    reminders.now = MONDAY + timedelta(hours=13)  # 23:00 in Berlin
    reminders.tell(client(), OPENED, CLEARED)
    reminders.after(minutes=5)
    reminders.tell(pending(scope="matter", matter_id="m-1"))
    assert reminders.after(days=1) == []


def test_a_client_whose_matter_was_never_opened_is_not_welcomed() -> None:
    reminders = Reminders()
    reminders.tell(client(), CLEARED)
    assert reminders.after(days=30) == []
