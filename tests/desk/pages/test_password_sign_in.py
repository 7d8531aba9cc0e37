"""Who comes in, for how long, and what does a stranger learn?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.desk.domain.sessions import IDLE, LONGEST, session_hash
from services.desk.ports.signing_in import ACCOUNTS, SESSIONS
from services.desk.ports.staff import STAFF
from services.desk.workflow.staffing import disable, disable_needs
from shared.contracts.envelope import Cause
from tests.desk.browsing import PASSWORD, Browser, Site, form_fields, invited, site_at
from tests.desk.facts import LEO, NOON, PAT

CAUSE = Cause("urn:clientele:desk", "c-1", "request", "c-1", None, NOON)


async def is_in(browser: Browser) -> bool:
    return (await browser.get("/inbox")).status_code == 200


async def test_a_person_signs_in_and_is_where_they_wanted_to_be(site: Site) -> None:
    browser = site.browser()
    page = await browser.get((await browser.get("/tasks/t-1")).headers["location"])
    answer = await browser.post("/login", page, {"user": "leo", "password": PASSWORD})
    assert answer.headers["location"] == "/tasks/t-1"


async def test_the_name_may_be_typed_in_any_case(site: Site) -> None:
    assert (await site.browser().sign_in(" LEO ")).status_code == 303


@pytest.mark.parametrize("place", ["//evil.example/x", "https://evil.example", "/\\evil.example"])
async def test_nobody_is_sent_elsewhere_after_signing_in(site: Site, place: str) -> None:
    browser = site.browser()
    page = await browser.get("/login", params={"next": place})
    fields = {"user": "leo", "password": PASSWORD, "next": place}
    answer = await browser.post("/login", page, fields)
    assert answer.headers["location"] == "/inbox"


async def test_an_unknown_name_and_a_wrong_password_look_alike(site: Site) -> None:
    wrong = await site.browser().sign_in("leo", "not this one")
    unknown = await site.browser().sign_in("nobody", "not this one")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    hidden = [form_fields(page.text, "/login")["csrf"] for page in (wrong, unknown)]
    plain = [
        page.text.replace(token, "").replace(name, "")
        for page, token, name in zip((wrong, unknown), hidden, ("leo", "nobody"), strict=True)
    ]
    assert plain[0] == plain[1]


async def test_after_some_failures_even_the_right_password_waits(site: Site) -> None:
    for _ in range(5):
        await site.browser().sign_in("leo", "not this one")
    assert (await site.browser().sign_in("leo")).status_code == 429
    assert (await site.browser().sign_in("pat")).status_code == 303


async def test_a_sign_in_that_succeeds_is_not_counted(site: Site) -> None:
    assert {(await site.browser().sign_in("leo")).status_code for _ in range(8)} == {303}


async def test_every_sign_in_begins_a_new_session(site: Site) -> None:
    browser = await site.as_person(LEO)
    before = browser.client.cookies["clientele"]
    page = await site.browser().get("/login")
    browser.client.cookies.update(page.cookies)
    await browser.post("/login", page, {"user": "leo", "password": PASSWORD})
    assert browser.client.cookies["clientele"] != before
    assert site.memory.office.get(SESSIONS, session_hash(before)) is None


async def test_the_id_in_the_browser_is_kept_nowhere(site: Site) -> None:
    browser = await site.as_person(LEO)
    kept = site.memory.office.all(SESSIONS)
    assert browser.client.cookies["clientele"] not in str(kept)


async def test_half_an_hour_of_nothing_ends_a_session(site: Site) -> None:
    browser = await site.as_person(LEO)
    site.time.now += IDLE
    assert not await is_in(browser)


async def test_what_was_typed_meanwhile_is_shown_to_be_copied_and_nothing_secret(
    site: Site,
) -> None:
    browser = await site.as_person(LEO)
    page = await browser.get("/settings")
    site.time.now += IDLE
    answer = await browser.post(
        "/logout", page, {"note": "A <long> story.", "password": "secret words"}
    )
    assert answer.status_code == 401
    assert "A &lt;long&gt; story." in answer.text
    assert "secret words" not in answer.text
    assert form_fields(page.text, "/logout")["csrf"] not in answer.text


async def test_another_sites_form_is_not_shown_back(site: Site) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = await site.browser().client.post("/undo", data={"note": "Lies."}, headers=headers)
    assert answer.status_code == 401
    assert "Lies." not in answer.text


async def test_somebody_at_work_stays_in_for_twelve_hours_and_no_longer(site: Site) -> None:
    browser = await site.as_person(LEO)
    for _ in range(35):
        site.time.now += timedelta(minutes=20)
        assert await is_in(browser)
    site.time.now += LONGEST - timedelta(minutes=35 * 20)
    assert not await is_in(browser)


async def test_a_list_that_refreshes_itself_is_no_sign_of_life(site: Site) -> None:
    browser = await site.as_person(LEO)
    site.time.now += timedelta(minutes=29)
    await browser.get("/inbox?live=1")
    site.time.now += timedelta(minutes=2)
    assert not await is_in(browser)


async def test_business_time_ends_no_session(site: Site) -> None:
    browser = await site.as_person(LEO)
    site.memory.office.now += timedelta(days=30)
    assert await is_in(browser)


async def test_a_person_who_is_disabled_is_out_at_once(site: Site) -> None:
    browser = await site.as_person(LEO)
    site.memory.office.act(disable("leo", [], "Europe/London"), disable_needs("leo", []), CAUSE)
    assert not await is_in(browser)
    assert site.memory.office.all(SESSIONS) == []
    assert (await site.browser().sign_in("leo")).status_code == 422


async def test_a_person_who_is_inactive_for_whatever_reason_is_out(site: Site) -> None:
    browser = await site.as_person(LEO)
    site.memory.office.act(
        lambda unit: unit.put(STAFF, replace(LEO, active=False)),
        lambda _: [STAFF.one("leo")],
        CAUSE,
    )
    assert not await is_in(browser)


async def test_signing_out_ends_the_session_on_the_server_too(site: Site) -> None:
    browser = await site.as_person(LEO)
    kept = browser.client.cookies["clientele"]
    answer = await browser.post("/logout", await browser.get("/inbox"))
    assert answer.status_code == 303
    browser.client.cookies.set("clientele", kept)
    assert not await is_in(browser)


async def test_through_tls_the_cookie_is_one_no_other_site_can_set() -> None:
    site = await site_at(NOON, url="https://desk.example")
    browser = site.browser()
    browser.client.base_url = "https://desk.example"
    answer = await browser.sign_in("leo")
    cookie = next(
        each for each in answer.headers.get_list("set-cookie") if "__Host-clientele=" in each
    )
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "secure", "path=/", "samesite=lax"} <= parts
    assert not any(part.startswith("domain") for part in parts)


async def test_on_loopback_the_cookie_has_a_plain_name_and_is_closed_to_scripts(
    site: Site,
) -> None:
    answer = await site.browser().sign_in("leo")
    cookie = next(e for e in answer.headers.get_list("set-cookie") if e.startswith("clientele="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_a_link_sets_a_password_once(site: Site) -> None:
    place, browser = invited(site), site.browser()
    page = await browser.get(place)
    fields = {"password": "four plain words here", "again": "four plain words here"}
    assert (await browser.post(place, page, fields)).headers["location"] == "/login?set=1"
    assert (await browser.get(place)).status_code == 404
    assert (await site.browser().sign_in("leo", "four plain words here")).status_code == 303


async def test_a_new_password_ends_the_sessions_there_are(site: Site) -> None:
    signed_in = await site.as_person(LEO)
    place, browser = invited(site), site.browser()
    fields = {"password": "four plain words here", "again": "four plain words here"}
    await browser.post(place, await browser.get(place), fields)
    assert not await is_in(signed_in)


@pytest.mark.parametrize(
    ("password", "again", "problem"),
    [
        ("short", "short", "at least 12 characters"),
        ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "too easy to guess"),
        ("four plain words here", "four plain words hear", "not the same"),
        ("x1" * 150, "x1" * 150, "at most 200"),
    ],
)
async def test_a_password_that_will_not_do_is_refused_at_its_field(
    site: Site, password: str, again: str, problem: str
) -> None:
    place, browser = invited(site), site.browser()
    fields = {"password": password, "again": again}
    answer = await browser.post(place, await browser.get(place), fields)
    assert answer.status_code == 422
    assert problem in answer.text
    assert password not in answer.text


async def test_a_link_is_dead_after_a_day(site: Site) -> None:
    place = invited(site)
    site.time.now += timedelta(hours=24)
    assert (await site.browser().get(place)).status_code == 404


async def test_a_link_nobody_gave_out_looks_like_a_dead_one(site: Site) -> None:
    dead = invited(site)
    site.time.now += timedelta(hours=25)
    pages = [await site.browser().get(place) for place in ("/welcome/x", "/welcome/a-lin")]
    assert {page.status_code for page in pages} == {404}
    assert (await site.browser().get(dead)).status_code == 404


async def test_a_person_of_the_firm_without_an_account_cannot_sign_in(site: Site) -> None:
    site.memory.office.act(
        lambda unit: unit.remove(ACCOUNTS, "pat"), lambda _: [ACCOUNTS.one("pat")], CAUSE
    )
    assert (await site.browser().sign_in(PAT.staff_id)).status_code == 422
