"""Can a decision be taken back for some seconds, and is nothing lost by it?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.held_decisions import HeldDecision
from services.desk.domain.listed_task import ListedTask
from services.desk.ports.answers import Answer, Refused
from services.desk.ports.held_decisions import HELD
from services.desk.ports.notes import NOTES
from services.desk.ports.tasks import LISTED
from services.desk.workflow.held_decisions import held_needs, pass_on, settle
from shared.contracts.envelope import Cause
from shared.errors import NobodyAnswersError
from tests.desk.browsing import Browser, Site, site_at
from tests.desk.facts import DUE, LENA, LEO, NOON, completed, created
from tests.desk.walls import wall

TEN = timedelta(seconds=10)


@pytest.fixture
async def site() -> Site:
    """Pages where decisions may be taken back for ten seconds; two tasks to decide."""
    site = await site_at(NOON, take_back=TEN)
    site.memory.office.hear(created(), id="first")
    site.memory.office.hear(created("t-2", due_at=DUE + timedelta(hours=1)), id="second")
    return site


@pytest.fixture
async def leo(site: Site) -> Browser:
    """A lawyer, at that desk."""
    return await site.as_person(LEO)


async def decide(browser: Browser, task_id: str = "t-1", **fields: Any) -> Any:
    page = await browser.get(f"/tasks/{task_id}?back=/inbox?view=team")
    filled = {"decision": "reached", **fields}
    return await browser.post(f"/tasks/{task_id}/decide", page, filled)


def held(site: Site) -> HeldDecision:
    (only,) = site.memory.office.all(HELD)
    return only


def task(site: Site, task_id: str = "t-1") -> ListedTask:
    found = site.memory.office.get(LISTED, task_id)
    assert found is not None
    return found


def seconds_pass(site: Site, answer: Answer | None = None) -> None:
    """The due work ends the waiting, and the owner answers."""
    office, id = site.memory.office, held(site).decision_id
    office.now += TEN
    cause = Cause("urn:test", "due", "due", "due", None, office.now)
    office.act(lambda unit: pass_on(held(site), unit), lambda _: [HELD.one(id)], cause)
    if answer is not None:
        office.act(settle(id, answer), held_needs(id), cause)


async def back_from(browser: Browser, answer: Any) -> Any:
    page = await browser.get(answer.headers["location"])
    place = page.text.split('action="/decisions/')[1].split('"')[0]
    return await browser.post(f"/decisions/{place}", page)


async def test_after_a_decision_the_next_task_comes_with_a_way_back(leo: Browser) -> None:
    answer = await decide(leo)
    assert answer.headers["location"].startswith("/tasks/t-2?back=%2Finbox%3Fview%3Dteam&did=")
    page = (await leo.get(answer.headers["location"])).text
    assert "Done: Reached. Call the client" in page
    assert "within 10 seconds" in page


async def test_its_owner_is_asked_what_it_would_say_and_not_told(site: Site, leo: Browser) -> None:
    await decide(leo, note="She will come.")
    (asked,) = site.memory.owners.previewed
    assert asked[1]["fields"] == {"note": "She will come."}
    assert site.memory.owners.decided == []


async def test_what_the_owner_refuses_is_said_at_once(site: Site, leo: Browser) -> None:
    site.memory.owners.answer = Answer("open", 1, Refused("missing", "Say more.", "note"))
    answer = await decide(leo, note="typed")
    assert (answer.status_code, site.memory.office.all(HELD)) == (422, [])
    assert "typed</textarea>" in answer.text


async def test_while_the_owner_is_away_nothing_is_decided(site: Site, leo: Browser) -> None:
    page = await leo.get("/tasks/t-1")
    site.memory.owners.away = True
    answer = await leo.post("/tasks/t-1/decide", page, {"decision": "reached"})
    assert (answer.status_code, site.memory.office.all(HELD)) == (503, [])


async def test_taken_back_the_task_is_as_it_was_with_what_was_typed(
    site: Site, leo: Browser
) -> None:
    answer = await back_from(leo, await decide(leo, note="She will come."))
    assert answer.headers["location"].startswith("/tasks/t-1?")
    page = (await leo.get(answer.headers["location"])).text
    assert "She will come.</textarea>" in page
    assert "Taken back. Nobody was told of it." in page
    assert (task(site).state, task(site).held_back, site.memory.owners.decided) == (
        "open", None, [],
    )  # fmt: skip


async def test_the_history_tells_that_it_was_taken_back(site: Site, leo: Browser) -> None:
    await back_from(leo, await decide(leo))
    line = task(site).history[-1]
    assert (line.text, line.by) == (
        "Decided, and taken back before it counted: Reached.", "leo",
    )  # fmt: skip


async def test_once_it_is_passed_on_it_cannot_be_taken_back(site: Site, leo: Browser) -> None:
    page = await leo.get((await decide(leo)).headers["location"])
    seconds_pass(site)
    place = f"/decisions/{held(site).decision_id}/take-back"
    answer = await leo.post(place, page)
    assert answer.status_code == 409
    assert "too late to take this back" in answer.text
    assert held(site).state == "passing-on"


async def test_accepted_it_is_done_with_the_note_that_went_with_it(
    site: Site, leo: Browser
) -> None:
    await decide(leo, note="She will come.")
    seconds_pass(site, Answer("done", 2))
    assert (task(site).state, held(site).state) == ("done", "announced")
    assert [each.text for each in site.memory.office.all(NOTES)] == ["She will come."]


async def test_what_is_refused_later_is_said_on_the_inbox_with_what_was_typed(
    site: Site, leo: Browser
) -> None:
    await decide(leo, note="She will come.")
    site.memory.office.hear(completed(actor_id="lena"), id="meanwhile")
    seconds_pass(site, Answer("done", 2, Refused("not-open", "It is done already.")))
    assert (
        "Your decision was not accepted any more. It is done already."
        in (await leo.get("/inbox")).text
    )
    page = await leo.get("/tasks/t-1")
    assert "<pre>She will come.</pre>" in page.text
    await leo.post(f"/decisions/{held(site).decision_id}/noted", page)
    assert "not accepted any more" not in (await leo.get("/inbox")).text


async def test_a_refusal_behind_a_wall_is_told_to_nobody(site: Site, leo: Browser) -> None:
    await decide(leo)
    site.memory.office.hear(wall("client", "leo"), id="wall")
    seconds_pass(site, Answer("open", 1, Refused("screened", "A wall.")))
    assert "not accepted any more" not in (await leo.get("/inbox")).text


async def test_nobody_else_works_on_what_somebody_has_just_decided(
    site: Site, leo: Browser
) -> None:
    lena = await site.as_person(LENA)
    seen = await lena.get("/tasks/t-1")
    await decide(leo)
    page = await lena.get("/tasks/t-1")
    assert "has just decided this: Reached" in page.text
    assert 'id="decide"' not in page.text
    assert "/tasks/t-1?" not in (await lena.get("/inbox?view=team")).text
    answer = await lena.post("/tasks/t-1/decide", seen, {"decision": "reached", "note": "mine"})
    assert answer.status_code == 409
    assert "A colleague has just decided this task" in answer.text
    assert "mine" in answer.text
    claim = await lena.post("/tasks/t-1/claim", seen)
    assert claim.status_code == 409


async def test_nobody_takes_back_what_another_decided(site: Site, leo: Browser) -> None:
    await decide(leo)
    lena = await site.as_person(LENA)
    answer = await lena.do(f"/decisions/{held(site).decision_id}/take-back")
    assert (answer.status_code, held(site).state) == (404, "held")


async def test_the_same_form_sent_twice_is_one_decision(site: Site, leo: Browser) -> None:
    page = await leo.get("/tasks/t-1")
    for _ in range(2):
        answer = await leo.post("/tasks/t-1/decide", page, {"decision": "reached"})
        assert answer.status_code == 303
    assert len(site.memory.office.all(HELD)) == 1


async def test_two_tabs_are_one_decision_and_a_kind_word(site: Site, leo: Browser) -> None:
    tabs = [await leo.get("/tasks/t-1") for _ in range(2)]
    codes = [
        (await leo.post("/tasks/t-1/decide", tab, {"decision": "reached"})).status_code
        for tab in tabs
    ]
    assert (codes, len(site.memory.office.all(HELD))) == ([303, 409], 1)


async def test_a_step_that_leaves_the_task_open_goes_at_once(site: Site, leo: Browser) -> None:
    site.memory.owners.answer = Answer("open", 2)
    answer = await decide(leo)
    assert answer.headers["location"].startswith("/tasks/t-1?did=")
    assert (len(site.memory.owners.decided), site.memory.office.all(HELD)) == (1, [])


async def test_a_statement_of_when_something_was_goes_at_once(site: Site) -> None:
    call = created("t-9", kind="roll-call", service="desk", role="lawyer", roles=["lawyer"])
    site.memory.office.hear(call, id="call")
    leo = await site.as_person(LEO)
    page = await leo.get("/tasks/t-9")
    await leo.post("/tasks/t-9/decide", page, {"decision": "safe"})
    assert len(site.memory.owners.decided) == 1


async def test_programs_decide_at_once(site: Site) -> None:
    async with site.memory.as_person(LEO) as program:
        body = {"decision": "reached", "fields": {}, "version": 1}
        answer = await program.post("/tasks/t-1/decisions", json=body)
    assert (answer.status_code, len(site.memory.owners.decided)) == (200, 1)


async def test_a_program_is_told_that_a_person_has_just_decided(site: Site, leo: Browser) -> None:
    await decide(leo)
    async with site.memory.as_person(LENA) as program:
        body = {"decision": "reached", "fields": {}, "version": 1}
        answer = await program.post("/tasks/t-1/decisions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "being-decided")


async def test_a_firm_that_wants_no_waiting_has_none(site: Site, leo: Browser) -> None:
    context = site.web.state.context
    site.web.state.context = replace(context, desk=replace(context.desk, take_back=timedelta(0)))
    await decide(leo)
    assert len(site.memory.owners.decided) == 1


async def test_an_owner_that_knows_no_previews_yet_is_told_at_once(
    site: Site, leo: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*_: Any) -> Answer:
        raise NobodyAnswersError

    monkeypatch.setattr(site.memory.owners, "preview", unknown)
    answer = await decide(leo)
    assert len(site.memory.owners.decided) == 1
    assert "data-take-back" not in (await leo.get(answer.headers["location"])).text
