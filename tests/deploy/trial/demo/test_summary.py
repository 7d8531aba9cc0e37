"""Do the figures agree only where all who hold them count the same?"""

from typing import Any

import pytest
from rich.console import Console

from deploy.trial.demo.expectations import Finding
from deploy.trial.demo.facts import Facts
from deploy.trial.demo.summary import (
    Figure,
    as_json,
    events_table,
    figures,
    figures_table,
    findings_table,
    is_well,
    ledger_table,
)
from tests.deploy.trial.demo.samples import GOOD, but, event, ledger

MET, MISSED = Finding("it is seen"), Finding("it is seen", "it")


def figure(facts: Facts, what: str) -> Figure:
    """The figure of this name."""
    return next(each for each in figures(facts) if each.what == what)


def printed(what: object) -> str:
    console = Console(width=120)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def test_good_facts_agree_in_every_figure() -> None:
    assert [each.what for each in figures(GOOD) if not each.agrees] == []


def test_a_message_the_catcher_lacks_is_a_disagreement() -> None:
    sent = figure(but(mails=()), "e-mails sent")
    assert sent.counts == {"stream": 1, "mail catcher": 0}
    assert not sent.agrees


SHARED = {"client_id": "c-1", "contact_id": "m-2", "letter_id": "m-1", "channel": "email"}


@pytest.mark.parametrize(
    ("kind", "data", "mails"),
    [
        ("contact-sent", {"client_id": "c-1", "contact_id": "m-2", "channel": "phone"}, 1),
        ("contact-sent", SHARED, 1),
        ("contact-sent", SHARED | {"letter_id": None}, 2),
        ("inquirer-letter-due", {"inquiry_id": "i-1", "letter_id": "l-1"}, 2),
    ],
    ids=["another way", "in the same letter", "in one of its own", "to an inquirer"],
)
def test_letters_are_counted_not_messages(kind: str, data: dict[str, Any], mails: int) -> None:
    facts = but(events=(*GOOD.events, event(kind, data)))
    assert figure(facts, "e-mails sent").counts["stream"] == mails


def test_a_task_the_desk_does_not_list_is_a_disagreement() -> None:
    stored = {**GOOD.stored, "events.task-created.c-1": 1}
    assert not figure(but(stored=stored), "tasks asked for").agrees


def test_a_snoozed_task_is_an_open_one() -> None:
    stored = {**GOOD.stored, "events.task-created.c-1": 1}
    facts = but(stored=stored, tasks=({"state": "snoozed"},))
    assert figure(facts, "tasks open").agrees


def test_a_dead_letter_in_a_ledger_and_in_no_list_is_a_disagreement() -> None:
    ledgers = {**GOOD.ledgers, "desk": ledger(2, applied=1, dead=1)}
    assert not figure(but(ledgers=ledgers), "dead letters").agrees


def test_all_is_well_only_when_figures_agree_and_expectations_are_met() -> None:
    assert is_well(GOOD, [MET])
    assert not is_well(GOOD, [MISSED])
    assert not is_well(but(mails=()), [MET])


def test_a_program_is_told_figures_and_expectations() -> None:
    answer = as_json(GOOD, [MET, MISSED])
    assert answer["ok"] is False
    assert answer["expectations"][1] == {"name": "it is seen", "missing": "it", "met": False}
    assert answer["figures"][0]["agrees"] is True
    assert answer["events"] == {"client-onboarded": 1, "contact-sent": 1}
    assert answer["ledgers"]["intake"] == {"received": 1, "applied": 1}


def test_a_person_is_told_who_said_how_much() -> None:
    text = printed(events_table(GOOD))
    assert "the firm's practice management" in text
    assert "contact-sent" in text


def test_a_service_that_lost_an_event_has_a_cross() -> None:
    lost = but(ledgers={"desk": ledger(1, applied=1)})
    assert "✗" in printed(ledger_table(lost))
    assert "✗" not in printed(ledger_table(GOOD))


def test_a_figure_that_disagrees_has_a_cross() -> None:
    assert "✗" in printed(figures_table(but(mails=())))
    assert "✗" not in printed(figures_table(GOOD))


def test_what_is_missing_stands_below_its_expectation() -> None:
    text = printed(findings_table([MET, MISSED]))
    assert "missing: it" in text
    assert text.count("✓") == 1
