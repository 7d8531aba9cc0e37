"""Part 11: how long does a partner wait for each report of a firm with a million events behind it?

Two years of facts and tallies are planted as feedback keeps them, made by its own rules. Then every
report is opened at the desk, by a partner who signed in by the form: all of them at once, each with
its plots, by lawyer, over a year, and the things behind a figure, of many kinds and of few.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from pymongo import WriteConcern

from services.feedback.domain.fact import Fact, fact_id_of, recounted
from services.feedback.domain.figures import FIGURES
from services.feedback.domain.matter import Matter
from services.feedback.domain.measures import labels_of
from services.feedback.domain.tally import Tally
from shared.calendar import FirmCalendar
from shared.clock import real_now, to_millisecond
from shared.state.keys import NewKeys
from tests.bench.bench import Bench
from tests.bench.desk import MS, ask, signed_in
from tests.bench.measuring import check, quantile, until
from tests.bench.rig import Rig

PART = "reports"
EVENTS, YEARS_DAYS = 1_000_000, 729
REQUESTS, GOAL_MS = 100, 300.0
AT_ONCE, RAW_AT_ONCE = 4, 5000
LAWYERS, AREAS = 20, ("family", "tenancy", "employment", "traffic", "inheritance")
SHARES = {
    "automation": 44, "commitments": 20, "responses": 12, "overdue": 5, "inquiries": 6,
    "invited": 4, "satisfaction": 3, "asks": 2, "reviews": 2, "concerns": 2,
}  # fmt: skip
FEW = {"automation": "failed|all", "commitments": "missed|promise"}  # figures with little behind
PATIENCE = 1200.0


async def measure(bench: Bench) -> None:
    """Plant two years, and look at all of it."""
    events = bench.times(EVENTS, 2_000)
    async with bench.rig() as rig:
        rig.start_service("feedback")
        rig.start_service("desk", DESK_API_KEYS_FILE=str(rig.secrets.api_keys_file))
        await rig.ready()
        with bench.step(f"planting {events} events of two years"):
            await plant(rig, events)
            await rig.come_to_rest()
        person = next(each for each in rig.secrets.staff if "partner" in each["roles"])
        cookie = await signed_in(
            rig, str(person["user"]), str(person["password"]), shows="/reports"
        )
        headers = {"Cookie": cookie}
        await _is_counted(rig, headers)
        requests = bench.times(REQUESTS, 8)
        for label, path in pages():
            with bench.step(f"opening {label}"):
                await ask(rig, path, headers, AT_ONCE)  # templates and plans are made on first use
                before = rig.processor()
                delays = await ask(rig, path, headers, requests)
                used = sum(now - before[name] for name, now in rig.processor().items())
            bench.found(PART, f"{label}, p50", quantile(delays, 0.5) * MS, "ms")
            bench.found(PART, f"{label}, p99", quantile(delays, 0.99) * MS, "ms", at_most=GOAL_MS,
                        note=f"{events:,} events, {AT_ONCE} at once")  # fmt: skip
            bench.found(PART, f"{label}, processor time", used / len(delays) * MS, "ms/request",
                        note="desk, feedback and servers")  # fmt: skip
    bench.clear(rig)


def pages() -> Iterator[tuple[str, str]]:
    """Every report as a partner opens it, and the things behind its first figure."""
    yield "all reports, six months", "/reports"
    yield "all reports, two years", "/reports?months=24"
    for measure in FIGURES:
        yield f"{measure}, a year", f"/reports/{measure}?months=12"
    yield "commitments of one lawyer, two years", "/reports/commitments?months=24&scope=owner:s-7"
    for measure, figure in BEHIND.items():
        yield f"behind {measure}, a year", f"/reports/{measure}/rows?months=12&figure={figure}"
    for measure, figure in FEW.items():
        path = f"/reports/{measure}/rows?months=24&figure={figure}&scope=owner:s-7"
        yield f"behind the few of {measure}, one lawyer, two years", path


BEHIND = {
    "automation": "sent|all", "commitments": "kept|all", "responses": "took|all",
    "inquiries": "received|all", "satisfaction": "nps|all", "overdue": "late|all",
}  # fmt: skip


async def plant(rig: Rig, events: int) -> None:
    """Facts and tallies as the service itself keeps them, written in bulk."""
    calendar = FirmCalendar(ZoneInfo("Europe/Berlin"))
    sums: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    made = facts(events, calendar, sums)
    await _insert(rig, "facts", made)
    await _insert(rig, "tallies", (
        Tally(measure=measure, month=month, scope=scope, counts=dict(sorted(counts.items())))
        for (measure, month, scope), counts in sums.items()
    ))  # fmt: skip


async def _insert(rig: Rig, name: str, values: Iterator[Any]) -> None:
    mapping, collection = rig.mapping("feedback", name), rig.database("feedback").collection(name)
    collection = collection.with_options(write_concern=WriteConcern(w=1, j=False))  # not measured
    documents = (
        mapping.to_document(each, 1, None, NewKeys())  # type: ignore[arg-type]  # nothing is sealed
        for each in values
    )
    while some := list(islice(documents, RAW_AT_ONCE)):
        await collection.insert_many(some, ordered=False)


def facts(
    count: int, calendar: FirmCalendar, sums: dict[tuple[str, str, str], Counter[str]]
) -> Iterator[Fact]:
    """So many, over two years; ``sums``: what their tallies come to."""
    chance, now = Random(17), to_millisecond(real_now())
    measures = chance.choices(tuple(SHARES), tuple(SHARES.values()), k=count)
    labels = {measure: labels_of(measure, calendar) for measure in SHARES}
    matters = [
        Matter(matter_id=f"m-{n}", practice_area=AREAS[n % len(AREAS)], owner_id=f"s-{n % LAWYERS}",
               owners=(("0", f"s-{n % LAWYERS}"),))
        for n in range(5_000)
    ]  # fmt: skip
    for number, measure in enumerate(measures):
        at = now - timedelta(minutes=chance.randrange(1, YEARS_DAYS * 1440))
        matter = chance.choice(matters)
        said = {"at": at, "client_id": f"c-{number % 20_000}"} | _said(measure, at, chance)
        thing = f"{measure}-{number}"
        fact = Fact(fact_id=fact_id_of(measure, thing), measure=measure, thing=thing,
                    matter_id=matter.matter_id, said=said, msg_id=f"n-{number}")  # fmt: skip
        fact = recounted(fact, matter, labels[measure], calendar.zone)
        assert fact.counted is not None
        for month, scope in fact.counted.places():
            sums[measure, month, scope].update(fact.counted.labels)
        yield fact


def _said(measure: str, at: datetime, chance: Random) -> dict[str, Any]:
    """What was told of a thing of this measure."""
    pick, number = chance.choice, chance.randrange
    later = {"answered_at": at + timedelta(minutes=number(10, 3000))}
    outcomes = ("sent",) * 90 + ("suppressed",) * 6 + ("deferred",) * 3 + ("failed",)
    said: dict[str, dict[str, Any]] = {
        "automation": {"outcome": pick(outcomes), "gate": pick(("consent", "hours", "cap"))},
        "commitments": {"standard": pick(("return-call", "answer-inquiry", "promise")),
                        "outcome": pick(("met",) * 19 + ("missed",))},
        "responses": {"kind": pick(("call", "inquiry", "document"))} | later,
        "overdue": {"kind": pick(("call-client", "contact-gap", "conflict-check"))},
        "inquiries": {"phase": pick(("engaged", "declined", "lost", "new")),
                      "channel": pick(("web", "phone"))} | later,
        "satisfaction": {"nps": number(11), "csat": number(1, 6), "ces": number(1, 8),
                         "stage": "closing"},
        "asks": {"score": number(11), "asked": True, "sent": number(10) > 0},
        "reviews": {"stars": number(1, 6), "site": "google", "replied_at": later["answered_at"]},
        "concerns": {"cause_code": pick(("too-slow", "bill-wrong", "conduct"))},
        "invited": {"answered": number(10) < 4, "stage": "closing"},
    }  # fmt: skip
    return said[measure]


async def _is_counted(rig: Rig, headers: dict[str, str]) -> None:
    """The reports tell what was planted."""
    base = f"http://127.0.0.1:{rig.plan.ports['desk']}"
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=60) as browser:

        async def told() -> bool:
            page = await browser.get("/reports/automation?months=24")
            return page.status_code == httpx.codes.OK and "plot-0" in page.text

        await until(told, "the reports telling what was planted", PATIENCE)
        rows = await browser.get("/reports/automation/rows?months=24&figure=sent|all")
        check("<tbody>" in rows.text or "<li" in rows.text, "nothing is behind a figure")
