"""Has every time in the rules a reason to stand there, and not in a firm's folder?

A due time or a window that one office may want otherwise belongs into the settings, with a key in
``firm_file.py``. What stays in the code is listed here with its reason. A new one fails this test
until somebody has decided.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "services"
SAFETY = "what keeps accounts and sessions safe, and is no firm's to weaken"
PACE = "how often a machine looks again, or how long it is patient: nobody is told of it"
SCALE = "a published scale or formula, or arithmetic"
SENSE = "beyond it an entry is a mistake, whoever makes it"
RUNNING = "when a machine is not well: for whoever runs it, in alerts"
DEFAULT = "what is shipped of something the firm says"
SHOWN = "how the desk shows what is so"
LAW = "kept by law, and said in the profile where a firm may keep it longer"
REASONS = {
    "desk/domain/accesses.py": LAW,
    "desk/domain/accounts.py": SAFETY,
    "desk/domain/calendar_feed.py": SHOWN,
    "desk/domain/held_decisions.py": PACE,
    "desk/domain/holding.py": SENSE,
    "desk/domain/lists.py": SCALE,
    "desk/domain/outcomes.py": SHOWN,
    "desk/domain/owed_entry.py": SENSE,
    "desk/domain/people.py": SAFETY,
    "desk/domain/presence.py": SHOWN,
    "desk/domain/sessions.py": SAFETY,
    "desk/domain/sources.py": RUNNING,
    "desk/domain/wake.py": SHOWN,
    "desk/workflow/logging_contact.py": SENSE,
    "feedback/domain/measures.py": SCALE,
    "feedback/domain/survey.py": DEFAULT,
    "gateway/domain/attempts.py": "what Standard Webhooks recommends, and receivers rely on",
    "gateway/domain/calendars/kept.py": PACE,
    "gateway/domain/calendars/rules.py": "bounds of what a source's file says",
    "gateway/domain/deliveries.py": SAFETY,
    "gateway/domain/dispatches.py": SAFETY,
    "gateway/domain/fetching.py": PACE,
    "gateway/domain/hooks.py": "what the other system sets",
    "gateway/domain/imports/kept_list.py": SAFETY,
    "gateway/domain/imports/telling.py": "of two statements the later holds",
    "gateway/domain/receivers.py": PACE,
    "gateway/domain/signatures.py": SAFETY,
    "gateway/domain/subscriptions.py": SAFETY,
    "gateway/domain/taken_in.py": SAFETY,
    "gateway/workflow/dispatching.py": PACE,
    "intake/domain/asked_addresses.py": SAFETY,
    "intake/domain/attendance.py": SCALE,
    "intake/domain/matters.py": PACE,
    "intake/domain/working_records.py": PACE,
    "intake/workflow/attending.py": PACE,
    "reminders/domain/deadlines.py": SENSE,
    "reminders/domain/digest.py": PACE,
    "reminders/domain/edition.py": PACE,
    "reminders/domain/gate.py": PACE,
    "reminders/domain/inquirer_letter.py": PACE,
    "reminders/domain/kept_mail.py": SAFETY,
    "reminders/domain/letter_for_approval.py": PACE,
    "reminders/domain/message_preview.py": SHOWN,
    "reminders/domain/next_try.py": SENSE,
    "reminders/domain/outgoing.py": SENSE,
    "reminders/domain/schedule.py": SCALE,
    "reminders/domain/sender_check.py": SAFETY,
    "reminders/domain/simulation.py": RUNNING,
    "reminders/domain/whole_days.py": SCALE,
    "reminders/workflow/message_facts.py": PACE,
    "reminders/workflow/next_letter.py": PACE,
    "reminders/workflow/tasks_for_staff.py": "where a playbook, which is the firm's, names no time",
    "reputation/domain/spike.py": PACE,
}


def times_in(text: str) -> Iterator[str]:
    """The constants of a module that are a time, or how long something lasts."""
    for node in ast.parse(text).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [n.id for each in targets for n in ast.walk(each) if isinstance(n, ast.Name)]
        parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        if len(parts) == len(names):
            yield from (name for name, part in zip(names, parts, strict=True) if _is_time(part))


def _is_time(part: ast.expr) -> bool:
    named = part.func.id if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) else ""
    return named in {"timedelta", "Offset", "time"}


def modules() -> dict[str, list[str]]:
    """Every module of rules and steps with numbers of its own, and which."""
    found = {
        file.relative_to(ROOT).as_posix(): list(times_in(file.read_text("utf-8")))
        for layer in ("domain", "workflow")
        for file in sorted(ROOT.glob(f"*/{layer}/**/*.py"))
    }
    return {place: names for place, names in found.items() if names}


def test_every_module_with_numbers_is_listed_with_the_reason_why_they_are_no_firms() -> None:
    there = modules()
    assert {place: there[place] for place in there.keys() - REASONS.keys()} == {}
    assert REASONS.keys() - there.keys() == set(), "no numbers there any more: take the line away"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("DUE = Offset(1, Span.BUSINESS_DAYS)", ["DUE"]),
        ("KEPT = timedelta(days=6 * 366)", ["KEPT"]),
        ("A, B = time(9), timedelta(days=2)", ["A", "B"]),
        ("MOST: int = 3", []),
        ('NAME = "x"', []),
        ("IS_SO = True", []),
    ],
)
def test_a_number_is_found_however_it_is_written(line: str, found: list[str]) -> None:
    assert list(times_in(line)) == found
