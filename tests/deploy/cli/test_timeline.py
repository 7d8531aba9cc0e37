"""Does a person read on the timeline what happened, why, and who said no?"""

from typing import Any

import pytest
from rich.console import Console

from deploy.cli.commands.timeline import outcome_of, said_gates, said_why, shown


def entry(**other: Any) -> dict[str, Any]:
    return {
        "at": "2026-03-02T09:00:00.000Z",
        "text": "Not sent: surveys. withdrawn",
        "why": {"event_id": "e-7", "rule_id": "survey", "rule_version": 2, "text": "Due."},
        "gates": [
            {"gate": "person", "verdict": "pass"},
            {"gate": "consent", "verdict": "stop", "reason": "withdrawn"},
        ],
        "outcome": "suppressed",
    } | other


def printed(what: object) -> str:
    console = Console(width=160)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def test_an_entry_says_when_what_why_and_by_which_gates() -> None:
    text = printed(shown(entry()))
    for part in ("2026-03-02 09:00", "Not sent: surveys.", "why: Due.", "gates:", "suppressed"):
        assert part in text


def test_an_entry_that_no_gate_was_asked_about_has_no_line_of_gates() -> None:
    assert "gates" not in printed(shown(entry(gates=[])))


def test_a_reason_names_rule_version_and_event() -> None:
    assert said_why(entry()["why"]) == "Due. (rule survey version 2, event e-7)"


def test_a_reason_without_a_rule_names_the_event() -> None:
    assert said_why({"event_id": "e-7", "text": "Said."}) == "Said. (event e-7)"


def test_each_gate_is_named_with_its_answer_and_its_reason() -> None:
    assert said_gates(entry()["gates"]) == "person pass, consent stop (withdrawn)"


@pytest.mark.parametrize(("outcome", "word"), [("recorded", ""), ("sent", "sent")])
def test_what_was_merely_recorded_is_no_outcome(outcome: str, word: str) -> None:
    assert outcome_of(outcome).plain == word


def test_a_text_cannot_command_the_terminal() -> None:
    assert "[red]x" in printed(shown(entry(text="[red]x")))
