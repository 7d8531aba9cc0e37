"""Is an event taken only at its own address, in a version we know, with its own data?"""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.envelope import (
    MAX_EVENT_BYTES,
    Invalid,
    NewerVersion,
    UnknownType,
    decode,
)
from tests.contracts.samples import (
    CLIENT,
    ENVELOPE,
    NOW,
    changed,
    read,
    refusal,
    refused_fields,
)

ADDRESS = "events.client-onboarded.c-1"


@pytest.mark.parametrize(
    "address",
    ["events.client-onboarded.c-2", "events.client-updated.c-1", "c-1", ""],
)
def test_an_event_at_anothers_address_is_refused(address: str) -> None:
    assert refused_fields(ENVELOPE, address=address or "x") == ["subject"]


def test_an_event_about_somebody_else_than_its_data_is_refused() -> None:
    elsewhere = changed(ENVELOPE, {"data": changed(CLIENT, {"client_id": "c-2"})})
    refused = refusal(elsewhere)
    assert [each.field for each in refused.field_errors] == ["subject"]
    assert "client_id" in refused.reason


@pytest.mark.parametrize(
    "schema",
    [
        "https://example.com/schema",
        "urn:clientele:event:client-updated:1",
        "urn:clientele:event:client-onboarded:0",
        "urn:clientele:event:client-onboarded:01",
        "urn:clientele:event:client-onboarded:x",
        "urn:clientele:event:client-onboarded:²",
        "urn:clientele:event:client-onboarded:",
        "urn:clientele:event:client-onboarded:9999999",
    ],
)
def test_a_schema_that_is_not_ours_is_refused(schema: str) -> None:
    assert refused_fields(changed(ENVELOPE, {"dataschema": schema})) == ["dataschema"]


def test_a_newer_version_is_told_apart_so_that_it_can_wait() -> None:
    newer = changed(ENVELOPE, {"dataschema": "urn:clientele:event:client-onboarded:2"})
    with pytest.raises(NewerVersion) as waiting:
        read(newer)
    assert (waiting.value.type, waiting.value.version) == ("client-onboarded", 2)


@pytest.mark.parametrize("data", [None, "text", 5, [CLIENT], True])
def test_data_that_is_no_object_is_refused(data: object) -> None:
    assert refused_fields(changed(ENVELOPE, {"data": data})) == ["data"]


def test_an_event_of_256_kib_is_taken() -> None:
    body = json.dumps(ENVELOPE).encode()
    padded = body + b" " * (MAX_EVENT_BYTES - len(body))
    assert decode(ADDRESS, None, padded, now=NOW).id == "1"


def test_a_larger_event_is_refused() -> None:
    assert refused_fields(b" " * (MAX_EVENT_BYTES + 1), address=ADDRESS) == ["body"]


NOT_JSON = {
    "nothing": b"",
    "half an object": b'{"id": "1"',
    "a list": b"[]",
    "a number": b"1",
    "not a number": b'{"id": NaN}',
    "half a character": b'{"id": "\xe2\x82"}',
    "an overlong character": b'{"id": "\xc0\xa0"}',
    "half a surrogate pair": b'{"id": "\\ud800"}',
    "another encoding": '{"id": "1"}'.encode("utf-16"),
    "a very deep list": b"[" * 100_000,
    "very deep data": b'{"data":' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_a_body_that_is_no_json_object_is_refused(body: bytes) -> None:
    assert refused_fields(body, address=ADDRESS) == ["body"]


def test_an_absurd_number_is_refused_and_not_an_error() -> None:
    body = json.dumps(ENVELOPE).replace('"de-DE"', "9" * 10_000).encode()
    with pytest.raises(Invalid):
        decode(ADDRESS, None, body, now=NOW)


def test_unknown_fields_of_the_data_are_ignored() -> None:
    assert read(changed(ENVELOPE, {"data": changed(CLIENT, {"shoe_size": 43})})).id == "1"


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    name=st.sampled_from([*ENVELOPE, "dataschema", "history", "data_base64", "extension"]),
    value=json_values,
)
def test_no_attribute_can_break_the_reader(name: str, value: Any) -> None:
    with suppress(Invalid, NewerVersion, UnknownType):
        read(changed(ENVELOPE, {name: value}), address=ADDRESS)


@given(name=st.sampled_from([*CLIENT, "consents", "phone", "matter_id"]), value=json_values)
def test_no_field_can_break_the_reader(name: str, value: Any) -> None:
    with suppress(Invalid):
        read(changed(ENVELOPE, {"data": changed(CLIENT, {name: value})}))


@given(st.binary())
def test_no_bytes_can_break_the_reader(body: bytes) -> None:
    with pytest.raises(Invalid):
        decode(ADDRESS, None, body, now=NOW)


CANARY = "Zebedee\u0007Quagmire"


@pytest.mark.parametrize("field", [*CLIENT, "consents", "phone", "preferred_channel", "matter_id"])
@pytest.mark.parametrize("value", [CANARY, [CANARY], {CANARY: CANARY}])
def test_a_refusal_never_repeats_what_was_in_the_data(field: str, value: object) -> None:
    refused = refusal(changed(ENVELOPE, {"data": changed(CLIENT, {field: value})}))
    assert "Zebedee" not in f"{refused} {refused.reason} {refused.field_errors}"


@pytest.mark.parametrize("name", [*ENVELOPE, "dataschema", "correlationid", "Zebedee-Quagmire"])
def test_a_refusal_never_repeats_what_was_in_an_attribute(name: str) -> None:
    refused = refusal(changed(ENVELOPE, {name: CANARY}), address=ADDRESS)
    assert "Zebedee" not in f"{refused} {refused.reason} {refused.field_errors}"
