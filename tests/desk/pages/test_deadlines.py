"""Does the desk print what was entered, changed and done about deadlines on a day, and by whom?"""

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from services.desk.domain.entry_groups import GROUPS, group_of_kind
from services.desk.pages.timeline_words import IMAGES
from services.desk.ports.diary import DEADLINES
from shared.contracts.deadlines import (
    DeadlineAcknowledged,
    DeadlineDone,
    DeadlineMoved,
    DeadlineSet,
    DeadlineVerified,
)
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLIENT, LEO, NOON, OSKAR

IDS = {"deadline_id": "d-1", "matter_id": "m-1", "client_id": "c-1"}
SUNDAY, MONDAY = date(2026, 3, 8), date(2026, 3, 9)


def entered(**changes: Any) -> DeadlineSet:
    values = {**IDS, "kind": "appeal", "date": SUNDAY, "source_rule": "§ 517 ZPO", "set_by": "leo"}
    return DeadlineSet.model_validate({**values, **changes})


def hear(site: Site, *events: Any, time: datetime = NOON) -> None:
    for n, data in enumerate(events):
        at = getattr(data, "at", None) or time
        site.memory.office.hear(data, id=f"e-{data.TYPE}-{data.deadline_id}-{n}", time=at)


async def page(site: Site, place: str = "/deadlines") -> str:
    return (await (await site.as_person(LEO)).get(place)).text


async def test_the_log_of_a_day_says_what_was_done_with_each_deadline_and_by_whom(
    site: Site,
) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    seen = {**IDS, "date": SUNDAY, "by": "ash", "at": NOON + timedelta(hours=1)}
    hear(site, entered(), DeadlineVerified(**seen),
         DeadlineAcknowledged(**{**seen, "by": "leo"}, watch="lawyer"))  # fmt: skip
    text = await page(site)
    log = text[text.index("Log of Monday, 2 March 2026") : text.index("Running out")]
    for said in ("Entered", "12:00", "Sunday, 8 March 2026", "§ 517 ZPO", "Anna Müller", "Verified",
                 "Acknowledged (lawyer of the matter)"):  # fmt: skip
        assert said in log, said
    diary = text[text.index("Running out within a month") :]
    assert "In the diary for Friday, 6 March 2026" in diary
    assert "second person missing" in diary
    assert "Not verified" not in diary


async def test_another_day_has_its_own_log(site: Site) -> None:
    tomorrow = NOON + timedelta(days=1)
    hear(site, entered(client_id=None),
         DeadlineMoved(**IDS, date=MONDAY, by="leo", at=tomorrow))  # fmt: skip
    today = await page(site)
    assert "Changed" not in today
    text = await page(site, "/deadlines?day=2026-03-03")
    assert "Changed" in text
    assert "Log of Tuesday, 3 March 2026" in text
    assert "Monday, 9 March 2026" in text
    assert "No deadline was entered" in await page(site, "/deadlines?day=2026-03-04")
    assert "Log of Monday, 2 March 2026" in await page(site, "/deadlines?day=nonsense")


async def test_what_is_done_leaves_the_diary_and_stays_in_the_log(site: Site) -> None:
    hear(site, entered(), DeadlineDone(**IDS, by="ash", at=NOON + timedelta(hours=2)))
    text = await page(site)
    assert "None runs out within a month." in text
    assert ">Done</th>" in text


async def test_a_day_that_has_come_is_marked(site: Site) -> None:
    hear(site, entered(date=date(2026, 2, 27)), entered(deadline_id="d-2", date=date(2026, 3, 3)))
    text = await page(site)
    assert 'class="tone-danger">Friday, 27 February 2026' in text
    assert 'class="tone-warn">Tuesday, 3 March 2026' in text
    assert "Not verified" in text


@pytest.mark.parametrize("order", list(permutations(range(4))))
async def test_the_diary_is_the_same_in_whatever_order_it_is_heard(
    site: Site, order: tuple[int, ...]
) -> None:
    seen = DeadlineVerified(**IDS, date=SUNDAY, by="ash", at=NOON)
    moved = DeadlineMoved(**IDS, date=MONDAY, by="leo", at=NOON + timedelta(minutes=1))
    done = DeadlineDone(**IDS, by="leo", at=NOON + timedelta(minutes=2))
    happened = [entered(), seen, moved, done]
    for n in order:
        data = happened[n]
        site.memory.office.hear(data, id=f"e-{n}", time=getattr(data, "at", NOON))
    (deadline,) = site.memory.office.all(DEADLINES)
    assert (deadline.day, deadline.kind, deadline.state) == ("2026-03-09", "appeal", "done")
    assert deadline.source_rule == "§ 517 ZPO"
    assert deadline.seen_by("verified") == ""


async def test_the_timeline_tells_of_deadlines(site: Site) -> None:
    site.memory.office.hear(CLIENT, id="e-client")
    hear(site, entered())
    text = (await (await site.as_person(ASH)).get("/clients/c-1")).text
    assert "A deadline was set in matter m-1: appeal, 8 March 2026 (§ 517 ZPO)." in text


async def test_who_only_keeps_the_machines_running_does_not_see_them(site: Site) -> None:
    assert (await (await site.as_person(OSKAR)).get("/deadlines")).status_code == 403


def test_every_group_of_lines_has_its_picture() -> None:
    groups = {group_of_kind(kind) for _, kinds in GROUPS.values() for kind in kinds}
    assert groups <= IMAGES.keys()
