"""Does everybody see what is happening, and can its spokesperson lead it from one page?"""

from datetime import timedelta

from services.desk.ports.incidents import INCIDENTS
from shared.contracts.current_clients import CurrentClient
from shared.contracts.incidents import DataBreachDetected, IncidentDeclared
from shared.contracts.restrictions import RestrictionPlaced
from shared.requests.decisions import Actor
from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, LENA, LEO, NOON, OSKAR, PAT

HOUR = timedelta(hours=1)
PAT_ACTS = Actor(id="pat", roles=("partner",))


async def declared(site: Site, browser: Browser, kind: str, **fields: str) -> str:
    page = await browser.get("/incidents/new")
    typed = {"kind": kind, "really": "for-real", "spokesperson_id": "pat", **fields}
    answer = await browser.post("/incidents/new", page, typed)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


async def text_of(browser: Browser, place: str) -> str:
    answer = await browser.get(place)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


async def test_where_nothing_happens_the_list_says_so_and_leads_to_a_rehearsal(site: Site) -> None:
    page = await text_of(await site.as_person(PAT), "/incidents")
    assert "Nothing is happening." in page
    assert 'href="/incidents/new"' in page
    assert "/incidents/new" not in await text_of(await site.as_person(OSKAR), "/incidents")


async def test_a_breach_shows_its_clock_from_when_it_was_known(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await declared(site, browser, "data-breach", day="2026-03-02", time="08:00")
    page = await text_of(browser, place)
    assert "Clocks of the law" in page
    assert "68 hours left" in page
    assert "until Thu 5 Mar 2026, 08:00" in page
    assert "GDPR Art. 33 (1), 2016/679" in page
    (said,) = site.memory.office.announced_of(DataBreachDetected)
    assert said.detected_at == NOON - 4 * HOUR


async def test_everybody_sees_on_every_page_what_lasts_and_nobody_when_it_is_over(
    site: Site,
) -> None:
    browser, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    place = await declared(site, browser, "controversy")
    for each in ("/inbox", "/settings", "/incidents"):
        assert f'<p class="incident-bar"><a href="{place}">' in await text_of(oskar, each)
    assert "Public controversy" in await text_of(oskar, place)
    page = await browser.get(place)
    answer = await browser.post(f"{place}/resolve", page, {"learned": "Call back sooner."})
    assert answer.status_code == 303
    assert "incident-bar" not in await text_of(oskar, "/inbox")
    over = await text_of(oskar, place)
    assert "Call back sooner." in over
    assert "Write it down" not in over


async def test_a_rehearsal_says_so_everywhere(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await declared(site, browser, "data-breach", really="rehearsal")
    page = await text_of(browser, place)
    assert "Rehearsal: Data breach" in page
    assert "Nobody outside is told anything, and nothing waits" in page
    assert "In a rehearsal no duty begins" in page
    assert "it is said to nobody" in page
    assert "incident-bar rehearsal" in await text_of(browser, "/inbox")
    assert "Rehearsal" in await text_of(browser, "/incidents")
    assert "tell none of them" in await text_of(browser, f"{place}/clients")


async def test_everybody_writes_into_the_log_and_it_is_kept_word_for_word(site: Site) -> None:
    place = await declared(site, await site.as_person(PAT), "office-closed")
    ash = await site.as_person(ASH)
    page = await ash.get(place)
    empty = await ash.post(f"{place}/note", page, {"text": "  "})
    assert (empty.status_code, "Write what happened" in empty.text) == (422, True)
    await ash.post(f"{place}/note", page, {"text": "Landlord <called>"})
    shown = await text_of(ash, place)
    assert "Landlord &lt;called&gt;" in shown
    assert "Ash" in shown


async def test_only_who_leads_changes_the_statement_or_hands_it_on_or_ends_it(site: Site) -> None:
    pat, leo = await site.as_person(PAT), await site.as_person(LEO)
    place = await declared(site, pat, "review-spike", spokesperson_id="lena")
    shown = await text_of(leo, place)
    assert "Say this from now on" not in shown
    for name, fields in (
        ("statement", {"language": "en", "words": "x"}),
        ("spokesperson", {"spokesperson_id": "leo"}),
        ("resolve", {}),
    ):
        assert (await leo.do(f"{place}/{name}", fields)).status_code == 403
    lena = await site.as_person(LENA)
    page = await lena.get(place)
    await lena.post(
        f"{place}/statement", page, {"language": "en", "words": "We look into it.", "once": "a"}
    )
    await lena.post(f"{place}/spokesperson", page, {"spokesperson_id": "leo", "once": "b"})
    (kept,) = site.memory.office.all(INCIDENTS)
    assert (kept.statement["en"], kept.spokesperson_id) == ("We look into it.", "leo")
    assert [each.what for each in kept.log] == ["declared", "statement", "spokesperson"]
    assert "Only Leo speaks for the firm." in await text_of(pat, place)


async def test_an_end_that_the_law_forbids_keeps_what_was_typed(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await declared(site, browser, "data-breach")
    page = await browser.get(place)
    answer = await browser.post(f"{place}/resolve", page, {"learned": "Much."})
    assert answer.status_code == 409
    assert "First settle what the law gives a time for: notify authority" in answer.text
    assert "Much." in answer.text


async def test_who_is_accounted_for_stands_with_those_nobody_has_heard_of_first(
    site: Site,
) -> None:
    browser = await site.as_person(PAT)
    place = await declared(site, browser, "staff-emergency")
    office = site.memory.office
    calls = {task.owner_id: task.task_id for task in office.tasks("roll-call")}
    office.decide(calls["ash"], "safe", {}, actor=Actor(id="ash", roles=("assistant",)))
    office.decide(calls["leo"], "needs-help", {}, actor=PAT_ACTS)
    page = await text_of(browser, place)
    people = page[page.index("Who is accounted for") :]
    assert people.startswith('Who is accounted for <span class="count">2 of 6</span>')
    assert people.index(">Clara<") < people.index(">Leo<") < people.index(">Ash<")
    assert "as Pat says" in people


async def test_the_list_of_current_clients_for_the_page_and_for_a_spreadsheet(site: Site) -> None:
    site.memory.currents.clients = [
        CurrentClient(client_id="c-1", name="Zoe Bauer", email="z@example.com", owner_ids=["leo"]),
        CurrentClient(client_id="c-2", name="=Anna", phone="+44 20", matters=2),
        CurrentClient(client_id="c-3"),
    ]
    browser = await site.as_person(PAT)
    place = await declared(site, browser, "data-breach")
    page = await text_of(browser, f"{place}/clients")
    assert "3 clients with an open matter" in page
    assert page.index("=Anna") < page.index("Name no longer kept") < page.index("Zoe Bauer")
    file = await browser.get(f"{place}/clients.csv")
    lines = file.text.splitlines()
    assert len(lines) == 4
    assert lines[1] == '"Zoe Bauer","c-1","z@example.com","","","1","Leo"'
    assert lines[2].startswith('"\'=Anna"')
    assert (await (await site.as_person(OSKAR)).get(f"{place}/clients")).status_code == 403


async def test_whom_a_wall_keeps_from_somebody_is_not_on_their_list(site: Site) -> None:
    site.memory.currents.clients = [
        CurrentClient(client_id="c-1", name="Zoe Bauer"),
        CurrentClient(client_id="c-2", name="Anna Müller"),
    ]
    place = await declared(site, await site.as_person(PAT), "data-breach")
    site.memory.office.hear(
        RestrictionPlaced(restriction_id="w-1", kind="wall", scope="client", client_id="c-2",
                          effect="bar", staff_ids=("leo",), at=NOON)
    )  # fmt: skip
    leo = await site.as_person(LEO)
    for each in (f"{place}/clients", f"{place}/clients.csv"):
        text = (await leo.get(each)).text
        assert "Zoe Bauer" in text
        assert "Anna" not in text


async def test_while_the_list_cannot_be_had_the_page_says_so(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await declared(site, browser, "data-breach")
    site.memory.currents.away = True
    answer = await browser.get(f"{place}/clients")
    assert (answer.status_code, "cannot be had just now" in answer.text) == (503, True)
    assert (await browser.get(f"{place}/clients.csv")).status_code == 503


async def test_a_kind_without_a_list_has_none_and_an_unknown_incident_no_page(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await declared(site, browser, "review-spike")
    for each in (f"{place}/clients", "/incidents/i-none", "/incidents/i-none/clients"):
        assert (await browser.get(each)).status_code == 404


async def test_what_is_missing_in_the_form_stands_at_its_field(site: Site) -> None:
    browser = await site.as_person(PAT)
    page = await browser.get("/incidents/new")
    for typed, message in (
        ({"kind": "controversy"}, "Say whether it is a rehearsal."),
        ({"really": "for-real"}, "Say what is happening."),
        ({"really": "for-real", "kind": "data-breach", "day": "2026-03-02"}, "Give the day and"),
        ({"really": "for-real", "kind": "data-breach", "day": "2026-04-02", "time": "09:00"},
         "This lies ahead."),
    ):  # fmt: skip
        answer = await browser.post("/incidents/new", page, typed)
        assert answer.status_code == 422
        assert message in answer.text
    assert site.memory.office.announced_of(IncidentDeclared) == []
    assert (await (await site.as_person(ASH)).get("/incidents/new")).status_code == 403


async def test_a_form_sent_twice_declares_once(site: Site) -> None:
    browser = await site.as_person(PAT)
    page = await browser.get("/incidents/new")
    typed = {"kind": "controversy", "really": "for-real", "spokesperson_id": "pat"}
    for _ in range(2):
        assert (await browser.post("/incidents/new", page, typed)).status_code == 303
    assert len(site.memory.office.announced_of(IncidentDeclared)) == 1
