"""Part 7: how quickly does the desk list tasks when there are a hundred thousand of them?

Both ways in: the API with a key, and the inbox page of a person who has signed in by its form.
"""

import asyncio
import http.client
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import httpx

from services.desk.domain.listed_task import ListedTask, Reason, mark, settled
from shared.clock import monotonic, real_now, to_millisecond
from shared.state.keys import NewKeys
from tests.bench.bench import Bench
from tests.bench.measuring import check, quantile
from tests.bench.rig import Rig
from tests.desk.browsing import form_fields

TASKS, OPEN = 100_000, 1_000
REQUESTS, AT_ONCE = 400, 4
API = {
    "my tasks": "/api/v1/tasks?state=open&owner=me",
    "everything open": "/api/v1/tasks?state=open&limit=200",
    "everything": "/api/v1/tasks",
    "one kind": "/api/v1/tasks?state=open&kind=call-client",
    "one client": "/api/v1/tasks?client_id=c-77",
}
PAGES = {
    "my inbox": "/inbox",
    "the team's": "/inbox?view=team",
    "unassigned": "/inbox?view=unassigned",
    "a search": "/inbox?view=team&q=call",
    "what is done": "/inbox?view=done",
}
GOAL, MS = 150.0, 1000.0
TITLE = "Call the client: no message can reach them"
RAW_AT_ONCE = 2000
STAMP = "2026-03-02T09:00:00.000Z urn:clientele:reminders e-1"


async def measure(bench: Bench) -> None:
    """Plant the tasks, ask again and again, one after the other and several at once."""
    tasks, open_tasks = bench.times(TASKS, 200), bench.times(OPEN, 20)
    async with bench.rig() as rig:
        rig.start_service("desk", DESK_API_KEYS_FILE=str(rig.secrets.api_keys_file))
        await rig.ready()
        person = rig.secrets.staff[0]
        with bench.step(f"planting {tasks} tasks, {open_tasks} of them open"):
            await plant_tasks(rig, tasks, open_tasks, str(person["staff_id"]))
        requests = bench.times(REQUESTS, 20)
        key = {"Authorization": f"Bearer {person['key']}"}
        for label, path in API.items():
            await _measure(bench, rig, f"API, {label}", path, key, requests)
        cookie = {"Cookie": await signed_in(rig, str(person["user"]), str(person["password"]))}
        for label, path in PAGES.items():
            await _measure(bench, rig, f"inbox page, {label}", path, cookie, requests)
    bench.clear(rig)


async def plant_tasks(rig: Rig, tasks: int, open_tasks: int, staff_id: str) -> None:
    """Keep so many tasks, of which so many are open and every third is this person's."""
    mapping = rig.mapping("desk", "listed_tasks")
    collection = rig.database("desk").collection("listed_tasks")
    made = (
        mapping.to_document(task, 1, None, NewKeys())  # type: ignore[arg-type]  # nothing is sealed
        for task in _tasks(tasks, open_tasks, staff_id)
    )
    while some := list(islice(made, RAW_AT_ONCE)):
        await collection.insert_many(some, ordered=False)


def _tasks(tasks: int, open_tasks: int, staff_id: str) -> Iterator[ListedTask]:
    now = to_millisecond(real_now())
    for number in range(tasks):
        task = ListedTask(
            task_id=f"t-{number}",
            said=mark(1, STAMP),
            service="reminders",
            kind=("call-client", "contact-gap")[number % 2],
            about={"client_id": f"c-{number % 5000}"},
            title=TITLE,
            why=Reason(event_id=f"e-{number}", text="The client has no address."),
            due_at=now + timedelta(minutes=number % 50_000 - 25_000),
            role="assistant",
            offered_to=staff_id if number % 3 == 0 else None,
        )
        ended = number >= open_tasks
        yield settled(replace(task, ended=mark(2, STAMP), ended_as="done") if ended else task)


async def _measure(
    bench: Bench, rig: Rig, label: str, path: str, headers: Mapping[str, str], requests: int
) -> None:
    with bench.step(f"asking for {label}"):
        await ask(rig, path, headers, AT_ONCE)  # templates and plans are made on first use
        before = rig.processor()
        delays = await ask(rig, path, headers, requests)
        used = sum(now - before[name] for name, now in rig.processor().items())
    bench.found("desk", f"{label}, p50", quantile(delays, 0.5) * MS, "ms")
    bench.found("desk", f"{label}, p99", quantile(delays, 0.99) * MS, "ms", at_most=GOAL,
                note=f"{AT_ONCE} at once")  # fmt: skip
    bench.found("desk", f"{label}, processor time", used / len(delays) * MS, "ms/request",
                note="desk and servers")  # fmt: skip


async def signed_in(rig: Rig, user: str, password: str, shows: str = TITLE) -> str:
    """Fill in the sign-in form; the cookie of the session."""
    base = f"http://127.0.0.1:{rig.plan.ports['desk']}"
    async with httpx.AsyncClient(base_url=base, headers={"Origin": base}) as browser:
        page = await browser.get("/login")
        fields = form_fields(page.text, "/login") | {"user": user, "password": password}
        answer = await browser.post("/login", data=fields)
        check(answer.headers.get("Location") == "/inbox", f"signing in answered {answer}")
        inbox = await browser.get("/inbox")
        check(shows in inbox.text, "the inbox shows none of the planted tasks")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


async def ask(rig: Rig, path: str, headers: Mapping[str, str], requests: int) -> list[float]:
    """The delays of so many requests, some at once."""
    port, each = rig.plan.ports["desk"], requests // AT_ONCE
    parts = [asyncio.to_thread(_some, port, path, headers, each) for _ in range(AT_ONCE)]
    return [delay for some in await asyncio.gather(*parts) for delay in some]


def _some(port: int, path: str, headers: Mapping[str, str], requests: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    delays = []
    for _ in range(requests):
        started = monotonic()
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
        delays.append(monotonic() - started)
        check(answer.status == http.HTTPStatus.OK, f"{path} answered {answer.status}: {body!r}")
        check(len(body) > 0, f"{path} answered nothing")
    connection.close()
    return delays
