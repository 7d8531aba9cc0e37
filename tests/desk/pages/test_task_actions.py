"""Do people's actions on tasks do what they say, for one and for many, and can they be undone?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.desk.domain.listed_task import ListedTask
from services.desk.ports.notes import NOTES
from services.desk.ports.tasks import LISTED, OUTCOMES
from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, DUE, LEO, NOON, PAT, completed, created


@pytest.fixture
async def leo(site: Site) -> Browser:
    """A lawyer, at a desk with three tasks."""
    for task_id in ("t-1", "t-2", "t-3"):
        site.memory.office.hear(created(task_id), id=f"e-{task_id}")
    return await site.as_person(LEO)


def task(site: Site, task_id: str = "t-1") -> ListedTask:
    found = site.memory.office.get(LISTED, task_id)
    assert found is not None
    return found


async def test_claiming_takes_a_task(site: Site, leo: Browser) -> None:
    answer = await leo.do("/tasks/t-1/claim", {"back": "/inbox?view=team"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/inbox?view=team&did=")
    assert task(site).owner_id == "leo"


async def test_a_task_somebody_has_is_not_claimed(site: Site, leo: Browser) -> None:
    await (await site.as_person(PAT)).do("/tasks/t-1/claim")
    answer = await leo.do("/tasks/t-1/claim")
    assert answer.status_code == 409
    assert "has this task already" in answer.text


async def test_giving_a_task_to_a_colleague_and_taking_it_back(site: Site, leo: Browser) -> None:
    await leo.do("/tasks/t-1/assign", {"staff_id": "ash"})
    assert task(site).owner_id == "ash"
    await leo.do("/tasks/t-1/assign", {"staff_id": "leo"})
    await leo.do("/tasks/t-1/release")
    assert task(site).owner_id is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"until": "later"}, NOON + timedelta(hours=3)),
        ({"until": "tomorrow"}, datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ({"until": "next-week"}, datetime(2026, 3, 9, 9, tzinfo=UTC)),
        ({"until": "date", "day": "2026-04-01"}, datetime(2026, 4, 1, 8, tzinfo=UTC)),
    ],
)
async def test_a_task_sleeps_until_the_chosen_time_of_the_firm(
    site: Site, leo: Browser, fields: dict[str, str], expected: datetime
) -> None:
    await leo.do("/tasks/t-1/snooze", fields)
    assert task(site).snoozed_until == expected


async def test_a_task_that_waits_on_the_client_is_in_a_view_of_its_own(
    site: Site, leo: Browser
) -> None:
    await leo.do("/tasks/t-1/snooze", {"until": "tomorrow", "waiting": "yes"})
    assert 'data-task="t-1"' in (await leo.get("/inbox?view=waiting")).text
    assert 'data-task="t-1"' not in (await leo.get("/inbox?view=snoozed")).text
    await leo.do("/tasks/t-1/wake")
    assert (task(site).snoozed_until, task(site).waiting) == (None, False)


async def test_a_changed_due_is_the_desks_own_and_the_first_one_stays_visible(
    site: Site, leo: Browser
) -> None:
    await leo.do("/tasks/t-1/due", {"due_day": "2026-03-20"})
    assert task(site).due_at == datetime(2026, 3, 20, 17, tzinfo=UTC)
    assert "first due Tue 3 Mar 2026, 12:00" in (await leo.get("/inbox?view=team")).text
    assert "first Tue 3 Mar 2026, 12:00" in (await leo.get("/tasks/t-1")).text
    await leo.do("/tasks/t-1/first-due")
    assert task(site).due_at == DUE


@pytest.mark.parametrize(
    ("name", "fields", "problem"),
    [
        ("snooze", {"until": "date", "day": "never"}, "Give a day."),
        ("snooze", {"until": "some-day"}, "Choose until when."),
        ("snooze", {"until": "date", "day": "2020-01-01"}, "within the next year"),
        ("due", {"due_day": ""}, "Give a day."),
        ("due", {"due_day": "2020-01-01"}, "within the next year"),
        ("assign", {"staff_id": ""}, "Choose somebody."),
        ("assign", {"staff_id": "clara"}, "This task is for"),
        ("note", {"text": "  "}, "Write a note first."),
    ],
)
async def test_what_is_missing_or_wrong_is_said(
    leo: Browser, name: str, fields: dict[str, str], problem: str
) -> None:
    answer = await leo.do(f"/tasks/t-1/{name}", fields)
    assert answer.status_code == 422
    assert problem in answer.text


async def test_a_note_is_kept_and_shown_to_colleagues(site: Site, leo: Browser) -> None:
    await leo.do("/tasks/t-1/note", {"text": "Rang <twice>."})
    assert [note.text for note in site.memory.office.all(NOTES)] == ["Rang <twice>."]
    assert "Rang &lt;twice&gt;." in (await (await site.as_person(ASH)).get("/tasks/t-1")).text


async def test_many_at_once_and_what_is_refused_does_not_stop_the_rest(
    site: Site, leo: Browser
) -> None:
    await (await site.as_person(PAT)).do("/tasks/t-2/claim")
    answer = await leo.do("/tasks/bulk/claim", {"task": ["t-1", "t-2", "t-3", "t-none"]})
    assert [task(site, each).owner_id for each in ("t-1", "t-2", "t-3")] == ["leo", "pat", "leo"]
    page = (await leo.get(answer.headers["location"])).text
    assert "Claimed: 2 tasks." in page
    assert page.count("was left as it is") == 2


async def test_nothing_ticked_is_said(leo: Browser) -> None:
    answer = await leo.do("/tasks/bulk/claim")
    assert answer.status_code == 422
    assert "Tick the tasks" in answer.text


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("claim", {}),
        ("assign", {"staff_id": "ash"}),
        ("snooze", {"until": "tomorrow", "waiting": "yes"}),
        ("due", {"due_day": "2026-03-20"}),
        ("note", {"text": "Never mind."}),
    ],
)
async def test_what_was_just_done_can_be_taken_back(
    site: Site, leo: Browser, name: str, fields: dict[str, Any]
) -> None:
    before = task(site)
    answer = await leo.do(f"/tasks/t-1/{name}", fields)
    page = await leo.get(answer.headers["location"])
    assert (await leo.post("/undo", page)).status_code == 303
    after = task(site)
    assert (after.owner_id, after.snoozed_until, after.waiting, after.due_at) == (
        before.owner_id, before.snoozed_until, before.waiting, before.due_at,
    )  # fmt: skip
    assert site.memory.office.all(NOTES) == []
    assert "undone" in [each.kind for each in after.history]


async def did(browser: Browser, site: Site) -> str:
    await browser.do("/tasks/t-1/claim")
    return site.memory.office.all(OUTCOMES)[-1].outcome_id


async def test_after_some_seconds_it_is_too_late(site: Site, leo: Browser) -> None:
    outcome = await did(leo, site)
    site.time.now += timedelta(seconds=21)
    assert (await leo.do("/undo", {"did": outcome})).status_code == 409


async def test_it_is_taken_back_once(site: Site, leo: Browser) -> None:
    outcome = await did(leo, site)
    answers = [await leo.do("/undo", {"did": outcome, "once": str(n)}) for n in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]


async def test_what_somebody_else_did_since_is_not_taken_back(site: Site, leo: Browser) -> None:
    outcome = await did(leo, site)
    await (await site.as_person(PAT)).do("/tasks/t-1/assign", {"staff_id": "ash"})
    assert (await leo.do("/undo", {"did": outcome})).status_code == 409
    assert task(site).owner_id == "ash"


async def test_nobody_takes_back_what_another_did(site: Site, leo: Browser) -> None:
    outcome = await did(leo, site)
    pat = await site.as_person(PAT)
    assert (await pat.do("/undo", {"did": outcome})).status_code == 404
    assert outcome not in (await pat.get(f"/inbox?did={outcome}")).text


async def test_a_form_sent_twice_does_it_once(site: Site, leo: Browser) -> None:
    for _ in range(2):
        await leo.do("/tasks/t-1/note", {"text": "Once.", "once": "same"})
    assert len(site.memory.office.all(NOTES)) == 1


async def test_what_has_ended_cannot_be_changed(site: Site, leo: Browser) -> None:
    site.memory.office.hear(completed("t-1"))
    for name, fields in (("claim", {}), ("snooze", {"until": "tomorrow"})):
        assert (await leo.do(f"/tasks/t-1/{name}", fields)).status_code == 409


async def test_nobody_is_sent_elsewhere_after_an_action(leo: Browser) -> None:
    answer = await leo.do("/tasks/t-1/claim", {"back": "//evil.example"})
    assert answer.headers["location"].startswith("/inbox?did=")
