"""The whole desk on real servers: events in, HTTP out, decisions to an owner over NATS."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import nats
import pytest

from deploy.infra.ports import OPS
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.desk.app import build, let_in
from services.desk.settings import DeskSettings
from shared.clock import real_now
from shared.contracts.firm import ClientOnboarded
from shared.mongo import connect
from shared.process.run import ServiceProcess, mappings_of
from shared.process.settings import Settings
from shared.web import passwords
from tests.core.conftest import prepare_stream, until
from tests.desk.browsing import form_fields
from tests.desk.facts import ASH, LENA, LEO, PAT, completed, created
from tests.desk.running import RunningDesk, StubOwner, key_file
from tests.empty_database import emptied
from tests.patience import PATIENCE

DECISION = {"decision": "reached", "fields": {}, "version": 1}
ONBOARDED = ClientOnboarded(
    client_id="c-1", name="Canary Name", email="canary@example.com", timezone="Europe/London",
    locale="en-GB",
)  # fmt: skip


@pytest.fixture
async def desk(
    nats_server: EmbeddedNats,
    nats_url: str,
    mongo_server: EmbeddedMongo,
    tmp_path: Path,
    port_base: int,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[RunningDesk]:
    """The desk, consuming and serving, with a stub as the owner of its tasks."""
    monkeypatch.setenv("DESK_API_KEYS_FILE", str(key_file(tmp_path)))
    key = tmp_path / "key"
    key.write_text("ab" * 32)
    connection = await nats.connect(nats_url)
    await prepare_stream(connection, "desk")
    database = connect(mongo_server.url(), "desk")
    await emptied(database, mappings_of(build()))
    settings = Settings(
        nats_url=nats_server.url("desk"), mongo_url=mongo_server.url("desk"),
        http_port=port_base, ops_port=port_base + OPS,
        master_key_file=key, link_key_file=key, data_dir=tmp_path,
    )  # fmt: skip
    process = ServiceProcess(build(), settings)
    await process.start()
    owner = StubOwner(connection)
    await owner.come()
    running = RunningDesk(process, connection, owner, f"http://127.0.0.1:{port_base}/api/v1")
    await until(lambda: _answers(running))
    yield running
    await process.leave()
    await connection.close()
    database.close()


async def _answers(running: RunningDesk) -> bool:
    async with running.as_person(LEO) as leo:
        try:
            return (await leo.get("/me")).status_code == 200
        except httpx.TransportError:
            return False


async def test_a_task_announced_on_the_stream_is_on_the_list(desk: RunningDesk) -> None:
    await desk.say(created())
    async with desk.as_person(LEO) as leo:
        tasks = (await leo.get("/tasks", params={"state": "open"})).json()["items"]
    assert [task["task_id"] for task in tasks] == ["t-1"]


async def test_the_owner_shows_the_values_over_nats(desk: RunningDesk) -> None:
    desk.owner.values = {"phone": "+44 20 5550001"}
    await desk.say(created())
    async with desk.as_person(LEO) as leo:
        fields = (await leo.get("/tasks/t-1")).json()["fields"]
    assert [each["value"] for each in fields if "value" in each] == ["+44 20 5550001"]


async def test_a_decision_reaches_its_owner_and_shows_at_once(desk: RunningDesk) -> None:
    await desk.say(created())
    async with desk.as_person(LEO) as leo:
        answer = await leo.post("/tasks/t-1/decisions", json=DECISION)
        listed = (await leo.get("/tasks", params={"state": "done"})).json()["items"]
    assert (answer.status_code, [task["version"] for task in listed]) == (200, [2])


async def test_the_owners_event_completes_what_the_answer_began(desk: RunningDesk) -> None:
    await desk.say(created())
    async with desk.as_person(LEO) as leo:
        await leo.post("/tasks/t-1/decisions", json=DECISION)
        await desk.say(completed())
        task = (await leo.get("/tasks/t-1")).json()
    assert (task["state"], task["history"][-1]["by"]) == ("done", "leo")


async def test_while_nobody_answers_for_the_owner_a_decision_is_503(desk: RunningDesk) -> None:
    await desk.say(created())
    await desk.owner.go()
    async with desk.as_person(LEO) as leo:
        answer = await leo.post("/tasks/t-1/decisions", json=DECISION)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


async def test_while_nobody_answers_for_the_owner_its_tasks_are_still_shown(
    desk: RunningDesk,
) -> None:
    await desk.say(created())
    await desk.owner.go()
    async with desk.as_person(LEO) as leo:
        task = (await leo.get("/tasks/t-1")).json()
    assert (task["title"], task["details_unavailable"]) == (
        "Call the client about appointment a-1",
        True,
    )


async def test_who_is_added_with_an_address_is_told_of_and_counted_for(desk: RunningDesk) -> None:
    added = {"ask": "staff", "do": "add", "staff_id": "eva", "user": "eva", "roles": ["lawyer"],
             "email": "eva@firm.example"}  # fmt: skip
    await desk.nats.request("ops.desk", json.dumps(added).encode(), timeout=20)

    async def told() -> bool:
        subject = "events.staff-digest-set.eva"
        info = await desk.nats.jetstream(timeout=PATIENCE).stream_info(
            "EVENTS", subjects_filter=subject
        )
        return bool((info.state.subjects or {}).get(subject))

    await until(told)
    await desk.say(created(due_at=real_now() - timedelta(hours=1)))
    asked = {"staff_id": "eva", "new_since": real_now().isoformat()}
    answer = await desk.nats.request("digests.desk", json.dumps(asked).encode(), timeout=20)
    said = json.loads(answer.data)
    assert said["address"] == "eva@firm.example"
    assert said["overdue"] == {"kinds": {"Call the client": 1}, "unowned": 1}


async def test_what_is_no_address_is_refused_at_its_field_and_nobody_is_added(
    desk: RunningDesk,
) -> None:
    added = {"ask": "staff", "do": "add", "staff_id": "eva", "user": "eva", "roles": ["lawyer"],
             "email": "eva at the firm"}  # fmt: skip
    answer = await desk.nats.request("ops.desk", json.dumps(added).encode(), timeout=20)
    assert json.loads(answer.data)["refused"]["field"] == "email"
    listed = await desk.nats.request("ops.desk", b'{"ask": "staff", "do": "list"}', timeout=20)
    assert "eva" not in [each["staff_id"] for each in json.loads(listed.data)["staff"]]


async def test_a_stale_decision_is_409(desk: RunningDesk) -> None:
    await desk.say(created())
    no = {"code": "stale-version", "message": "Look again."}
    desk.owner.decision = {"accepted": False, "version": 2, "state": "open", "refused": no}
    async with desk.as_person(LEO) as leo:
        answer = await leo.post("/tasks/t-1/decisions", json=DECISION)
    assert (answer.status_code, answer.json()["version_now"]) == (409, 2)


async def test_two_who_claim_at_once_do_not_both_have_it(desk: RunningDesk) -> None:
    await desk.say(created())
    async with desk.as_person(LEO) as leo, desk.as_person(LENA) as lena:
        answers = await asyncio.gather(*(who.post("/tasks/t-1/claim") for who in (leo, lena)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_an_event_published_twice_is_told_once(desk: RunningDesk) -> None:
    for _ in range(2):
        await desk.say(ONBOARDED, id="e-once")
    async with desk.as_person(ASH) as ash:
        entries = (await ash.get("/clients/c-1/timeline")).json()["items"]
    assert len(entries) == 1


async def test_a_follow_up_goes_all_the_way_round(desk: RunningDesk) -> None:
    due_at = (real_now() + timedelta(days=1)).isoformat()
    body = {"title": "Ring Mrs Canary", "about": {"client_id": "c-1"}, "due_at": due_at}
    async with desk.as_person(PAT) as pat, desk.as_person(ASH) as ash:
        task = (await pat.post("/tasks", json=body)).json()
        shown = (await ash.get(f"/tasks/{task['task_id']}")).json()["fields"][0]["value"]
        done = {"decision": "done", "fields": {"note": "She was glad."}, "version": 1}
        answer = await ash.post(f"/tasks/{task['task_id']}/decisions", json=done)
    assert (shown, answer.status_code, answer.json()["state"]) == ("Ring Mrs Canary", 200, "done")


async def test_names_and_notes_lie_sealed_in_the_database(desk: RunningDesk) -> None:
    await desk.say(ONBOARDED)
    await desk.say(created())
    async with desk.as_person(LEO) as leo:
        await leo.post("/tasks/t-1/note", json={"text": "Canary rings at noon."})
    database = desk.process.runtime.db
    names = await database._own.list_collection_names()
    rows = [row for name in names async for row in database.collection(name).find({})]
    assert b"canary" not in repr(rows).lower().encode()


async def test_an_erased_clients_notes_read_as_empty(desk: RunningDesk) -> None:
    await desk.say(created())
    runtime = desk.process.runtime
    async with desk.as_person(LEO) as leo:
        await leo.post("/tasks/t-1/note", json={"text": "Rings at noon."})
        await runtime.db.collection("keys").update_one({"_id": "client:c-1"}, {"$unset": {"w": 1}})
        runtime.keys.forget(["client:c-1"])
        history = (await leo.get("/tasks/t-1")).json()["history"]
    assert history[-1].get("note", "") == ""


async def test_the_api_describes_itself_where_tools_look(desk: RunningDesk) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE) as anybody:
        ops = desk.process._settings.ops_port
        described = await anybody.get(f"http://127.0.0.1:{ops}/openapi.json")
    assert "/api/v1/tasks/{task_id}/decisions" in described.json()["paths"]


async def test_who_is_no_longer_in_the_file_is_let_in_no_more(
    desk: RunningDesk, tmp_path: Path
) -> None:
    (tmp_path / "api-keys.json").write_text("[]")
    await let_in(desk.process.runtime, DeskSettings())
    async with desk.as_person(LEO) as leo:
        assert (await leo.get("/me")).status_code == 401


async def test_sixty_who_sign_in_at_once_hold_up_nobody_at_the_api(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, compared = desk.url.removesuffix("/api/v1"), threading.Event()
    compare = passwords._matches

    def comparing(password: str, kept: str | None) -> bool:
        """As long as it takes until the API has answered: no machine is quick enough for less."""
        assert compared.wait(60.0), "the API answered nothing while passwords were compared"
        return compare(password, kept)

    monkeypatch.setattr(passwords, "_matches", comparing)
    async with httpx.AsyncClient(base_url=site, timeout=200) as browser, desk.as_person(LEO) as leo:
        page = await browser.get("/login")
        fields = form_fields(page.text, "/login") | {"password": "not this one"}
        tries = [
            asyncio.create_task(browser.post("/login", data={**fields, "user": f"user-{each}"}))
            for each in range(60)  # as many as may try in a minute
        ]
        for _ in range(10):
            assert (await leo.get("/me")).status_code == 200
        assert not any(each.done() for each in tries)
        compared.set()
        assert {each.status_code for each in await asyncio.gather(*tries)} == {422}
