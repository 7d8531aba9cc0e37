"""From outside: is what is serious noticed once, declared, led and ended as the firm planned it?"""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from tests.journeys.firm import Firm, Json

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def open_tasks(firm: Firm, kind: str) -> list[Json]:
    return [each for each in await firm.tasks(state="open") if each["kind"] == kind]


async def proposed(firm: Firm, words: str) -> list[Json]:
    """The proposals whose page says these words."""
    tasks = await open_tasks(firm, "incident-proposal")
    whole = [await firm.get(f"/api/v1/tasks/{each['task_id']}") for each in tasks]
    return [
        task
        for task in whole
        if any(words in str(field.get("value", "")) for field in task["fields"])
    ]


async def lasting(firm: Firm, kind: str) -> Json:
    items = (await firm.get("/api/v1/incidents"))["items"]
    (found,) = [each for each in items if (each["kind"], each["state"]) == (kind, "open")]
    return dict(found)


@pytest.fixture(autouse=True)
async def nothing_left_open(firm: Firm) -> AsyncIterator[None]:
    """An incident left open by a failed test would hold back what other tests wait for."""
    yield
    for each in (await firm.get("/api/v1/incidents"))["items"]:
        if each["state"] == "open":
            await resolve(firm, each)


async def resolve(firm: Firm, incident: Json) -> None:
    async with firm.api() as api:
        place = f"/api/v1/incidents/{incident['incident_id']}/resolve"
        answer = await api.post(place, json={"words": "It is over."})
    assert answer.status_code == 200, answer.text
    await firm.idle()


def kinds_of(timeline: list[Json], rule: str) -> list[str]:
    return [e["kind"] for e in timeline if e["why"].get("rule_id") == rule]


@pytest.mark.whole
async def test_three_bad_reviews_are_one_proposal_and_declared_asks_wait_and_appointments_go(
    firm: Firm,
) -> None:
    await firm.morning()
    client_id = await firm.a_client(
        consents=[{"purpose": "marketing", "basis": "written", "given_at": "2025-03-01T09:00:00Z"}]
    )
    now, matter_id, place = await firm.now(), firm.id("m"), firm.id("loc")
    about = {"client_id": client_id, "matter_id": matter_id}
    await firm.say("matter-opened", client_id, about | {"practice_area": "family"})
    await firm.say("matter-closed", client_id, about | {"closed_at": now.isoformat()})
    await firm.idle()
    await firm.advance(13 * DAY)
    now = await firm.now()
    for n in range(4):
        review_id = firm.id("v")
        await firm.say("review-received", review_id, {
            "review_id": review_id, "site": "google", "location_id": place, "stars": 1 + n % 2,
            "posted_at": (now - n * HOUR).isoformat(),
        })  # fmt: skip
    await firm.idle()
    (task,) = await proposed(firm, place)
    answer = await firm.decide(task, "declare", "partner")
    assert answer.status_code == 200, answer.text
    await firm.idle()
    incident = await lasting(firm, "review-spike")
    assert incident["scope"] == place
    await firm.say("appointment-scheduled", client_id, {
        "client_id": client_id, "appointment_id": firm.id("a"), "kind": "consultation",
        "starts_at": (now + 30 * DAY).isoformat(), "timezone": "Europe/London",
    })  # fmt: skip
    await firm.idle()
    await firm.advance(2 * DAY)
    timeline = await firm.timeline(client_id)
    assert "contact-sent" in kinds_of(timeline, "appointment-confirmation")
    asked = kinds_of(timeline, "review-ask")
    assert "contact-deferred" in asked
    assert "contact-sent" not in asked
    await resolve(firm, incident)
    await firm.advance(DAY)
    asked = kinds_of(await firm.timeline(client_id), "review-ask")
    assert asked.count("contact-sent") == 1


async def test_a_breach_begins_72_hours_and_lists_the_current_clients(firm: Firm) -> None:
    client_id = await firm.a_client()
    now, ref = await firm.now(), firm.id("sec")
    for n in range(2):
        await firm.say("data-breach-detected", ref, {
            "incident_ref": ref, "detected_at": now.isoformat(), "severity": "high",
        }, id=firm.id(f"told-{n}"))  # fmt: skip
    await firm.idle()
    (task,) = await proposed(firm, ref)
    assert (await firm.decide(task, "declare", "partner")).status_code == 200
    await firm.idle()
    incident = await lasting(firm, "data-breach")
    (clock,) = [each for each in incident["steps"] if each.get("clock_ends_at")]
    assert datetime.fromisoformat(clock["clock_ends_at"]) - now < timedelta(hours=72, seconds=1)
    async with desk_page(firm) as page:
        assert "Notifying the supervisory authority" in (await page.get("/promised")).text
        file = await page.get(f"/incidents/{incident['incident_id']}/clients.csv")
        assert client_id in file.text
    await firm.advance(49 * HOUR)
    (owed,) = await firm.tasks_about("incident_ref", ref, state="open", kind="commitment")
    assert datetime.fromisoformat(owed["due_at"]) == datetime.fromisoformat(clock["clock_ends_at"])
    (step,) = [
        each
        for each in await open_tasks(firm, "incident-step")
        if each["about"]["incident_id"] == incident["incident_id"]
        and "notify authority" in each["title"]
    ]
    assert (await firm.decide(step, "done", "partner")).status_code == 200
    await firm.idle()
    assert await firm.tasks_about("incident_ref", ref, state="open", kind="commitment") == []
    await resolve(firm, incident)


async def test_in_an_emergency_everybody_is_asked_and_silence_escalates(firm: Firm) -> None:
    people = (await firm.get("/api/v1/staff"))["items"]
    active = {each["staff_id"] for each in people if each["active"]}
    async with firm.api() as api:
        made = await api.post("/api/v1/incidents", json={"kind": "staff-emergency"})
    assert made.status_code == 201, made.text
    await firm.idle()
    calls = {each["owner_id"]: each for each in await open_tasks(firm, "roll-call")}
    assert set(calls) == active
    mine = firm.connect["staff"]["lawyer"]
    assert (await firm.decide(calls[mine], "safe", "lawyer")).status_code == 200
    await firm.idle()
    await firm.advance(timedelta(minutes=50))
    left = {each["owner_id"]: each for each in await open_tasks(firm, "roll-call")}
    assert set(left) == active - {mine}
    assert {each["escalation"] for each in left.values()} == {2}
    shown = await firm.get(f"/api/v1/incidents/{made.json()['incident_id']}")
    status = {each["staff_id"]: each["status"] for each in shown["people"]}
    assert (status.pop(mine), set(status.values())) == ("safe", {"unknown"})
    await resolve(firm, shown)
    assert await open_tasks(firm, "roll-call") == []


def desk_page(firm: Firm) -> "SignedIn":
    return SignedIn(firm)


class SignedIn:
    """The desk's pages as a partner's browser reaches them."""

    def __init__(self, firm: Firm) -> None:
        self._firm = firm
        self._client = httpx.AsyncClient(
            base_url=firm.connect["desk"], timeout=20, follow_redirects=True,
            headers={"Origin": firm.connect["desk"]},
        )  # fmt: skip

    async def __aenter__(self) -> httpx.AsyncClient:
        login = self._firm.connect["logins"]["partner"]
        page = await self._client.get("/login")
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        typed = {"user": login["user"], "password": login["password"]}
        answer = await self._client.post("/login", data=hidden | typed)
        assert "Sign out" in answer.text
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()
