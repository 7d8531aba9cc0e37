"""What happens at the sample firm on the day you try Clientele?

``examples/firm-day.jsonl`` holds one CloudEvent per line, as the firm's systems would publish them.
Its instants are written relative to now, between double braces: ``now-2h``, ``now-40m``,
``today+7d 10:00 Europe/Berlin``, with ``seconds`` before it as a number; ``run`` stands for a word
that differs from run to run, so that a second day is new events about the same clients. Two shorter
files of the same form follow later.
"""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shared.contracts.envelope import CONTENT_TYPE, message_id

Message = tuple[str, dict[str, str], bytes]  # subject, headers, body

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE_DAY = EXAMPLES / "firm-day.jsonl"
CLOSINGS = EXAMPLES / "firm-closings.jsonl"  # a few weeks later
LAST_MORNING = EXAMPLES / "firm-last-morning.jsonl"  # before a newcomer takes over
SURVEYS = EXAMPLES / "firm-surveys.yaml"  # what the sample firm asks its clients

_PLACEHOLDER = re.compile(r"\{\{(.+?)\}\}")
_NOW = re.compile(r"now([+-]\d+)([mhd])")
_TODAY = re.compile(r"today([+-]\d+)d (\d\d):(\d\d) ([\w/+-]+)")
SECONDS = "seconds "
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def load(path: Path, now: datetime) -> list[Message]:
    """The messages of the day, in the order they are published."""
    lines = path.read_text("utf-8").splitlines()
    return [_message(line, now) for line in lines if line.strip()]


def expand(placeholder: str, now: datetime) -> str:
    """What stands between the braces, for this ``now``; raises ValueError on anything else."""
    if placeholder == "run":
        return format(int(now.timestamp()), "x")
    if found := _NOW.fullmatch(placeholder):
        return (now + int(found[1]) * _UNITS[found[2]]).isoformat(timespec="milliseconds")
    if found := _TODAY.fullmatch(placeholder):
        there = now.astimezone(ZoneInfo(found[4])) + timedelta(days=int(found[1]))
        wall = there.replace(hour=int(found[2]), minute=int(found[3]), second=0, microsecond=0)
        return wall.isoformat()
    if placeholder.startswith(SECONDS):
        return str(int(datetime.fromisoformat(expand(placeholder[8:], now)).timestamp()))
    raise ValueError(f"not an instant of the example day: {placeholder}")


def filled_in(line: str, now: datetime) -> str:
    """A line with its instants as they are for this ``now``."""
    return _PLACEHOLDER.sub(lambda found: expand(found[1], now), line)


def _message(line: str, now: datetime) -> Message:
    text = filled_in(line, now)
    event: dict[str, Any] = json.loads(text)
    headers = {
        "Content-Type": CONTENT_TYPE,
        "Nats-Msg-Id": message_id(event["source"], event["id"]),
    }
    return f"events.{event['type']}.{event['subject']}", headers, text.encode()
