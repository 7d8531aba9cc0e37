"""Does the work go on while one host of two is hurt, and how soon?

Three kinds of work: consuming (an event said now takes effect in every service), due work (what
fell due is done), and pages (whoever is sent to a replica that says it is ready is served, and can
decide a task, which the desk asks its owner to do).
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from deploy.trial.environment import HOST
from shared.clock import monotonic, real_now
from tests.bench.rig import REPLICA_OFFSET
from tests.faults.hosts import TwoHosts
from tests.faults.noon import noon_zone
from tests.faults.probing import probed
from tests.faults.system import overload, until_seconds

GOES_ON_SECONDS = 15.0
SERVED_SECONDS = 3.0  # a page, or a decision, that takes longer does not count as served
LOOK_SECONDS = 0.5
ROUNDS = 4  # served in a row, so that it was not luck which replica was asked
FALLS_DUE = timedelta(seconds=3)
ROLE = "assistant"
PAGES = {"intake": "/f/contact", "feedback": "/accessibility", "desk": "/api/v1/tasks?limit=5"}


@dataclass(frozen=True, slots=True)
class WentOn:
    """After how many seconds each kind of work went on."""

    consuming: float
    due_work: float
    pages: float


class Docket:
    """Calls for a person to make: tasks of ``reminders``, each decided once."""

    def __init__(self, system: TwoHosts) -> None:
        self._system = system
        self._tasks: list[dict[str, Any]] = []

    async def fill(self, tasks: int) -> None:
        """Have so many clients to be called about their appointment; back once these are listed."""
        firm, clients = self._system.firm, set[str]()
        for number in range(tasks):
            client = firm.id("c")
            clients.add(client)
            person = {"client_id": client, "name": f"K{client.replace('-', 'q')} Z",
                      "phone": f"+4930{1000000 + number}", "preferred_channel": "phone",
                      "timezone": noon_zone(), "locale": "en"}  # fmt: skip
            begin = real_now() + timedelta(days=3)
            meeting = {"client_id": client, "appointment_id": firm.id("a"), "kind": "meeting",
                       "starts_at": begin.isoformat(), "timezone": noon_zone()}  # fmt: skip
            await firm.say("client-onboarded", client, person)
            await firm.say("appointment-scheduled", client, meeting)

        async def listed() -> bool:
            found = await firm.tasks(ROLE, state="open", kind="call-client")
            self._tasks = [each for each in found if each["about"].get("client_id") in clients]
            return len(self._tasks) >= tasks

        await until_seconds(listed, "the calls to make", 60.0 * overload(), 20.0)

    def next(self) -> dict[str, Any]:
        """One that nobody has tried to decide."""
        return self._tasks.pop()


async def goes_on(system: TwoHosts, docket: Docket, since: float) -> WentOn:
    """After how long each kind of work went on; AssertionError where one did not in time."""
    limit = GOES_ON_SECONDS * overload()
    due_until = real_now() + FALLS_DUE
    started = monotonic() - since

    async def consuming() -> float:
        return started + await probed(system, limit)

    async def due_work() -> float:
        timers = system.database("reminders").collection("timers")
        late = {"d.state": "planned", "d.due_at": {"$lte": due_until}}

        async def none() -> bool:
            return real_now() > due_until and await timers.find_one(late) is None

        return started + await until_seconds(none, "due work", limit)

    async def pages() -> float:
        served, first = 0, 0.0

        async def all_served() -> bool:
            nonlocal served, first
            served = served + 1 if await _round(system, docket) else 0
            first = monotonic() - since if served == 1 else first
            return served >= ROUNDS

        await until_seconds(all_served, "pages", 2 * limit, limit, LOOK_SECONDS)
        assert first <= limit, f"pages were served only after {first:.1f} s"
        return first

    return WentOn(*await asyncio.gather(consuming(), due_work(), pages()))


async def _round(system: TwoHosts, docket: Docket) -> bool:
    """Whether every page is served by each replica that says it is ready, and a task decided."""
    ready = await asyncio.gather(*(system.ready_hosts(service) for service in PAGES))
    for (service, path), hosts in zip(PAGES.items(), ready, strict=True):
        key = {"Authorization": f"Bearer {_key(system)}"} if service == "desk" else {}
        answers = [await system.ask(service, host, path, SERVED_SECONDS, **key) for host in hosts]
        if not answers or any(answer.status != httpx.codes.OK for answer in answers):
            return False
    desks = ready[list(PAGES).index("desk")]
    decided = [_decided(system, docket.next(), host) for host in desks]  # nobody waits for another
    return all(await asyncio.gather(*decided))


async def _decided(system: TwoHosts, task: dict[str, Any], host: int) -> bool:
    """Whether a person at this replica of the desk decides a task at the first try."""
    port = system.plan.ports["desk"] + REPLICA_OFFSET * host
    body = {"decision": "reached", "fields": {"note": "They spoke."}, "version": task["version"]}
    url = f"http://{HOST}:{port}/api/v1/tasks/{task['task_id']}/decisions"
    try:
        answer = await system.web.post(
            url, json=body, timeout=SERVED_SECONDS * overload(),
            headers={"Authorization": f"Bearer {_key(system)}"},
        )  # fmt: skip
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK


def _key(system: TwoHosts) -> str:
    return str(system.firm.connect["api_keys"][ROLE])
