"""Is a delivery let in exactly when its source sent it, kept before it is told, and once?"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.gateway.api import bodies
from services.gateway.ports import DELIVERIES
from shared.contracts.refusals import Invalid
from shared.errors import TemporaryError
from tests.gateway.doors import KEY, PAID, SECRETS, DoorsOpen, signed, stamped


async def test_a_signed_delivery_is_kept_and_then_said(gateway: DoorsOpen) -> None:
    answer = await gateway.deliver(PAID)
    assert (answer.status_code, answer.json()) == (202, {})
    (kept,) = gateway.office.all(DELIVERIES)
    assert (kept.given_id, json.loads(kept.body)) == ("msg_1", PAID)
    assert gateway.read() == [("invoice-paid", {"invoice_id": "R-1", "client_id": "c-1"})]


async def test_what_is_said_is_said_in_the_name_of_its_source(gateway: DoorsOpen) -> None:
    await gateway.deliver(PAID)
    gateway.read()
    (event,) = gateway.office.announced
    assert event.source == "urn:system:gateway:billing"
    assert event.nats_subject == "events.invoice-paid.c-1.gateway"
    assert event.time.isoformat() == "2026-03-02T08:00:00+00:00"


async def test_a_repeated_delivery_is_acknowledged_and_said_once(gateway: DoorsOpen) -> None:
    for _ in range(3):
        assert (await gateway.deliver(PAID)).status_code == 202
    assert len(gateway.read()) == 1
    await gateway.deliver(PAID)
    assert len(gateway.read()) == 1
    assert gateway.outcome("billing", "accepted") == 1
    assert gateway.outcome("billing", "repeated") == 3


async def test_deliveries_at_the_same_moment_are_kept_once(gateway: DoorsOpen) -> None:
    answers = await asyncio.gather(*(gateway.deliver(PAID) for _ in range(20)))
    assert {each.status_code for each in answers} == {202}
    assert len(gateway.office.all(DELIVERIES)) == 1


@pytest.mark.parametrize("late", [301, -301])
async def test_a_delivery_from_another_hour_is_refused(gateway: DoorsOpen, late: float) -> None:
    answer = await gateway.deliver(PAID, late=late)
    assert (answer.status_code, answer.json()["code"]) == (401, "instant")
    assert gateway.office.all(DELIVERIES) == []


async def test_another_key_is_refused(gateway: DoorsOpen) -> None:
    answer = await gateway.deliver(PAID, key=b"another key of 32 bytes, or more")
    assert (answer.status_code, answer.json()["code"]) == (401, "signature")
    assert "webhook-signature" in answer.json()["detail"]
    assert gateway.outcome("billing", "unproved") == 1


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
async def test_a_missing_header_is_named(gateway: DoorsOpen, name: str) -> None:
    headers = signed(b"{}", "msg_1", str(int(gateway.office.now.timestamp())))
    del headers[name]
    answer = await gateway.post("/in/billing", b"{}", headers)
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith(f"{name} is missing")


async def test_a_body_changed_on_the_way_is_refused(gateway: DoorsOpen) -> None:
    headers = signed(b"{}", "msg_1", str(int(gateway.office.now.timestamp())))
    assert (await gateway.post("/in/billing", b"{ }", headers)).status_code == 401


async def test_during_a_rotation_both_secrets_hold(gateway: DoorsOpen, tmp_path: Path) -> None:
    second = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY"
    (tmp_path / "billing").write_text(f"{second}\n{SECRETS['billing']}\n")
    assert (await gateway.deliver(PAID)).status_code == 202
    (tmp_path / "billing").write_text(f"{second}\n")
    assert (await gateway.deliver(PAID)).status_code == 401


async def test_one_right_signature_among_several_is_enough(gateway: DoorsOpen) -> None:
    headers = signed(b"{}", "msg_1", str(int(gateway.office.now.timestamp())))
    headers["webhook-signature"] = f"v1a,AAAA v1,AAAA {headers['webhook-signature']}"
    assert (await gateway.post("/in/billing", b"{}", headers)).status_code == 202


async def test_a_source_nobody_set_up_has_no_door(gateway: DoorsOpen) -> None:
    assert (await gateway.post("/in/nobody", b"{}", {})).status_code == 404
    assert (await gateway.post("/in/crm", b"{}", {})).status_code == 404  # posts to /events
    assert gateway.outcome("unknown", "unknown") == 2


async def test_a_door_without_a_secret_stays_closed(gateway: DoorsOpen, tmp_path: Path) -> None:
    (tmp_path / "billing").unlink()
    answer = await gateway.deliver(PAID)
    assert (answer.status_code, answer.json()["code"]) == (503, "closed")
    (tmp_path / "billing").write_text("whsec_short")
    assert (await gateway.deliver(PAID)).json()["code"] == "closed"


async def test_what_is_no_json_is_kept_for_whoever_has_to_see_it(gateway: DoorsOpen) -> None:
    body = b"\xff not json"
    headers = signed(body, "msg_1", str(int(gateway.office.now.timestamp())), KEY)
    assert (await gateway.post("/in/billing", body, headers)).status_code == 202
    assert gateway.office.all(DELIVERIES)[0].body == body


async def test_a_body_is_bounded_announced_or_not(gateway: DoorsOpen) -> None:
    huge = b"x" * (bodies.MOST_BYTES + 1)
    assert (await gateway.post("/in/billing", huge, {})).status_code == 413

    async def dripping() -> AsyncIterator[bytes]:
        for _ in range(1100):
            yield b"x" * 1024

    answer = await gateway.client.post("/in/billing", content=dripping())
    assert answer.status_code == 413
    assert gateway.office.all(DELIVERIES) == []


async def test_a_body_that_does_not_end_is_not_waited_for(
    gateway: DoorsOpen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MOST_SECONDS", 0.05)

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    answer = await gateway.client.post("/in/billing", content=never())
    assert (answer.status_code, answer.json()["code"]) == (408, "slow")


async def test_while_the_database_is_away_nothing_is_acknowledged(gateway: DoorsOpen) -> None:
    gateway.runtime.failure = TemporaryError("the database is away")
    answer = await gateway.deliver(PAID)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    gateway.runtime.failure = None
    assert (await gateway.deliver(PAID)).status_code == 202
    assert len(gateway.read()) == 1


async def test_what_must_not_be_kept_is_taken_out_first(gateway: DoorsOpen) -> None:
    invoice = {"id": "in_1", "default_payment_method": {"card": {"last4": "4242"}}}
    body = json.dumps({"id": "evt_1", "type": "x", "data": {"object": invoice}}).encode()
    header = stamped(body, SECRETS["invoices"].encode(), gateway.office)
    answer = await gateway.post("/in/invoices", body, {"Stripe-Signature": header})
    assert answer.status_code == 202
    (kept,) = gateway.office.all(DELIVERIES)
    assert b"4242" not in kept.body
    assert kept.given_id == "evt_1"


async def test_a_refusal_repeats_nothing_that_was_sent(gateway: DoorsOpen) -> None:
    answer = await gateway.post("/in/billing", b"Kovac", {"webhook-id": "Kovac"})
    assert "Kovac" not in answer.text


STRANGE = {
    "nothing": b"",
    "null": b"null",
    "deep": b"[" * 100_000,
    "half a letter": b'{"id": "\\ud800"}',
    "a long number": b'{"id": ' + b"9" * 5000 + b"}",
    "not a number": b'{"id": NaN}',
}


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE.keys())
async def test_whatever_a_source_signs_is_kept_and_named(gateway: DoorsOpen, body: bytes) -> None:
    header = {"Stripe-Signature": stamped(body, SECRETS["invoices"].encode(), gateway.office)}
    assert (await gateway.post("/in/invoices", body, header)).status_code == 202
    with pytest.raises(Invalid) as no:
        gateway.read()
    assert [each.field for each in no.value.field_errors] == ["body"]


async def test_ids_that_begin_alike_are_two(gateway: DoorsOpen) -> None:
    await gateway.deliver(PAID, id="m" * 300 + "1")
    await gateway.deliver(PAID, id="m" * 300 + "2")
    assert len(gateway.office.all(DELIVERIES)) == 2
