"""Can other systems publish with nothing but nats-py, and is every event accounted for?"""

import asyncio
import itertools
import json
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from deploy.infra.services import SERVICES
from tests.journeys.firm import Firm, cloud_event, until

DAY = timedelta(days=1)


def one_of_each(firm: Firm, client_id: str, at: str, later: str) -> list[tuple[str, str, Any]]:
    """(type, key, data) of every event type a firm publishes, about one client."""
    matter_id, run = firm.id("m"), firm.id("x")
    about = {"client_id": client_id}
    return [
        (
            "client-onboarded",
            client_id,
            about
            | {
                "name": f"Ottokar Zwolf{run.replace('-', '')}",
                "email": f"{client_id}@example.com",
                "timezone": "Europe/Vienna",
                "locale": "de-AT",
            },
        ),
        ("client-updated", client_id, about | {"phone": "+43 1 234567"}),
        (
            "matter-opened",
            client_id,
            about | {"matter_id": matter_id, "practice_area": "family", "owner_id": "staff-owner"},
        ),
        (
            "party-added",
            matter_id,
            {
                "matter_id": matter_id,
                "party_id": f"p-{run}",
                "name": f"Quintus Vrb{run[2:]}",
                "role": "adverse",
            },
        ),
        (
            "appointment-scheduled",
            client_id,
            about
            | {
                "appointment_id": f"a-{run}",
                "starts_at": later,
                "timezone": "Europe/Vienna",
                "kind": "consultation",
            },
        ),
        (
            "appointment-rescheduled",
            client_id,
            about
            | {
                "appointment_id": f"a-{run}",
                "starts_at": later,
                "timezone": "Europe/Vienna",
                "kind": "consultation",
            },
        ),
        ("appointment-cancelled", client_id, about | {"appointment_id": f"a-{run}"}),
        (
            "document-requested",
            client_id,
            about | {"request_id": f"r-{run}", "matter_id": matter_id, "due_at": later},
        ),
        ("document-received", client_id, about | {"request_id": f"r-{run}"}),
        ("invoice-issued", client_id, about | {"invoice_id": f"i-{run}", "due_at": later}),
        ("invoice-paid", client_id, about | {"invoice_id": f"i-{run}"}),
        (
            "client-contact-logged",
            client_id,
            about | {"direction": "in", "channel": "phone", "at": at},
        ),
        (
            "consent-granted",
            client_id,
            about | {"purpose": "marketing", "at": at, "basis": "written"},
        ),
        ("consent-withdrawn", client_id, about | {"purpose": "all", "at": at}),
        ("matter-closed", client_id, about | {"matter_id": matter_id, "closed_at": at}),
        (
            "inquiry-received",
            f"q-{run}",
            {
                "inquiry_id": f"q-{run}",
                "name": f"Ulla Prx{run[2:]}",
                "phone": "+44 20 7946 0000",
                "channel": "phone",
                "timezone": "Europe/London",
                "locale": "en-GB",
            },
        ),
        (
            "review-received",
            f"v-{run}",
            {
                "review_id": f"v-{run}",
                "site": "google",
                "stars": 5,
                "text": "Fine.",
                "posted_at": at,
            },
        ),
    ]


async def ledgers(firm: Firm) -> dict[str, dict[str, int]]:
    """What became of events, per consumer."""
    answers = await firm.services.ask_all({"ask": "ledger"})
    return {name: answer["ledger"] for name, answer in answers.items()}


def gained(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """How the ledger moved."""
    return {k: after.get(k, 0) - before.get(k, 0) for k in after if after[k] != before.get(k, 0)}


async def test_every_type_is_accepted_with_plain_nats(firm: Firm) -> None:
    await firm.idle()
    before = await ledgers(firm)
    now = await firm.now()
    client_id = firm.id("c")
    events = one_of_each(firm, client_id, now.isoformat(), (now + 20 * DAY).isoformat())
    for kind, key, data in events:
        await firm.say(kind, key, data)
    await firm.idle()
    after = await ledgers(firm)
    for name in SERVICES:
        moved = gained(before[name], after[name])
        assert moved.get("dead", 0) == moved.get("parked", 0) == 0, (name, moved)
    kinds = {kind for kind, _, _ in events}
    assert len(kinds) == 17


async def test_the_same_event_three_times_has_one_effect(firm: Firm) -> None:
    client_id = await firm.a_client()
    now = await firm.now()
    data = {
        "client_id": client_id,
        "appointment_id": firm.id("a"),
        "kind": "consultation",
        "starts_at": (now + 30 * DAY).isoformat(),
        "timezone": "Europe/London",
    }
    event = cloud_event("appointment-scheduled", client_id, data, id=firm.id("same"))
    for _ in range(3):
        await firm.say_raw(f"events.appointment-scheduled.{client_id}", json.dumps(event).encode())
    await firm.advance(DAY)  # were it night, the confirmation would wait for the morning
    entries = await firm.timeline(client_id)
    sent = [e["why"].get("rule_id") for e in entries if e["kind"] == "contact-sent"]
    assert sent.count("appointment-confirmation") == 1
    assert sum("appointment" in subject.lower() for subject in firm.subjects(client_id)) == 1


async def planned(firm: Firm, client_id: str) -> list[str]:
    """What stands to be done for a client, from the timeline of contacts."""
    entries = await firm.timeline(client_id)
    return sorted(
        f"{entry['kind']} {entry['why'].get('rule_id')}"
        for entry in entries
        if entry["kind"] == "contact-sent"
    )


@pytest.mark.parametrize("seed", [1, 2])
async def test_shuffled_events_of_a_client_end_in_the_same_state(firm: Firm, seed: int) -> None:
    now = await firm.now()
    later = (now + 40 * DAY).replace(hour=10, minute=0).isoformat()
    ordered, shuffled = firm.id("c"), firm.id("c")
    stories = {}
    for client_id in (ordered, shuffled):
        events = one_of_each(firm, client_id, now.isoformat(), later)
        keep = ("client-", "matter-opened", "document-", "invoice-")
        own = [event for event in events if event[0].startswith(keep)]
        stories[client_id] = [
            (kind, key, data, {"time": (now - timedelta(minutes=30 - n)).isoformat()})
            for n, (kind, key, data) in enumerate(own)
        ]
    random.Random(seed).shuffle(stories[shuffled])
    for kind, key, data, attributes in itertools.chain(*stories.values()):
        await firm.say(kind, key, data, **attributes)
    await firm.idle()
    await firm.advance(10 * DAY)
    assert await planned(firm, ordered) == await planned(firm, shuffled)


def malformed(firm: Firm, client_id: str) -> list[tuple[str, bytes, str]]:
    """(subject, body, the field that must be named) of events that break the contract."""
    subject = f"events.client-contact-logged.{client_id}"
    good = {
        "client_id": client_id,
        "direction": "in",
        "channel": "phone",
        "at": "2026-01-05T10:00:00+01:00",
    }

    def made(data: Any, **attributes: Any) -> bytes:
        attributes = {"id": firm.id("bad"), **attributes}
        return json.dumps(
            cloud_event("client-contact-logged", client_id, data, **attributes)
        ).encode()

    return [
        (subject, b'{"specversion": "1.0", ', "body"),
        (subject, made({k: v for k, v in good.items() if k != "direction"}), "direction"),
        (subject, made(good | {"direction": "sideways"}), "direction"),
        (subject, made(good | {"at": "yesterday"}), "at"),
        (subject, made(good | {"at": "2026-01-05T10:00:00"}), "at"),
        (subject, made(good | {"client_id": 7}), "client_id"),
        (f"{subject}x", made(good), "subject"),
        (subject, b"\xff\xfe\x00", "body"),
        (subject, made(good, time="2031-01-01T00:00:00Z"), "time"),
        (subject, made(good, source=""), "source"),
    ]


async def test_five_hundred_malformed_events_are_accounted_for_and_stop_nobody(
    firm: Firm,
) -> None:
    await firm.idle()
    before = await ledgers(firm)
    client_id = await firm.a_client()
    bad = list(itertools.islice(itertools.cycle(range(10)), 480))
    expected: list[str] = []
    for n in range(500):
        at = {"at": "2026-01-05T10:00:00+01:00"}
        data = {"client_id": client_id, "direction": "in", "channel": "phone", **at}
        await firm.say("client-contact-logged", client_id, data)
        if n < len(bad):
            subject, body, field = malformed(firm, client_id)[bad[n]]
            await firm.say_raw(subject, body)
            expected.append(field)
    for _ in range(20):
        newer = cloud_event(
            "client-contact-logged",
            client_id,
            {},
            id=firm.id("newer"),
            dataschema="urn:clientele:event:client-contact-logged:9",
        )
        await firm.say_raw(f"events.client-contact-logged.{client_id}", json.dumps(newer).encode())
    await firm.idle()
    moved = {n: gained(before[n], after) for n, after in (await ledgers(firm)).items()}
    assert moved["reminders"]["dead"] == 480
    assert moved["reminders"]["parked"] == 20
    assert moved["reminders"]["applied"] >= 500
    letters = await firm.services.ask(
        "reminders", {"ask": "dead-letters", "do": "list", "limit": 480}
    )
    named = sorted(letter["field_errors"][0]["field"] for letter in letters["items"])
    assert named == sorted(expected)
    entries = await firm.timeline(client_id)
    assert sum(entry["kind"] == "client-contact-logged" for entry in entries) == 500


async def test_an_oversized_event_is_refused_or_kept_as_a_dead_letter(firm: Firm) -> None:
    await firm.idle()
    before = (await ledgers(firm))["reminders"]
    body = b'{"data": "' + b"x" * (300 * 1024) + b'"}'
    try:
        await firm.say_raw("events.client-updated.c-1", body)
    except Exception as refusal:
        assert "maximum" in str(refusal) or "size" in str(refusal)  # noqa: PT017
        return

    async def dead() -> bool:
        return gained(before, (await ledgers(firm))["reminders"]).get("dead") == 1

    await until(dead)


async def test_events_of_one_burst_are_each_applied(firm: Firm) -> None:
    clients = await asyncio.gather(*(firm.a_client() for _ in range(50)))
    await firm.idle()
    greeted = Counter(to.split("@")[0].split("<")[-1] for to in firm.recipients())
    assert all(greeted[client_id] <= 1 for client_id in clients)
    for client_id in [each for each in clients if not greeted[each]]:
        kinds = {entry["kind"] for entry in await firm.timeline(client_id)}
        assert "contact-deferred" in kinds
