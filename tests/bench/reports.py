"""Part 11: how long does a partner wait for each report of a firm with a million events behind it?

Two years of facts and tallies are planted as feedback keeps them, made by its own rules. Then every
report is opened at the desk, by a partner who signed in by the form: all of them at once, each with
its plots, by lawyer, over a year, and the things behind a figure, of many kinds and of few.
"""

from collections.abc import Iterator

import httpx

from services.feedback.domain.figures import FIGURES
from shared.clock import monotonic
from tests.bench.bench import Bench
from tests.bench.counted import NEW_LAWYER, plant
from tests.bench.desk import MS, ask, signed_in
from tests.bench.measuring import check, quantile, until
from tests.bench.rig import Rig

PART = "reports"
EVENTS = 1_000_000
REQUESTS, GOAL_MS = 100, 300.0
AT_ONCE = 4
FEW = {"automation": "failed|all", "commitments": "missed|promise"}  # figures with little behind
PATIENCE = 1200.0


async def measure(bench: Bench) -> None:
    """Plant two years, and look at all of it."""
    events = bench.times(EVENTS, 2_000)
    async with bench.rig() as rig:
        with bench.step(f"planting {events} events of two years"):
            began = monotonic()
            await plant(rig, events)
            await rig.come_to_rest()
        bench.found(PART, "planting", monotonic() - began, "s", note="not measured against a goal")
        rig.start_service("feedback")
        rig.start_service("desk", DESK_API_KEYS_FILE=str(rig.secrets.api_keys_file))
        await rig.ready()
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
    path = f"/reports/automation/rows?months=24&figure=sent|all&scope=owner:{NEW_LAWYER}"
    yield "behind automation, a lawyer with next to nothing, two years", path


BEHIND = {
    "automation": "sent|all", "commitments": "kept|all", "responses": "took|all",
    "inquiries": "received|all", "satisfaction": "nps|all", "overdue": "late|all",
}  # fmt: skip


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
