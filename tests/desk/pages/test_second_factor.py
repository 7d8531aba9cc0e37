"""Does a password alone open the desk to nobody who has a second factor, or needs one?"""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pyotp import TOTP

from services.desk.ops.staff_requests import StaffAsked, staff_requests
from services.desk.pages.second_factor_sign_in import COOKIE
from services.desk.ports.signing_in import SECOND_FACTORS, SESSIONS
from services.desk.settings import DeskSettings
from shared.errors import RuleError
from tests.desk.browsing import Browser, Site, form_fields, site_at
from tests.desk.facts import LEO, NOON, PAT
from tests.desk.memory import MemoryStaffBook

SETTINGS = "/settings/second-factor"
LATER = timedelta(seconds=90)


async def is_in(browser: Browser) -> bool:
    return (await browser.get("/inbox")).status_code == 200


def secret_on(page: httpx.Response) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)
    assert found, page.text
    return found[1].replace(" ", "")


async def set_up(site: Site, browser: Browser, place: str = SETTINGS) -> tuple[TOTP, list[str]]:
    """An app, and the recovery codes that were shown."""
    page = await browser.get(place)
    app = TOTP(secret_on(page))
    answer = await browser.post(place, page, {"code": app.at(site.time.now)})
    assert answer.status_code == 200, answer.text
    site.time.now += LATER
    return app, re.findall(r"<code>([A-Z2-7 ]+)</code>", answer.text)


async def half_in(site: Site, user: str = "leo", address: str = "127.0.0.1") -> Browser:
    """A browser in which the right password was typed, and no more."""
    browser = site.browser(address)
    answer = await browser.sign_in(user)
    assert answer.headers["location"] == "/login/code"
    return browser


async def send(browser: Browser, code: str) -> httpx.Response:
    return await browser.post("/login/code", await browser.get("/login/code"), {"code": code})


async def test_with_an_app_set_up_the_password_alone_opens_nothing(site: Site) -> None:
    app, _ = await set_up(site, await site.as_person(LEO))
    browser = await half_in(site)
    assert not await is_in(browser)
    answer = await send(browser, app.at(site.time.now))
    assert answer.headers["location"] == "/inbox"
    assert await is_in(browser)
    assert COOKIE not in browser.client.cookies


async def test_a_wrong_code_opens_nothing_and_a_used_one_neither(site: Site) -> None:
    app, _ = await set_up(site, await site.as_person(LEO))
    code = app.at(site.time.now)
    assert (await send(await half_in(site), "000000")).status_code == 422
    assert (await send(await half_in(site), code)).status_code == 303
    again = await half_in(site)
    assert (await send(again, code)).status_code == 422
    assert not await is_in(again)


async def test_each_recovery_code_lets_in_once(site: Site) -> None:
    _, codes = await set_up(site, await site.as_person(LEO))
    assert len(set(codes)) == 10
    assert (await send(await half_in(site), codes[0])).status_code == 303
    assert (await send(await half_in(site), codes[0])).status_code == 422
    assert (await send(await half_in(site), codes[1].lower())).status_code == 303
    kept = site.memory.office.get(SECOND_FACTORS, "leo")
    assert kept is not None
    assert len(kept.recovery_hashes) == 8
    assert not any(code.replace(" ", "") in str(kept) for code in codes)


async def test_codes_are_not_guessed_for_long(site: Site) -> None:
    app, _ = await set_up(site, await site.as_person(LEO))
    browser = await half_in(site, address="198.51.100.66")
    tries = [(await send(browser, "000000")).status_code for _ in range(6)]
    assert tries == [422] * 5 + [429]
    assert (await send(browser, app.at(site.time.now))).status_code == 429
    assert (await send(await half_in(site), app.at(site.time.now))).status_code == 303


async def test_without_the_right_password_there_is_no_place_for_a_code(site: Site) -> None:
    app, _ = await set_up(site, await site.as_person(LEO))
    stranger = site.browser()
    for place in ("/login/code", "/login/set-up"):
        assert (await stranger.get(place)).headers["location"] == "/login"
    hidden = form_fields((await stranger.get("/login")).text, "/login")
    answer = await stranger.client.post(
        "/login/code", data=hidden | {"code": app.at(site.time.now)}
    )
    assert answer.headers["location"] == "/login"
    assert not await is_in(stranger)


async def test_whoever_only_knows_the_password_cannot_set_up_an_app_of_theirs(site: Site) -> None:
    await set_up(site, await site.as_person(LEO))
    before = site.memory.office.get(SECOND_FACTORS, "leo")
    other = await site_at(NOON, second_factor_roles=("lawyer",))
    thief = other.browser()
    await thief.sign_in("leo")
    page = await thief.get("/login/set-up")  # as it was shown before the app was set up
    browser = await half_in(site)
    fields = form_fields((await browser.get("/login/code")).text, "/login/code")
    word = form_fields(page.text, "/login/set-up")["word"]
    code = TOTP(secret_on(page)).at(site.time.now)
    answer = await browser.client.post("/login/set-up", data={**fields, "word": word, "code": code})
    assert answer.status_code == 409
    assert (await browser.get("/login/set-up")).headers["location"] == "/login/code"
    assert site.memory.office.get(SECOND_FACTORS, "leo") == before


async def test_a_role_that_needs_one_sets_it_up_before_anything_is_shown() -> None:
    site = await site_at(NOON, second_factor_roles=("partner", "ops"))
    assert (await site.browser().sign_in("leo")).headers["location"] == "/inbox"
    browser = site.browser()
    assert (await browser.sign_in("pat")).headers["location"] == "/login/set-up"
    assert not await is_in(browser)
    page = await browser.get("/login/set-up")
    assert 'src="data:image/svg+xml' in page.text
    assert (await browser.post("/login/set-up", page, {"code": "000000"})).status_code == 422
    assert site.memory.office.all(SESSIONS) == [
        each for each in site.memory.office.all(SESSIONS) if each.staff_id == "leo"
    ]
    app, _ = await set_up(site, browser, "/login/set-up")
    assert await is_in(browser)
    assert (await send(await half_in(site, "pat"), app.at(site.time.now))).status_code == 303


async def test_it_is_given_up_with_a_code_only_and_not_where_the_role_needs_it() -> None:
    site = await site_at(NOON, second_factor_roles=("partner",))
    leo = await site.as_person(LEO)
    app, _ = await set_up(site, leo)
    page = await leo.get(SETTINGS)
    assert (await leo.post(f"{SETTINGS}/off", page, {"code": "000000"})).status_code == 422
    answer = await leo.post(f"{SETTINGS}/off", page, {"code": app.at(site.time.now)})
    assert answer.status_code == 303
    assert site.memory.office.get(SECOND_FACTORS, "leo") is None
    pat = site.browser()
    await pat.sign_in("pat")
    theirs, _ = await set_up(site, pat, "/login/set-up")
    refused = await pat.do(f"{SETTINGS}/off", {"code": theirs.at(site.time.now)})
    assert refused.status_code == 409
    assert site.memory.office.get(SECOND_FACTORS, "pat") is not None


async def test_a_lost_one_is_reset_by_whoever_looks_after_the_desk(site: Site) -> None:
    await set_up(site, await site.as_person(PAT))
    runtime: Any = site.memory.desk.runtime
    book = MemoryStaffBook(site.memory.office)
    staff = staff_requests(lambda _: book, lambda _: "https://desk.example")
    asked = {"ask": "staff", "do": "reset-second-factor", "staff_id": "pat"}
    await staff.answer(runtime, StaffAsked.model_validate(asked))
    assert await is_in(await site.as_person(PAT))
    with pytest.raises(RuleError, match="Nobody of this id"):
        await staff.answer(runtime, StaffAsked.model_validate({**asked, "staff_id": "nobody"}))


def test_roles_are_named_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECOND_FACTOR_ROLES", "partner, ops")
    assert DeskSettings().second_factor_roles == ("partner", "ops")
