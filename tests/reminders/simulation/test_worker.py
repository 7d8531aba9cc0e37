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
HOURS = '[contact]\nquiet_until = "{until}"\n'  # the reminder of the day before goes at ten
OURS = """playbook: ours
version: 1
rules:
  our-hello:
    on: matter-opened
    per: matter_id
    at: now
    then:
      send: {message: our-hello, class: service, on-unknown: resend}
    valid-for: 5d
"""
FILES = {"playbooks/appointments.yaml": EARLIER}
END = (MONDAY + 40 * DAY).isoformat()


def lines(
    files: dict[str, str], days: int = 30, base: dict[str, str] | None = None
) -> Iterable[bytes]:
    yield json.dumps({"days": days, "end": END, "base_files": base or {}, "files": files}).encode()
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


def test_each_side_goes_by_its_own_values() -> None:
    """Not by those of the folder the process was started with."""
    late = {"firm.toml": HOURS.format(until="11:30")}
    *_, last = said(lines(late))
    moved = {(each["rule_id"], each["what"]) for each in last["found"]["counts"]}
    assert ("appointment-day-before", "would-move") in moved
    *_, last = said(lines(late, base=late))
    assert last["found"]["counts"] == []


def test_a_rule_may_send_what_is_written_with_it() -> None:
    files = {
        "playbooks/ours.yaml": OURS,
        "languages/en/messages/our-hello.txt": "Subject: Hello\n\nWe are glad.\n",
    }
    *_, last = said(lines(files, days=45))
    counted = {(each["rule_id"], each["what"]) for each in last["found"]["counts"]}
    assert counted == {("our-hello", "would-act")}


def test_rules_that_cannot_be_read_end_it_with_a_word() -> None:
    [last] = said(lines({"playbooks/a.yaml": "changes: nothing-there\n"}))
    assert last["failed"]


def test_all_are_counted_and_some_of_each_are_shown() -> None:
    many = [Difference("would-act", "welcome", f"client_id:c-{n}", f"c-{n}", None, MONDAY)
            for n in range(50)]  # fmt: skip
    found = found_in(Outlook(MONDAY, many, 0, 50), 50, None, MONDAY + timedelta(days=1))
    assert [each.count for each in found.counts] == [50]
    assert len(found.examples) == MOST_EXAMPLES
