"""Does each expectation see what is missing, and is nothing met by a demo that did nothing?"""

from dataclasses import replace

import pytest

from deploy.trial.demo.expectations import EXPECTATIONS, Finding, look_at
from deploy.trial.demo.facts import Facts
from tests.deploy.trial.demo.samples import (
    DIGEST,
    ENTRY,
    EVENT,
    GOOD,
    MAIL,
    ONBOARDED,
    but,
    event,
    ledger,
)

NOTHING = Facts(
    events=(), stored={}, heard={}, ledgers={}, mails=(), tasks=(), timelines={}
)  # fmt: skip
NOTHING_IS_FINE = {
    "Staff and clients could do their part",
    "The stream holds every event of the day, the repeated one once",
    "Every service accounts for every event it was given",
    "No event became a dead letter, none is left waiting",
    "Every client the firm acts for is welcomed once, a client published twice too",
    "A cancelled appointment is not reminded of",
    "A document that came is not chased",
    "No message reaches anybody at night by their own clock",
    "Each letter to a client or inquirer lies in the mail catcher once, and there is no other",
    "The timeline explains each contact made and not made, by its rule and its gates",
}


def finding(facts: Facts, part: str) -> Finding:
    """The one finding whose sentence holds these words."""
    (found,) = [each for each in look_at(facts) if part in each.name]
    return found


def test_every_expectation_is_a_sentence_of_its_own() -> None:
    names = [each.name for each in EXPECTATIONS]
    assert len(set(names)) == len(names)


def test_a_demo_that_leaves_nothing_for_a_role_is_seen() -> None:
    found = finding(but(waiting={"lawyer": ("Resolve",)}), "work for every role")
    assert "an open conflict-check task" in found.missing


def test_a_demo_in_which_nothing_happened_meets_only_what_forbids_something() -> None:
    assert {each.name for each in look_at(NOTHING) if each.met} == NOTHING_IS_FINE


def test_an_event_that_is_not_in_the_stream_is_missed() -> None:
    found = finding(but(published=2), "The stream holds")
    assert found.missing == "2 were published, 1 are held"


def test_a_service_that_was_given_more_than_it_received_is_named() -> None:
    ledgers = {**GOOD.ledgers, "intake": ledger(0)}
    assert "intake" in finding(but(ledgers=ledgers), "accounts for").missing


def test_an_event_without_an_outcome_is_named() -> None:
    ledgers = {**GOOD.ledgers, "desk": ledger(2, applied=1)}
    assert "desk: 1 of 2" in finding(but(ledgers=ledgers), "accounts for").missing


def test_a_dead_letter_is_named() -> None:
    letter = {"id": "desk-3", "event_type": "task-created", "reason": "invalid",
              "field_errors": [{"field": "time", "message": "is missing"}]}  # fmt: skip
    said = "dead letter desk-3, task-created: invalid, time: is missing"
    assert finding(but(letters=(letter,)), "dead letter").missing == said


@pytest.mark.parametrize("changed", [{"outbox_waiting": 1}, {"pending": 1}])
def test_something_that_waits_is_seen(changed: dict[str, int]) -> None:
    ledgers = {**GOOD.ledgers, "desk": {**ledger(2, applied=2), **changed}}
    assert finding(but(ledgers=ledgers), "dead letter").missing == "something waits at desk"


def test_a_welcomed_client_is_well() -> None:
    assert finding(GOOD, "is welcomed once").met


def test_a_client_welcomed_twice_is_named() -> None:
    found = finding(but(events=(ONBOARDED, EVENT, EVENT)), "is welcomed once")
    assert found.missing == "c-1 was welcomed 2 times"


def test_a_message_at_night_by_the_clients_clock_is_seen() -> None:
    late = {**EVENT["data"], "at": "2026-03-02T20:30:00.000Z"}  # type: ignore[dict-item]
    found = finding(but(events=(ONBOARDED, {**EVENT, "data": late})), "at night")
    assert found.missing == "welcome to c-1 at 21:30"


def test_a_message_that_lies_nowhere_is_missed() -> None:
    assert finding(but(mails=()), "mail catcher").missing == "1 were sent, 0 lie there"


def test_one_message_twice_in_the_catcher_is_seen() -> None:
    again = (MAIL, replace(MAIL, number=2))
    assert "one Message-ID" in finding(but(mails=again), "mail catcher").missing


def test_a_digest_that_names_a_client_is_seen() -> None:
    told = {**ONBOARDED["data"], "name": "Ada Muster"}  # type: ignore[dict-item]  # as above
    onboarded = event("client-onboarded", told)
    facts = but(events=(onboarded,), digests=(replace(DIGEST, text="Call Ada Muster"),))
    assert finding(facts, "morning").missing == "Ada Muster is named to leo@example.com"


def test_a_firm_without_digests_is_seen() -> None:
    assert finding(but(digests=()), "morning").missing == "a morning e-mail"


def test_a_contact_without_its_gates_is_unexplained() -> None:
    bare = {"c-1": ({**ENTRY, "gates": []},)}
    assert "without its reasons" in finding(but(timelines=bare), "timeline").missing


def test_an_approval_of_one_text_and_the_publication_of_another_is_seen() -> None:
    events = (
        event("review-response-approved", {"review_id": "rv-1202", "text_hash": "a"}),
        event("review-response-published", {"review_id": "rv-1202", "text_hash": "b"}),
    )
    facts = but(events=events, refusals={"author-approves": "own-text"})
    assert not finding(facts, "Nobody approves").met


def test_an_author_who_was_let_through_is_seen() -> None:
    facts = but(refusals={"author-approves": ""})
    assert "the author was not refused" in finding(facts, "Nobody approves").missing


def test_an_act_that_could_not_be_played_is_named() -> None:
    assert finding(but(troubles=("no link",)), "could do their part").missing == "no link"


def test_only_the_first_of_many_missing_things_are_named() -> None:
    troubles = tuple(f"t{n}" for n in range(5))
    assert finding(but(troubles=troubles), "could do their part").missing == "t0; t1; t2 and 2 more"


MATTER = {"matter_id": "m-1", "client_id": "c-1"}
OPENED = {**event("matter-opened", MATTER, "urn:firm:dms"), "id": "e-1"}
SENT = "A system that subscribed"


def test_a_system_that_received_what_it_asked_for_is_well() -> None:
    assert finding(but(events=(ONBOARDED, OPENED), received=(OPENED,)), SENT).met


def test_an_event_that_was_not_sent_to_whoever_asked_is_named() -> None:
    other = {**OPENED, "id": "e-2"}
    found = finding(but(events=(OPENED, other), received=(OPENED,)), SENT)
    assert found.missing == "matter-opened e-2"


def test_an_event_nobody_asked_for_and_one_without_a_signature_are_seen() -> None:
    foreign = {**OPENED, "id": "e-3", "type": "client-onboarded"}
    found = finding(but(events=(OPENED,), received=(OPENED, foreign), unsigned=1), SENT)
    assert found.missing == "e-3 was not asked for; 1 came without its signature"
