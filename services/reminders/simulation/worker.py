"""How does a process of its own let two sets of rules hear the firm's past?

``python -m services.reminders.simulation.worker`` is started by reminders, works at the lowest
priority and knows neither NATS nor the database: what it hears comes in by lines, and what it
found goes out as one. The first line says what is compared (``days``, ``end``, ``base_files``,
``files``), each further one is an event, and one that says ``pass`` is the end. Out go
``{"heard": sequence}`` now and then, and ``{"found": …}`` or ``{"failed": fingerprint}`` at last.
"""

import base64
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

import msgspec

from services.reminders.app import read_rules, settings_by
from services.reminders.domain.simulation import Count, Example, Found
from services.reminders.settings import RemindersSettings
from services.reminders.simulation.comparison import Comparison, Outlook
from services.reminders.simulation.differences import Difference
from shared.contracts.origin import OriginKey
from shared.engine.received_events import Received, read
from shared.errors import ClienteleError
from shared.telemetry.fingerprints import fingerprint

SAY_EVERY = 200
MOST_EXAMPLES = 20  # of each rule and way
CLIENT, MATTER = "client_id:", "matter_id:"


def main(asked: Iterable[bytes], out: TextIO) -> None:
    """Everything from the first line to the last answer."""
    lines = iter(asked)
    try:
        found = compared(json.loads(next(lines)), lines, out)
        _say(out, {"found": msgspec.to_builtins(found)})
    except (ClienteleError, ValueError, KeyError, TypeError, MemoryError, StopIteration) as failure:
        _say(out, {"failed": fingerprint(failure)})


def compared(said: dict[str, Any], lines: Iterator[bytes], out: TextIO) -> Found:
    """What the proposed rules would have done otherwise."""
    began = RemindersSettings()
    with settings_by(began, said["base_files"]) as was, settings_by(was, said["files"]) as will:
        rules = (read_rules(was, said["base_files"]), read_rules(will, said["files"]))
        now, proposed = (each.published for each in rules)
        other = (will, said["files"])
        comparison = Comparison(was, now, proposed, said["base_files"], other)
        return _heard(comparison, said, lines, out, began.origin_key())


def _heard(
    comparison: Comparison, said: dict[str, Any], lines: Iterator[bytes], out: TextIO,
    key: OriginKey | None,
) -> Found:  # fmt: skip
    """What both came to, once they have heard everything."""
    end, kept_from = _instant(said["end"]), None
    for line in lines:
        each = json.loads(line)
        if "pass" in each:
            break
        received = _received(each)
        event = read(received, end, key).event
        if event is not None:
            kept_from = kept_from or received.stored_at
            comparison.hear(event, received.stored_at)
        if received.sequence % SAY_EVERY == 0:
            _say(out, {"heard": received.sequence})
    comparison.pass_until(end)
    outlook = comparison.outlook(timedelta(days=said["days"]))
    return found_in(outlook, comparison.heard, kept_from, end)


def found_in(outlook: Outlook, events: int, kept_from: datetime | None, end: datetime) -> Found:
    """All differences counted, and the first of each kind as examples."""
    counts = Counter((each.rule_id, each.what, each.why) for each in outlook.differences)
    some: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for each in outlook.differences:
        of_kind = some[each.rule_id, each.what]
        if len(of_kind) < MOST_EXAMPLES:
            of_kind.append(each)
    return Found(
        since=outlook.since,
        until=end,
        kept_from=kept_from,
        events=events,
        acted_before=outlook.acted_before,
        acted_after=outlook.acted_after,
        counts=tuple(
            Count(rule_id=rule_id, what=what, why=why, count=count)
            for (rule_id, what, why), count in sorted(counts.items())
        ),
        examples=tuple(_example(each) for those in some.values() for each in those),
    )


def _example(each: Difference) -> Example:
    matter = each.about.removeprefix(MATTER) if each.about.startswith(MATTER) else None
    client = each.about.removeprefix(CLIENT) if each.about.startswith(CLIENT) else None
    return Example(
        rule_id=each.rule_id, what=each.what, why=each.why, client_id=each.client_id or client,
        matter_id=matter, before=each.before, after=each.after,
    )  # fmt: skip


def _received(each: dict[str, Any]) -> Received:
    return Received(
        sequence=each["sequence"],
        subject=each["subject"],
        headers=each["headers"],
        body=base64.b64decode(each["body"]),
        stored_at=_instant(each["stored_at"]),
    )


def _instant(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _say(out: TextIO, what: dict[str, Any]) -> None:
    out.write(json.dumps(what) + "\n")
    out.flush()


def _step_back() -> None:
    """Whatever else this machine has to do comes first; where memory runs out, this goes first."""
    os.nice(19)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


if __name__ == "__main__":
    _step_back()
    main(sys.stdin.buffer, sys.stdout)
