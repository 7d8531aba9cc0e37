"""Can a stranger learn from the form whom the firm knows?"""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx import Response

from services.intake.ports import INQUIRIES
from services.intake.workflow.inquiring import needs_of_first_step
from tests.fakes.memory import MemoryService
from tests.intake.office import LONG_AGO, onboarded, party
from tests.intake.pages.site import FILLED, FORM, IntakeSite, hidden

TRIES = 200
KNOWN, UNKNOWN = "Anna Schmidt", "Otto Nobody"  # as long as each other


@dataclass(frozen=True)
class Seen:
    """Everything a stranger can tell one answer from another by."""

    status: int
    place: str
    headers: frozenset[tuple[str, str]]
    text: str


async def sent(site: IntakeSite, **typed: str) -> tuple[Response, float]:
    """The answer to the form, and how long it took."""
    data = hidden(await site.browser.get(FORM)) | FILLED | typed
    began = time.perf_counter()
    answer = await site.browser.post(FORM, data=data)
    return answer, time.perf_counter() - began


async def seen(site: IntakeSite, **typed: str) -> list[Seen]:
    """What the answer to the form, and the page it leads to, look like."""
    first, _ = await sent(site, **typed)
    second = await site.browser.get(first.headers["Location"])
    return [
        Seen(each.status_code, str(each.url), frozenset(each.headers.items()), each.text)
        for each in (first, second)
    ]


@pytest.fixture
def busy_office(office: MemoryService) -> MemoryService:
    """An office that knows many people of one name."""
    for n in range(60):
        office.hear(onboarded(f"c-s{n}", KNOWN), history=True, time=LONG_AGO)
        office.hear(party(KNOWN, "adverse", matter_id=f"m-s{n}"), history=True, time=LONG_AGO)
    return office


@pytest.mark.parametrize("field", ["name", "others"])
async def test_a_known_and_an_unknown_name_get_the_same_answer(
    site: IntakeSite, busy_office: MemoryService, field: str
) -> None:
    known, unknown = await seen(site, **{field: KNOWN}), await seen(site, **{field: UNKNOWN})
    assert known == unknown
    site.heard_back()
    assert len(busy_office.tasks("conflict-check")) == 1


async def test_the_answer_is_the_same_once_the_firm_has_decided(
    site: IntakeSite, busy_office: MemoryService
) -> None:
    before = await seen(site, others=KNOWN)
    site.heard_back()
    assert await seen(site, others=KNOWN) == before


async def test_the_answer_takes_as_long_whomever_the_firm_knows(
    busy_office: MemoryService, tmp_path: Path
) -> None:
    site = IntakeSite(
        busy_office, tmp_path, inquiries_per_address="9999/hour", tries_per_address="9999/minute"
    )
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for n in range(TRIES):
        for name in (KNOWN, UNKNOWN) if n % 2 else (UNKNOWN, KNOWN):
            _, took = await sent(site, others=name)
            times[name].append(took)
    known, unknown = (statistics.median(times[name]) for name in (KNOWN, UNKNOWN))
    noise = statistics.stdev(times[UNKNOWN])
    assert abs(known - unknown) < max(noise, unknown / 4)


def test_the_form_reads_nothing_of_whom_the_firm_knows() -> None:
    assert list(needs_of_first_step("web-1")) == [INQUIRIES.one("web-1")]
