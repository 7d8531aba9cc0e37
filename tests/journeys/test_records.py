"""A client asks what the firm holds, or to be forgotten, or is there twice: is the law obeyed?"""

from datetime import timedelta

from deploy.infra.access.stored_events import next_event
from deploy.infra.services import SERVICES
from tests.journeys.firm import Firm, Json, until
from tests.journeys.test_operations import sign_in
from tests.journeys.test_refusals import the_task

SHOWN = {"identity": "identity-document"}
KIND = "records-request"
RESTRICTED = "Restricted: a former client, erased at their own request"


async def a_known_client(firm: Firm, canary: str) -> str:
    """A client whose name, address, number and talk all hold this word."""
    client_id = await firm.a_client(
        name=f"Ada {canary}", phone="+49 30 555 0100", preferred_name=canary
    )
    now = await firm.now()
    about = {"client_id": client_id, "appointment_id": firm.id("a"), "kind": f"talk with {canary}"}
    starts = {"starts_at": (now + timedelta(days=9)).isoformat(), "timezone": "Europe/London"}
    await firm.say("appointment-scheduled", client_id, about | starts)
    await firm.idle()
    talk = {"direction": "in", "channel": "phone", "at": now.isoformat(), "note": f"About {canary}"}
    async with firm.api("lawyer") as api:
        answer = await api.post(f"/api/v1/clients/{client_id}/contacts", json=talk)
    assert answer.status_code == 201, answer.text
    await firm.idle()
    return client_id


async def ask(firm: Firm, what: str, client_id: str) -> Json:
    """The client asks; the task that follows."""
    request_id = firm.id("req")
    said = {"request_id": request_id, "client_id": client_id, "at": (await firm.now()).isoformat()}
    await firm.say(f"{what}-requested", client_id, said)
    return await the_task(firm, "request_id", request_id, KIND)


async def said_about(firm: Firm, kind: str, key: str) -> list[Json]:
    """The events of a kind under one key."""
    found: list[Json] = []
    sequence = 1
    while each := await next_event(firm.services.client, f"events.{kind}.{key}", sequence):
        found.append(each["event"]["data"])
        sequence = each["sequence"] + 1
    return found


async def test_an_erased_client_is_left_nowhere_but_where_the_plan_says(firm: Firm) -> None:
    canary = f"Zzq{firm.id('x').replace('-', '')}"
    client_id = await a_known_client(firm, canary)
    task = await ask(firm, "erasure", client_id)
    request_id = task["about"]["request_id"]
    unseen = await firm.decide(task, "go", "partner", {})
    assert unseen.status_code == 422
    gone = await firm.decide(task, "go", "partner", SHOWN)
    assert gone.status_code == 200, gone.text

    async def erased() -> bool:
        return any(s.startswith("events.client-erased.") for s in await firm.services.stored())

    await until(erased, "the erasure")
    await firm.idle()
    receipts = await said_about(firm, "records-confirmed", request_id)
    assert sorted(each["service"] for each in receipts) == sorted(SERVICES)
    assert {each["done"] for each in receipts} == {"erased"}
    assert [s for s in await firm.services.stored() if s.endswith(f".{client_id}")] == []
    async with firm.api() as api:
        assert (await api.get(f"/api/v1/clients/{client_id}")).status_code == 404
        lines = await api.get(f"/api/v1/clients/{client_id}/timeline")
        assert lines.json()["items"] == []
    matter_id = firm.id("m")
    other = {"matter_id": matter_id, "party_id": firm.id("p"), "name": f"Ada {canary}"}
    await firm.say("party-added", matter_id, {**other, "role": "adverse"})
    check = await the_task(firm, "matter_id", matter_id, "conflict-check")
    shown = await firm.get(f"/api/v1/tasks/{check['task_id']}", "conflicts-officer")
    hits = next(each["value"] for each in shown["fields"] if each["name"] == "hits")
    assert [each["known_name"] for each in hits] == [RESTRICTED]


async def test_a_hold_refuses_an_erasure_and_says_so(firm: Firm) -> None:
    client_id = await firm.a_client()
    hold = {
        "restriction_id": firm.id("hold"),
        "kind": "legal-hold",
        "scope": "client",
        "effect": "keep",
        "client_id": client_id,
        "at": (await firm.now()).isoformat(),
    }
    await firm.say("restriction-placed", client_id, hold)
    task = await ask(firm, "erasure", client_id)
    answer = await firm.decide(task, "go", "partner", SHOWN)
    assert answer.status_code == 409
    assert "legal hold" in answer.json()["detail"]
    assert (await firm.get(f"/api/v1/clients/{client_id}"))["client_id"] == client_id


async def test_what_is_said_of_a_merged_client_lands_on_the_one_that_stays(firm: Firm) -> None:
    survivor, merged = await firm.a_client(), await firm.a_client(phone="+49 30 555 0199")
    await firm.idle()
    said = {"survivor_id": survivor, "merged_id": merged, "at": (await firm.now()).isoformat()}
    await firm.say("client-merged", survivor, said)

    async def receipts() -> bool:
        confirmed = await said_about(firm, "records-confirmed", f"merge-{merged}")
        return {each["service"] for each in confirmed} == set(SERVICES)

    await until(receipts, "the merge")
    later = {"client_id": merged, "appointment_id": firm.id("a"), "kind": "talk"}
    at = (await firm.now() + timedelta(days=5)).isoformat()
    starts = {"starts_at": at, "timezone": "Europe/London"}
    await firm.say("appointment-scheduled", merged, later | starts)
    await firm.idle()
    lines = await firm.timeline(survivor)
    assert sum(each["kind"] == "client-onboarded" for each in lines) == 2
    assert sum(each["kind"] == "appointment-scheduled" for each in lines) == 1
    async with firm.api() as api:
        old = await api.get(f"/api/v1/clients/{merged}/timeline")
    assert old.json()["items"] == []


async def test_an_access_file_is_gathered_from_every_service(firm: Firm) -> None:
    client_id = await a_known_client(firm, "Quicksilver")
    task = await ask(firm, "access", client_id)
    too_early = await firm.decide(task, "given", "partner", {"given": "post"})
    assert too_early.status_code == 409
    assert (await firm.decide(task, "go", "partner", SHOWN)).status_code == 200

    async def ready() -> bool:
        again = await firm.get(f"/api/v1/tasks/{task['task_id']}")
        return any(each["name"] == "file" and each.get("value") for each in again["fields"])

    await until(ready, "the file")
    browser = await sign_in(firm, "lawyer")
    file = await browser.get(f"/tasks/{task['task_id']}/records.json")
    assert file.status_code == 200, file.text
    said = file.json()
    assert set(said["records"]) == set(SERVICES)
    assert file.text.count("Quicksilver") > 3
    await browser.aclose()
    again = await firm.get(f"/api/v1/tasks/{task['task_id']}")
    given = await firm.decide(again, "given", "partner", {"given": "handed-over"})
    assert given.status_code == 200, given.text
    [answered] = await said_about(firm, "records-answered", client_id)
    assert answered["outcome"] == "granted"


async def a_former_client(firm: Firm, *, held: bool) -> str:
    """Somebody whose one matter was closed seven years ago; with a talk of then, and one of now."""
    client_id, matter_id, now = firm.id("c"), firm.id("m"), await firm.now()
    then = now - timedelta(days=7 * 366)
    who = {"client_id": client_id}
    matter = {**who, "matter_id": matter_id}
    if held:
        hold = {"restriction_id": firm.id("hold"), "kind": "legal-hold", "scope": "client",
                "effect": "keep", "at": now.isoformat()}  # fmt: skip
        await firm.say("restriction-placed", client_id, who | hold)
    told = {"time": then.isoformat(), "history": True}
    names = {"name": "Ada Former", "email": f"{client_id}@example.com"} | {
        "timezone": "Europe/London", "locale": "en"
    }  # fmt: skip
    await firm.say("client-onboarded", client_id, who | names, **told)
    opened = {"practice_area": "tenancy", "owner_id": "s-1"}
    await firm.say("matter-opened", client_id, matter | opened, **told)
    talk = {"direction": "out", "channel": "phone"}
    await firm.say(
        "client-contact-logged", client_id, who | talk | {"at": then.isoformat()}, **told
    )
    await firm.say("client-contact-logged", client_id, who | talk | {"at": now.isoformat()})
    await firm.say("matter-closed", client_id, matter | {"closed_at": then.isoformat()}, **told)
    await firm.idle()
    return client_id


async def test_of_a_former_client_what_is_over_for_years_goes_unless_a_hold_keeps_it(
    firm: Firm,
) -> None:
    held, former = await a_former_client(firm, held=True), await a_former_client(firm, held=False)

    async def cleared() -> bool:
        return "client-onboarded" not in {each["kind"] for each in await firm.timeline(former)}

    await until(cleared, "the end of the records")
    await firm.idle()
    ended = await said_about(firm, "records-ended", former)
    assert [each["client_id"] for each in ended] == [former]
    talks = [
        each for each in await firm.timeline(former) if each["kind"] == "client-contact-logged"
    ]
    assert len(talks) == 1
    assert (await firm.get(f"/api/v1/clients/{former}"))["client_id"] == former
    assert await said_about(firm, "records-ended", held) == []
    kinds = [each["kind"] for each in await firm.timeline(held)]
    assert (kinds.count("client-onboarded"), kinds.count("client-contact-logged")) == (1, 2)
