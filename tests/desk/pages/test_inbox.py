"""Does the inbox show each person their work, and everything a choice needs?"""

from datetime import timedelta

import pytest

from shared.contracts.firm import ClientOnboarded
from shared.contracts.tasks import About
from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, CLARA, DUE, LEO, NOON, OSKAR, PAT, completed, created

ANNA = ClientOnboarded(
    client_id="c-1", name="Anna Müller", email="a@example.com", timezone="Europe/London",
    locale="en",
)  # fmt: skip


async def titles(browser: Browser, place: str = "/inbox?view=team") -> list[str]:
    page = await browser.get(place)
    assert page.status_code == 200
    return [part.partition('"')[0] for part in page.text.split('data-task="')[1:]]


def hear(site: Site, *ids: str, **changes: object) -> None:
    for task_id in ids:
        site.memory.office.hear(created(task_id, **changes), id=f"e-{task_id}")


async def test_mine_are_those_i_have(site: Site) -> None:
    hear(site, "t-1", "t-2")
    leo = await site.as_person(LEO)
    await leo.do("/tasks/t-2/claim")
    assert await titles(leo, "/inbox") == ["t-2"]


async def test_the_team_sees_what_it_may_decide(site: Site) -> None:
    hear(site, "t-1")
    hear(site, "t-2", kind="conflict-check", service="intake")
    assert await titles(await site.as_person(LEO)) == ["t-1"]
    assert await titles(await site.as_person(CLARA)) == ["t-2"]


async def test_a_barred_person_sees_neither_row_nor_count_nor_hit(site: Site) -> None:
    hear(site, "t-1", barred=("leo",))
    leo = await site.as_person(LEO)
    page = await leo.get("/inbox?view=team")
    assert "t-1" not in page.text
    assert page.text.count("</span>0</span>") == 5
    assert await titles(leo, "/inbox?view=team&q=t-1") == []


async def test_a_row_says_what_for_whom_why_and_by_when(site: Site) -> None:
    site.memory.office.hear(ANNA)
    hear(site, "t-1")
    page = (await (await site.as_person(LEO)).get("/inbox?view=team")).text
    for words in ("Call the client about appointment a-1", "Anna Müller", "No channel.",
                  "24 hours left", "Tue 3 Mar 2026, 12:00"):  # fmt: skip
        assert words in page


async def test_groups_follow_each_other_with_their_counts(site: Site) -> None:
    dues = {"t-1": NOON - timedelta(days=1), "t-2": NOON + timedelta(hours=1),
            "t-3": DUE, "t-4": NOON + timedelta(days=30)}  # fmt: skip
    for task_id, due_at in dues.items():
        hear(site, task_id, due_at=due_at)
    page = (await (await site.as_person(LEO)).get("/inbox?view=team")).text
    headings = [page.index(f'id="group-{name}"') for name in ("overdue", "today", "week", "later")]
    assert headings == sorted(headings)
    assert page.count('<span class="count">1</span></h2>') == 4


async def test_a_client_is_found_by_the_beginning_of_a_name(site: Site) -> None:
    site.memory.office.hear(ANNA)
    hear(site, "t-1")
    hear(site, "t-2", about=About(client_id="c-2"))
    leo = await site.as_person(LEO)
    assert await titles(leo, "/inbox?view=team&q=mulle") == ["t-1"]


async def test_a_kind_is_found_by_its_words(site: Site) -> None:
    hear(site, "t-1")
    hear(site, "t-2", kind="contact-gap", title="Silence")
    leo = await site.as_person(LEO)
    assert await titles(leo, "/inbox?view=team&q=in+touch") == ["t-2"]


async def test_the_address_narrows_the_list_and_nonsense_in_it_is_left_out(site: Site) -> None:
    hear(site, "t-1", priority="high")
    hear(site, "t-2")
    leo = await site.as_person(LEO)
    assert await titles(leo, "/inbox?view=team&priority=high") == ["t-1"]
    assert await titles(leo, "/inbox?view=team&priority=extreme&kind=x&due=y") == ["t-1", "t-2"]


async def test_a_long_list_goes_on_where_it_stopped(site: Site) -> None:
    hear(site, *(f"t-{number:03}" for number in range(70)))
    leo = await site.as_person(LEO)
    page = await leo.get("/inbox?view=team")
    more = page.text.partition('">Show more</a>')[0].rpartition('href="')[2].replace("&amp;", "&")
    first = await titles(leo)
    assert [*first, *await titles(leo, more)] == [f"t-{number:03}" for number in range(70)]


async def test_done_shows_what_ended_the_latest_first(site: Site) -> None:
    hear(site, "t-1", "t-2")
    for number, task_id in enumerate(("t-1", "t-2")):
        at = NOON + timedelta(hours=number)
        site.memory.office.hear(completed(task_id, at=at), id=f"done-{task_id}")
    assert await titles(await site.as_person(LEO), "/inbox?view=done") == ["t-2", "t-1"]


async def test_what_was_done_says_how_and_by_whom(site: Site) -> None:
    hear(site, "t-1")
    site.memory.office.hear(completed("t-1", actor_id="pat", at=NOON - timedelta(hours=1)))
    page = (await (await site.as_person(LEO)).get("/inbox?view=done")).text
    for words in ("Done 1 hour ago", "Decided: Reached.", "By </span>Pat", "Mon 2 Mar 2026, 11:00"):
        assert words in page


async def test_what_a_list_is_narrowed_to_is_said_and_each_can_be_taken_away(site: Site) -> None:
    hear(site, "t-1")
    leo = await site.as_person(LEO)
    page = (await leo.get("/inbox?view=team&kind=call-client&due=week&owner=none&q=call")).text
    for words, without in (
        ("“call”", "view=team&amp;kind=call-client&amp;owner=none&amp;due=week"),
        ("Call the client", "view=team&amp;owner=none&amp;due=week&amp;q=call"),
        ("With: Nobody", "view=team&amp;kind=call-client&amp;due=week&amp;q=call"),
        ("Due within a week", "view=team&amp;kind=call-client&amp;owner=none&amp;q=call"),
    ):
        assert f'<a class="chip" href="/inbox?{without}">{words}' in page
    assert '<input type="hidden" name="kind" value="call-client">' in page.partition("</form>")[2]


async def test_a_client_a_list_is_narrowed_to_is_named_to_whoever_may_see_clients(
    site: Site,
) -> None:
    site.memory.office.hear(ANNA)
    for person, shown in ((LEO, "Client Anna Müller"), (OSKAR, "Client c-1")):
        page = (await (await site.as_person(person)).get("/inbox?view=team&client=c-1")).text
        assert f"{shown} <svg" in page


async def test_tasks_that_sleep_can_be_woken_together(site: Site) -> None:
    hear(site, "t-1", "t-2")
    leo = await site.as_person(LEO)
    await leo.do("/tasks/bulk/snooze", {"task": ["t-1", "t-2"], "until": "tomorrow"})
    assert 'formaction="/tasks/bulk/wake"' in (await leo.get("/inbox?view=snoozed")).text
    await leo.do("/tasks/bulk/wake", {"task": ["t-1", "t-2"]})
    assert await titles(leo) == ["t-1", "t-2"]


@pytest.mark.parametrize("view", ["mine", "team", "unassigned", "waiting", "snoozed", "done"])
async def test_an_empty_view_says_so(site: Site, view: str) -> None:
    page = await (await site.as_person(LEO)).get(f"/inbox?view={view}")
    assert 'class="empty"' in page.text


async def test_a_saved_view_leads_back_to_its_list_and_is_its_owners_own(site: Site) -> None:
    leo = await site.as_person(LEO)
    fields = {"name": "Urgent calls", "query": "view=team&priority=urgent&kind=call-client"}
    await leo.do("/inbox/views", fields)
    answer = await leo.get("/inbox/views/urgent-calls")
    assert answer.headers["location"] == "/inbox?view=team&kind=call-client&priority=urgent"
    pat = await site.as_person(PAT)
    assert (await pat.get("/inbox/views/urgent-calls")).status_code == 404
    assert (await pat.do("/inbox/views/urgent-calls/drop")).status_code == 404
    await leo.do("/inbox/views/urgent-calls/drop")
    assert (await leo.get("/inbox/views/urgent-calls")).status_code == 404


async def test_single_keys_can_be_turned_off(site: Site) -> None:
    leo = await site.as_person(LEO)
    assert "single-keys" in (await leo.get("/inbox")).text.partition("<main")[0]
    await leo.do("/settings/keys", {"single_keys": "no"})
    assert "single-keys" not in (await leo.get("/inbox")).text.partition("<main")[0]
    assert "single-keys" in (await (await site.as_person(ASH)).get("/inbox")).text


async def test_a_name_is_shown_as_text_never_as_html(site: Site) -> None:
    site.memory.office.hear(ANNA.model_copy(update={"name": "<script>x</script>"}))
    hear(site, "t-1")
    page = (await (await site.as_person(LEO)).get("/inbox?view=team&q=%22><script>")).text
    page += (await (await site.as_person(LEO)).get("/inbox?view=team")).text
    assert "<script>" not in page


async def test_what_is_overdue_for_my_roles_is_said_although_it_is_not_mine(site: Site) -> None:
    hear(site, "t-1", "t-2")
    hear(site, "t-3", kind="conflict-check", service="intake")
    leo = await site.as_person(LEO)
    await leo.do("/tasks/t-2/claim")
    assert "overdue, with somebody else" not in (await leo.get("/inbox")).text
    site.memory.office.now = DUE + timedelta(hours=1)
    assert "1 task that you may deal with is overdue" in (await leo.get("/inbox")).text
    ash = await site.as_person(ASH)
    text = (await ash.get("/inbox")).text
    assert "2 tasks that you may deal with are overdue" in text
    assert "Nothing waits for you" not in text
    assert await titles(ash, "/inbox?view=team&due=overdue") == ["t-1", "t-2"]


async def test_a_name_cannot_turn_the_text_after_it_around(site: Site) -> None:
    turned = ANNA.model_copy(update={"name": "Anna \u202ereztniuQ\u2066 Müller"})
    site.memory.office.hear(turned)
    hear(site, "t-1", about=About(client_id="c-1"))
    leo = await site.as_person(LEO)
    for place in ("/inbox?view=team", "/tasks/t-1", "/clients/c-1"):
        text = (await leo.get(place)).text
        assert "Anna reztniuQ Müller" in text
        assert "\u202e" not in text
