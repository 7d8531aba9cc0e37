"""Is an event understood in both modes of the NATS binding, however its headers are written?"""

import json
from base64 import b64encode
from typing import Any

import pytest

from tests.contracts.samples import (
    CLIENT,
    ENVELOPE,
    binary,
    changed,
    read,
    refused_fields,
)

ADDRESS = "events.client-onboarded.c-1"
BODY = json.dumps(CLIENT).encode()


def binary_id(value: str) -> Any:
    """The id of an event whose ``ce-id`` header reads so."""
    headers, body = binary(ENVELOPE)
    return read(body, address=ADDRESS, headers={**headers, "ce-id": value}).id


@pytest.mark.parametrize(
    "headers",
    [
        None,
        {},
        {"Content-Type": "application/cloudevents+json"},
        {"content-type": "Application/CloudEvents+JSON; charset=utf-8"},
        {"CONTENT-TYPE": "application/cloudevents"},
        {"Content-Type": "application/json", "Nats-Msg-Id": "x"},
    ],
)
def test_a_structured_event_is_read(headers: dict[str, str] | None) -> None:
    assert read(ENVELOPE, headers=headers).data.client_id == "c-1"


def test_a_structured_event_stays_one_beside_ce_headers() -> None:
    headers = {"Content-Type": "application/cloudevents+json", "ce-id": "other"}
    assert read(ENVELOPE, headers=headers).id == "1"


@pytest.mark.parametrize(
    "content_type",
    ["application/cloudevents-batch+json", "application/cloudevents+avro", "text/plain"],
)
def test_what_is_no_single_json_event_is_refused(content_type: str) -> None:
    assert refused_fields(ENVELOPE, headers={"Content-Type": content_type}) == ["content-type"]


@pytest.mark.parametrize("prefix", ["ce-", "CE-", "Ce-", "cE-"])
def test_a_binary_event_is_read_whatever_the_case_of_its_headers(prefix: str) -> None:
    headers, body = binary(ENVELOPE)
    written = {name.replace("ce-", prefix): value for name, value in headers.items()}
    assert read(body, address=ADDRESS, headers=written) == read(ENVELOPE)


def test_a_binary_event_may_name_its_content_type_as_over_http() -> None:
    headers, body = binary(ENVELOPE)
    headers["Content-Type"] = "text/xml"
    assert refused_fields(body, address=ADDRESS, headers=headers) == ["datacontenttype"]


def test_a_percent_encoded_value_is_decoded_once() -> None:
    assert binary_id("Euro%20%E2%82%AC%20%F0%9F%98%80") == "Euro € 😀"
    assert binary_id("100%2525") == "100%25"


@pytest.mark.parametrize("value", ["%e2%82%ac", "%E2%82%AC", "€"])
def test_hexadecimal_digits_may_be_of_any_case(value: str) -> None:
    assert binary_id(value) == "€"


def test_what_needed_no_encoding_is_decoded_all_the_same() -> None:
    assert binary_id("%41%42") == "AB"


def test_a_quoted_value_is_unquoted_first() -> None:
    assert binary_id(r'"Anna \"K\" %41"') == 'Anna "K" A'


@pytest.mark.parametrize("value", ["%C0%A0", "%FF", "%E2%82", "%ED%A0%80", "\udc80"])
def test_a_value_that_is_no_utf_8_is_refused(value: str) -> None:
    headers, body = binary(ENVELOPE)
    headers["ce-id"] = value
    assert refused_fields(body, address=ADDRESS, headers=headers) == ["id"]


def test_a_header_nobody_knows_is_not_named_when_it_is_refused() -> None:
    headers, body = binary(ENVELOPE)
    headers["ce-somebody"] = "%FF"
    assert refused_fields(body, address=ADDRESS, headers=headers) == ["attributes"]


def test_history_is_read_from_a_header() -> None:
    headers, body = binary(changed(ENVELOPE, {"history": True}))
    assert read(body, address=ADDRESS, headers=headers).history


def test_a_binary_body_that_is_no_json_is_refused() -> None:
    headers, _ = binary(ENVELOPE)
    assert refused_fields(b"{", address=ADDRESS, headers=headers) == ["data"]


def test_data_in_a_header_is_refused() -> None:
    headers, body = binary(ENVELOPE)
    headers["ce-data"] = "{}"
    assert refused_fields(body, address=ADDRESS, headers=headers) == ["data"]


def without_data(data_base64: Any) -> dict[str, Any]:
    """The event with its data in Base64."""
    return changed(ENVELOPE, {"data": None, "data_base64": data_base64})


def test_data_in_base64_is_read() -> None:
    assert read(without_data(b64encode(BODY).decode())) == read(ENVELOPE)


@pytest.mark.parametrize("encoded", ["???", "e30", 5, "", b64encode(b"{").decode()])
def test_data_in_broken_base64_is_refused(encoded: object) -> None:
    assert refused_fields(without_data(encoded)) == ["data_base64"]
