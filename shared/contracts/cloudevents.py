"""Is this a CloudEvent 1.0 at all?

What the standard forbids is refused, whatever the type; extensions nobody here knows are ignored
as long as they are well formed. All attributes are judged at once, so that a sender can correct
them in one go.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from shared.contracts.fields import INSTANT_REMEDY, RFC_3339
from shared.contracts.refusals import FieldError, Invalid

MAX_TEXT = 256
REQUIRED = ("specversion", "id", "source", "type")
OPTIONAL = ("subject", "time", "datacontenttype", "dataschema", "correlationid", "causationid")
KNOWN = frozenset((*REQUIRED, *OPTIONAL, "traceparent", "history", "data", "data_base64"))

_NAME = re.compile(r"[a-z0-9]+", re.ASCII)
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SOURCE = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(\s*;.*)?", re.ASCII)
_INT32 = range(-(2**31), 2**31)

Raw = Mapping[str, Any]
Problems = list[FieldError]


def check_standard(raw: Raw) -> None:
    """Refuse what the standard forbids, naming every attribute that breaks it."""
    problems: Problems = []
    for name in REQUIRED:
        if raw.get(name) is None:
            problems.append(FieldError(name, "is missing: every event carries it"))
        else:
            _check_text(raw, name, problems)
    for name in OPTIONAL:
        if raw.get(name) is not None:
            _check_text(raw, name, problems)
    if not problems:
        _check_shapes(raw, problems)
    if not KNOWN.issuperset(raw):
        _check_extensions(raw, problems)
    if problems:
        raise all_refused(problems)


def all_refused(problems: Problems) -> Invalid:
    """Several fields refused, as the outcome of the whole event."""
    first = problems[0]
    return Invalid(f"{first.field} {first.message}", problems)


def _check_text(raw: Raw, name: str, problems: Problems) -> None:
    value = raw[name]
    if not isinstance(value, str):
        problems.append(FieldError(name, "must be a string"))
    elif not value:
        problems.append(FieldError(name, "is empty: give it a value or leave it out"))
    elif len(value) > MAX_TEXT:
        problems.append(FieldError(name, f"must be at most {MAX_TEXT} characters long"))
    elif not value.isprintable() and _UNFIT.search(value):
        problems.append(FieldError(name, "must not hold control characters"))


def _check_shapes(raw: Raw, problems: Problems) -> None:
    if raw["specversion"] != "1.0":
        problems.append(FieldError("specversion", 'must be "1.0"'))
    if not _is_source(raw["source"]):
        problems.append(FieldError("source", "must be a URI reference without spaces"))
    time = raw.get("time")
    if time is not None and not RFC_3339.fullmatch(time):
        problems.append(FieldError("time", INSTANT_REMEDY))
    content_type = raw.get("datacontenttype")
    if content_type is not None and not _is_media_type(content_type):
        problems.append(FieldError("datacontenttype", "must be a media type: application/json"))


def _check_extensions(raw: Raw, problems: Problems) -> None:
    for name in raw.keys() - KNOWN:
        value = raw[name]
        if not _NAME.fullmatch(name):
            message = "of an event have names of lower-case letters and digits only"
            problems.append(FieldError("attributes", message))
        elif isinstance(value, int):
            if value not in _INT32:
                problems.append(FieldError("attributes", "of an event are 32-bit integers at most"))
        elif value is not None and (not isinstance(value, str) or _UNFIT.search(value)):
            message = "of an event are strings, integers, true or false"
            problems.append(FieldError("attributes", message))


@lru_cache(maxsize=1024)
def _is_source(value: str) -> bool:
    return _SOURCE.fullmatch(value) is not None


@lru_cache(maxsize=64)
def _is_media_type(value: str) -> bool:
    return _MEDIA_TYPE.fullmatch(value) is not None
