"""What do we ask of a CloudEvent's attributes beyond the standard?

Every event is about somebody (``subject``), happened at an instant that is not in the future, and
carries JSON. What it goes back to stands in our extensions. A sender's clock may be some minutes
ahead; what it says then counts as said when the stream received it, or it would hold against all
that is said truly in those minutes.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.contracts.cloudevents import Problems, Raw, all_refused
from shared.contracts.fields import (
    KEY_PATTERN,
    REMEDIES,
    finer_than_a_millisecond,
    in_utc,
    parse_instant,
)
from shared.contracts.refusals import FieldError

AHEAD = timedelta(minutes=10)

_KEY = re.compile(KEY_PATTERN.strip("^$"))
_TRACE = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_MISSING = "is missing: every event of the firm carries it"


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of one event, as we use them."""

    id: str
    source: str
    subject: str
    time: datetime
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    history: bool
    finer: int  # microseconds beyond the millisecond of ``time``


def read_attributes(raw: Raw, *, now: datetime) -> Attributes:
    """The attributes of a CloudEvent, or Invalid with every one that breaks our rules."""
    problems: Problems = []
    time = _time(raw.get("time"), now, problems)
    received = in_utc(now)
    attributes = Attributes(
        id=raw["id"],
        source=raw["source"],
        subject=_subject(raw.get("subject"), problems),
        time=min(time, received),
        correlation_id=raw.get("correlationid") or raw["id"],
        causation_id=raw.get("causationid"),
        traceparent=_trace(raw.get("traceparent")),
        history=_history(raw.get("history"), problems),
        finer=finer_than_a_millisecond(raw.get("time") or "") if time <= received else 0,
    )
    content_type = raw.get("datacontenttype")
    if content_type not in {None, "application/json"} and not _is_json(content_type):
        problems.append(FieldError("datacontenttype", "must be application/json"))
    if problems:
        raise all_refused(problems)
    return attributes


def _subject(value: str | None, problems: Problems) -> str:
    if value is None:
        problems.append(FieldError("subject", _MISSING))
    elif not _KEY.fullmatch(value):
        problems.append(FieldError("subject", REMEDIES[KEY_PATTERN]))
    return value or ""


def _time(text: str | None, now: datetime, problems: Problems) -> datetime:
    if text is None:
        problems.append(FieldError("time", _MISSING))
        return now
    try:
        time = parse_instant(text)
    except ValueError as failure:
        problems.append(FieldError("time", str(failure)))
        return now
    if time - now > AHEAD:
        problems.append(FieldError("time", "is more than 10 minutes ahead: check the clock"))
    return time


def _trace(value: Any) -> str | None:
    """A broken trace is dropped, as its standard says; it is no reason to refuse an event."""
    return value if isinstance(value, str) and _TRACE.fullmatch(value) else None


def _history(value: Any, problems: Problems) -> bool:
    if value is None or value is False or value == "false":
        return False
    if value is not True and value != "true":
        problems.append(FieldError("history", "must be true or false"))
    return True


def _is_json(content_type: Any) -> bool:
    media_type: str = content_type.split(";")[0].strip().lower()
    return media_type in {"application/json", "text/json"} or media_type.endswith("+json")
