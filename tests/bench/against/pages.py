"""How quickly does the desk answer programs and people when it knows a few thousand tasks?"""

from datetime import timedelta

from shared.clock import real_now, to_millisecond
from shared.contracts.tasks import About, TaskCreated, Why
from tests.bench import firm
from tests.bench.against.ratios import Measure
from tests.bench.against.side import Side
from tests.bench.desk import AT_ONCE, TITLE, ask, signed_in
from tests.bench.measuring import quantile

TASKS, REQUESTS = 2_000, 200
API = {
    "API, my tasks": "/api/v1/tasks?state=open&owner=me",
    "API, everything open": "/api/v1/tasks?state=open&limit=200",
    "API, one client": "/api/v1/tasks?client_id=c-77",
}
PAGES = {
    "page, the team's": "/inbox?view=team",
    "page, a search": "/inbox?view=team&q=call",
}
OWN = "urn:clientele:reminders"
MS = 1000.0


async def measure(side: Side) -> list[Measure]:
    """Delays and processor time of each list, some requests at once."""
    tasks, requests = side.times(TASKS, 20), side.times(REQUESTS, 8)
    async with side.rig() as rig:
        person = rig.secrets.staff[0]
        made = (_task(number, str(person["staff_id"])) for number in range(tasks))
        await firm.publish(rig.nats, [firm.letter(each, each.task_id, source=OWN) for each in made])
        side.start(rig, "desk")
        await rig.ready()
        await side.drained(rig, "desk")
        key = {"Authorization": f"Bearer {person['key']}"}
        cookie = {"Cookie": await signed_in(rig, str(person["user"]), str(person["password"]))}
        found = []
        for some, headers in ((API, key), (PAGES, cookie)):
            for label, path in some.items():
                await ask(rig, path, headers, AT_ONCE)
                before = sum(rig.processor().values())
                delays = await ask(rig, path, headers, requests)
                used = sum(rig.processor().values()) - before
                found += [
                    Measure(f"{label}, p50", quantile(delays, 0.5) * MS, "ms"),
                    Measure(f"{label}, p99", quantile(delays, 0.99) * MS, "ms", judged=False),
                    Measure(f"{label}, processor time", used / len(delays) * MS, "ms/request"),
                ]
    return found


def _task(number: int, staff_id: str) -> TaskCreated:
    return TaskCreated(
        task_id=f"t-{number}",
        kind=("call-client", "contact-gap")[number % 2],
        about=About(client_id=f"c-{number % 500}"),
        service="reminders",
        version=1,
        title=TITLE,
        why=Why(event_id=f"e-{number}", text="The client has no address."),
        due_at=to_millisecond(real_now() + timedelta(minutes=number % 5_000 - 2_500)),
        role="assistant",
        owner_id=staff_id if number % 3 == 0 else None,
    )
