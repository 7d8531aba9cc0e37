"""Part 11: how quickly does the desk show a client's card, and find one, among many?

A hundred thousand clients with a million lines of timelines, in the services' own collections. A
lawyer with a hundred walls, signed in by the form, opens clients nobody has opened before, so that
every look leaves its row and no key is at hand; and searches as people do: by a rare name, by one
that every tenth bears, by telephone, e-mail and id, and without typing.
"""

import asyncio
import http.client
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from urllib.parse import quote

from shared.clock import monotonic, real_now, to_millisecond
from shared.contracts.restrictions import RestrictionPlaced
from tests.bench import firm
from tests.bench.bench import Bench
from tests.bench.desk import plant_tasks, signed_in
from tests.bench.known import names
from tests.bench.measuring import check, quantile, until
from tests.bench.peopling import (
    LINES_EACH,
    BulkDoor,
    known_to_intake,
    phone_of,
    shown_at_desk,
)
from tests.bench.planting import another, office_of, plant, plant_pending, sample
from tests.bench.rig import Rig

CLIENTS, OPEN_TASKS, WALLS = 100_000, 1_000, 100
REQUESTS, AT_ONCE, MS = 400, 4, 1000.0
GOAL = 150.0
RULE = "matter-closed"
PART = "card"
COMMON = "Müller"
LACKING = (b"cannot be told just now", b"cannot be looked for just now", b"Cannot be told just now")
Places = Callable[[int], str]


async def measure(bench: Bench) -> None:
    """Fill the collections, then ask."""
    count, requests = bench.times(CLIENTS, 400), bench.times(REQUESTS, 20)
    async with bench.rig() as rig:
        await _fill(bench, rig, count)
        for service in ("intake", "reminders", "feedback", "desk"):
            rig.start_service(service, DESK_API_KEYS_FILE=str(rig.secrets.api_keys_file))
        await rig.ready()
        person = next(each for each in rig.secrets.staff if "lawyer" in each["roles"])
        await _wall_off(bench, rig, str(person["staff_id"]), min(WALLS, count // 4))
        cookie = await signed_in(rig, str(person["user"]), str(person["password"]), shows="inbox")
        headers = {"Cookie": cookie}
        called = list(islice(names(), count))
        for label, place in _places(called, requests).items():
            await _ask(bench, rig, label, place, headers, requests)
    bench.clear(rig)


async def _fill(bench: Bench, rig: Rig, count: int) -> None:
    with bench.step(f"keeping {count} clients in intake"):
        await BulkDoor(rig, "intake").put(known_to_intake(count))
    with bench.step(f"keeping their cards and {count * LINES_EACH} lines of timelines"):
        await BulkDoor(rig, "desk").put(shown_at_desk(count, count * LINES_EACH))
    with bench.step(f"keeping {count} messages on their way"):
        like, later = sample(rig, RULE), to_millisecond(real_now()) + timedelta(days=9)
        asked = (another(like, str(number), later) for number in _opened(count))
        await plant(office_of(rig), asked)
        await plant_pending(rig, like, 0, count)
    with bench.step("keeping open tasks"):
        await plant_tasks(rig, bench.times(OPEN_TASKS, 50), bench.times(OPEN_TASKS, 50), "s-03")
    await rig.come_to_rest()


def _opened(count: int) -> Sequence[int]:
    """Whose pages are opened: every fiftieth client, none of those behind a wall."""
    return range(count // 2, count, max(count // 8_000, 1))


def _places(called: Sequence[str], requests: int) -> Mapping[str, Places]:
    opened = _opened(len(called))

    def chosen(number: int, by: int) -> int:
        return opened[(number * by) % len(opened)]

    rare = [name for name in called if COMMON not in name and " GmbH" not in name] or called
    return {
        "a client's page": lambda n: f"/clients/c-{chosen(n, 1)}",
        "a client's page, opened again": lambda n: f"/clients/c-{chosen(n % 20, 1)}",
        "a client's page, the brief": lambda n: f"/clients/c-{chosen(n, 3)}?form=brief",
        "search, a full name": lambda n: f"/search?q={quote(rare[n * 17 % len(rare)])}",
        "search, a name every tenth bears": lambda _: f"/search?q={quote(COMMON)}",
        "search, telephone": lambda n: f"/search?q={quote(phone_of(chosen(n, 5)))}",
        "search, e-mail": lambda n: f"/search?q=c{chosen(n, 7)}%40example.com",
        "search, id": lambda n: f"/search?q=c-{chosen(n, 11)}",
        "search, nothing typed": lambda _: "/search",
    }


async def _wall_off(bench: Bench, rig: Rig, staff_id: str, count: int) -> None:
    """The lawyer stands before so many walls, and both services know it."""
    with bench.step(f"building {count} walls"):
        walls = [
            RestrictionPlaced(
                restriction_id=f"w-{number}", kind="wall", scope="client", client_id=f"c-{number}",
                effect="bar", staff_ids=(staff_id,), by="s-01", at=real_now(),
            )
            for number in range(count)
        ]  # fmt: skip
        await firm.publish(rig.nats, firm.letters(walls))
        for service in ("intake", "desk"):
            kept = rig.database(service).collection("restrictions")

            async def known() -> bool:
                return bool(await kept.estimated_document_count() >= count)  # noqa: B023 - awaited here

            await until(known, f"{service} knowing the walls")


async def _ask(
    bench: Bench, rig: Rig, label: str, place: Places, headers: Mapping[str, str],
    requests: int,
) -> None:  # fmt: skip
    with bench.step(f"asking for {label}"):
        await _asked(rig, lambda n: place(requests + n), headers, AT_ONCE, AT_ONCE)
        alone, _ = await _asked(rig, lambda n: place(requests + AT_ONCE + n), headers, requests, 1)
        before = rig.processor()
        delays, lacking = await _asked(rig, place, headers, requests, AT_ONCE)
        used = {name: now - before[name] for name, now in rig.processor().items()}
    for how, some in (("one at a time", alone), (f"{AT_ONCE} at once", delays)):
        bench.found(PART, f"{label}, p50", quantile(some, 0.5) * MS, "ms", note=how)
        bench.found(PART, f"{label}, p99", quantile(some, 0.99) * MS, "ms", at_most=GOAL,
                    note=how)  # fmt: skip
    bench.found(PART, f"{label}, answers that lack something", lacking, at_most=0)
    spent = ", ".join(
        f"{name.removesuffix('-0')} {each / requests * MS:.1f}" for name, each in used.items()
    )
    bench.found(PART, f"{label}, processor time", sum(used.values()) / requests * MS,
                "ms/request", note=spent)  # fmt: skip


async def _asked(
    rig: Rig, place: Places, headers: Mapping[str, str], requests: int, at_once: int
) -> tuple[list[float], int]:
    port, each = rig.plan.ports["desk"], requests // at_once
    parts = [
        asyncio.to_thread(_some, port, [place(part * each + n) for n in range(each)], headers)
        for part in range(at_once)
    ]
    answered = await asyncio.gather(*parts)
    delays = [delay for some, _ in answered for delay in some]
    return delays, sum(lacking for _, lacking in answered)


def _some(port: int, places: Sequence[str], headers: Mapping[str, str]) -> tuple[list[float], int]:
    """The delays, and how many answers lack what a service did not tell in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    delays, lacking = list[float](), 0
    for place in places:
        started = monotonic()
        connection.request("GET", place, headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
        delays.append(monotonic() - started)
        check(answer.status == http.HTTPStatus.OK, f"{place} answered {answer.status}: {body!r}")
        lacking += any(each in body for each in LACKING)
    connection.close()
    return delays, lacking
