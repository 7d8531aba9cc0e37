"""Do the figures agree only where all who hold them count the same?"""

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
    sent = figure(but(mails=()), "contacts sent")
    assert sent.counts == {"stream": 1, "desk database": 1, "mail catcher": 0}
    assert not sent.agrees


def test_the_catcher_is_not_asked_where_something_went_another_way() -> None:
    by_phone = event("contact-sent", {"client_id": "c-1", "channel": "phone"})
    facts = but(stored={"events.contact-sent.c-1": 2}, events=(*GOOD.events, by_phone))
    assert "mail catcher" not in figure(facts, "contacts sent").counts


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
