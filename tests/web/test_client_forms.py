"""What may a client send, and what ends in the page for dead ends?"""

import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from shared.web.client_forms import ClientForms
from shared.web.clients import DeadEndError
from shared.web.limits import Pace

OWN = "https://survey.kanzlei.example"
FORM = "application/x-www-form-urlencoded"


def a_request(body: bytes = b"", kind: str = FORM, origin: str = OWN) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", kind.encode()), (b"origin", origin.encode())]
    scope = {"type": "http", "method": "POST", "headers": headers, "client": ("203.0.113.9", 1)}
    return Request(scope, receive)


def forms(tries: str = "2/hour") -> ClientForms:
    return ClientForms(Pace({"address": "100/hour", "link": tries}), OWN)


def test_what_was_typed_into_our_own_form_is_read() -> None:
    typed = asyncio.run(forms().read(a_request(b"answer=yes&wrong="), "a link"))
    assert typed.plain() == {"answer": "yes", "wrong": ""}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (a_request(b"answer=yes", origin="https://elsewhere.example"), 403),
        (a_request(b"{}", kind="application/json"), 415),
        (a_request(b"x=" + b"y" * 70_000), 413),
    ],
    ids=["another site's form", "no form", "more than a form holds"],
)
def test_anything_else_ends_there(sent: Request, status: int) -> None:
    with pytest.raises(DeadEndError) as end:
        asyncio.run(forms().read(sent, "a link"))
    assert end.value.status == status


def test_tries_are_counted_for_each_link_before_anything_is_read() -> None:
    counted = forms()
    for _ in range(2):
        counted.count(a_request(), "one link")
    with pytest.raises(DeadEndError) as end:
        asyncio.run(counted.read(a_request(b"answer=yes"), "one link"))
    assert end.value.status == 429
    counted.count(a_request(), "another link")


def test_another_sites_form_costs_the_client_no_try() -> None:
    counted = forms("1/hour")
    with pytest.raises(DeadEndError):
        asyncio.run(counted.read(a_request(origin="https://elsewhere.example"), "a link"))
    assert asyncio.run(counted.read(a_request(b"answer=no"), "a link")).one("answer") == "no"
