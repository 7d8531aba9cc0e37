"""Is exactly that accepted as a CloudEvent which CloudEvents 1.0 allows?"""

from typing import Any

import pytest

from shared.contracts.envelope import UnknownType
from shared.contracts.refusals import Invalid
from tests.contracts.samples import ABSENT, ENVELOPE, changed, read, refused_fields

ALLOWED: dict[str, dict[str, Any]] = {
    "only what every event carries": {},
    "optional attributes that are null": {"datacontenttype": None, "dataschema": None},
    "every core attribute": {
        "datacontenttype": "application/json; charset=utf-8",
        "dataschema": "urn:clientele:event:client-onboarded:1",
    },
    "a time in UTC": {"time": "2026-03-02T09:00:00Z"},
    "a time to the nanosecond": {"time": "2026-03-02T09:00:00.000000000Z"},
    "a time east of Greenwich": {"time": "2026-03-02T10:00:00+01:00"},
    "a time west of Greenwich": {"time": "2026-03-02T08:00:00-01:00"},
    "a source that is only a fragment": {"source": "#till-4"},
    "a time in lower case": {"time": "2026-03-02t09:00:00z"},
    "extensions of every type": {
        "extinteger": -7,
        "extboolean": False,
        "extstring": "some words",
        "exturi": "https://example.com",
        "exttimestamp": "2026-03-31T15:12:00Z",
        "extbinary": "TWE=",
        "extnull": None,
    },
}
FORBIDDEN: dict[str, tuple[dict[str, Any], str]] = {
    "no specversion": ({"specversion": ABSENT}, "specversion"),
    "no id": ({"id": ABSENT}, "id"),
    "no type": ({"type": ABSENT}, "type"),
    "no source": ({"source": ABSENT}, "source"),
    "an empty specversion": ({"specversion": ""}, "specversion"),
    "an empty id": ({"id": ""}, "id"),
    "an empty type": ({"type": ""}, "type"),
    "an empty source": ({"source": ""}, "source"),
    "an empty subject": ({"subject": ""}, "subject"),
    "an empty content type": ({"datacontenttype": ""}, "datacontenttype"),
    "an empty schema": ({"dataschema": ""}, "dataschema"),
    "another version of the standard": ({"specversion": "0.3"}, "specversion"),
    "a time in words": ({"time": "after lunch"}, "time"),
    "a time to the minute": ({"time": "2026-03-02T09:00Z"}, "time"),
    "a time without offset": ({"time": "2026-03-02T09:00:00"}, "time"),
    "an unknown offset letter": ({"time": "2026-03-02T09:00:00Q"}, "time"),
    "an offset of more than a day": ({"time": "2026-03-02T09:00:00+24:30"}, "time"),
    "an offset in letters": ({"time": "2026-03-02T09:00:00+ab:cd"}, "time"),
    "an offset of hours only": ({"time": "2026-03-02T09:00:00+02"}, "time"),
    "a content type that is none": ({"datacontenttype": "json"}, "datacontenttype"),
    "a number as id": ({"id": 4711}, "id"),
    "an object as id": ({"id": {"number": 1}}, "id"),
    "a capital in an attribute's name": ({"tenantId": "x"}, "attributes"),
    "a hyphen in an attribute's name": ({"tenant-id": "x"}, "attributes"),
    "a fraction as an extension": ({"weight": 0.5}, "attributes"),
}
BEYOND: dict[str, tuple[dict[str, Any], str]] = {
    "data twice": ({"data_base64": "e30="}, "data"),
    "a list as an extension": ({"tags": ["x"]}, "attributes"),
    "an integer beyond 32 bits": ({"count": 2**31}, "attributes"),
    "a control character in an extension": ({"note": "a\u0007"}, "attributes"),
    "a control character in the id": ({"id": "a\nb"}, "id"),
    "an id of a whole page": ({"id": "x" * 257}, "id"),
    "a space in the source": ({"source": "urn:firm: x"}, "source"),
    "a broken escape in the source": ({"source": "urn:firm:%zz"}, "source"),
    "a correlation id that is a number": ({"correlationid": 5}, "correlationid"),
}


@pytest.mark.parametrize("changes", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_the_standard_allows_is_accepted(changes: dict[str, Any]) -> None:
    assert read(changed(ENVELOPE, changes)).data.client_id == "c-1"


REFUSED = {**FORBIDDEN, **BEYOND}


@pytest.mark.parametrize(("changes", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_standard_forbids_is_refused_by_name(changes: dict[str, Any], field: str) -> None:
    assert refused_fields(changed(ENVELOPE, changes)) == [field]


def test_the_standard_binds_types_nobody_knows_too() -> None:
    with pytest.raises(Invalid):
        read(changed(ENVELOPE, {"type": "weather-changed", "time": "noon"}))


def test_an_allowed_event_of_a_type_nobody_knows_is_told_apart() -> None:
    with pytest.raises(UnknownType) as unknown:
        read(changed(ENVELOPE, {"type": "weather-changed", "subject": ABSENT}))
    assert unknown.value.type == "weather-changed"


def test_every_broken_attribute_is_named_at_once() -> None:
    broken = changed(ENVELOPE, {"id": "", "source": ABSENT, "time": 5})
    assert refused_fields(broken) == ["id", "source", "time"]
