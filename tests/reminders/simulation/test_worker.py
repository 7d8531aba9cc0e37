"""Does the process of its own say what proposed rules would have done with given events?"""

import base64
import json
from collections.abc import Iterable
from datetime import timedelta
from io import StringIO
from typing import Any

from services.reminders.simulation.comparison import Outlook
from services.reminders.simulation.differences import Difference
from services.reminders.simulation.worker import MOST_EXAMPLES, found_in, main
from shared.contracts.envelope import encode, headers
from tests.reminders.over_memory import MONDAY
from tests.reminders.simulation.test_rehearsal import DAY, STORY, event

EARLIER = (
    "changes: appointments\nrules:\n  appointment-day-before: {version: 1, at: {offset: -2d}}\n"
)
FILES = {"playbooks/appointments.yaml": EARLIER}
END = (MONDAY + 40 * DAY).isoformat()


def lines(files: dict[str, str], days: int = 30) -> Iterable[bytes]:
    yield json.dumps({"days": days, "end": END, "base_files": {}, "files": files}).encode()
    for number, (after, data) in enumerate(STORY):
        said = event(number, MONDAY + after, data)
        yield json.dumps({
            "sequence": 200 * (number + 1), "subject": said.nats_subject, "headers": headers(said),
            "body": base64.b64encode(encode(said)).decode(),
            "stored_at": (MONDAY + after).isoformat(),
        }).encode()  # fmt: skip
    yield json.dumps({"pass": END}).encode()


def said(asked: Iterable[bytes]) -> list[dict[str, Any]]:
    out = StringIO()
    main(asked, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_what_would_have_gone_another_way_is_counted_with_examples() -> None:
    *progress, last = said(lines(FILES))
    assert [each["heard"] for each in progress] == [200 * n for n in range(1, len(STORY) + 1)]
    found = last["found"]
    assert found["counts"] == [
        {"rule_id": "appointment-day-before", "what": "would-move", "why": "", "count": 1}
    ]
    [example] = found["examples"]
    assert (example["client_id"], example["what"]) == ("c-1", "would-move")
    assert example["after"] < example["before"]
    assert found["kept_from"].startswith("2026-03-02")
    assert found["events"] == len(STORY)


def test_rules_that_cannot_be_read_end_it_with_a_word() -> None:
    [last] = said(lines({"playbooks/a.yaml": "changes: nothing-there\n"}))
    assert last["failed"]


def test_all_are_counted_and_some_of_each_are_shown() -> None:
    many = [Difference("would-act", "welcome", f"client_id:c-{n}", f"c-{n}", None, MONDAY)
            for n in range(50)]  # fmt: skip
    found = found_in(Outlook(MONDAY, many, 0, 50), 50, None, MONDAY + timedelta(days=1))
    assert [each.count for each in found.counts] == [50]
    assert len(found.examples) == MOST_EXAMPLES
