"""Are the demo's facts counted as those who hold them would?"""

from deploy.trial.demo.facts import balance, by_type, clients_of, firm_said, given_to
from tests.deploy.trial.demo.samples import EVENT, GOOD, ONBOARDED, ledger

STORED = {
    "events.matter-opened.c-1": 2,
    "events.matter-opened.c-2": 1,
    "events.invoice-paid.c-1": 4,
}


def test_events_are_counted_by_type_over_all_keys() -> None:
    assert by_type(STORED) == {"matter-opened": 3, "invoice-paid": 4}


def test_a_consumer_of_everything_is_given_everything() -> None:
    assert given_to(("events.>",), STORED) == 7


def test_a_consumer_of_some_types_is_given_those() -> None:
    assert given_to(("events.matter-opened.*", "events.matter-closed.*"), STORED) == 3


def test_a_type_that_begins_alike_is_another_type() -> None:
    assert given_to(("events.matter.*", "events.matter-open.*"), STORED) == 0


def test_a_ledger_balances_when_every_event_has_an_outcome() -> None:
    assert balance(ledger(5, applied=2, duplicate=1, ignored=1, parked=1)) == 0


def test_an_event_without_an_outcome_is_seen() -> None:
    assert balance(ledger(5, applied=4)) == 1


def test_the_clients_are_those_the_firm_told_of() -> None:
    assert clients_of((ONBOARDED, EVENT)) == ["c-1"]


def test_what_the_firm_said_is_told_from_what_services_said() -> None:
    assert firm_said((ONBOARDED, EVENT)) == [ONBOARDED]


def test_a_message_counts_as_sent_by_its_rule_and_client() -> None:
    assert len(GOOD.sent(client_id="c-1", rule_id="welcome")) == 1
    assert GOOD.sent(client_id="c-2") == []
